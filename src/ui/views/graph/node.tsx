/** A box of a call graph: a button, with what adds the callers and callees that the graph leaves out. */
import { type KeyboardEvent, memo } from 'react'
import { baselines } from '../../../core/layout/graph-boxes.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { Swatch } from '../../parts/swatch.tsx'
import { useMessages } from '../../words/use-messages.ts'
import type { RowZone } from '../selected.ts'
import styles from './graph.module.css'
import { heatStyle, type Laid, sideOf } from './layout.ts'
import { messages } from './messages.ts'

interface Props {
  laid: Laid
  index: number
  /** Of those that the graph shows. */
  callers: number
  callees: number
  isTabbed: boolean
  isSelected: boolean
  isMatch: boolean
  isDim: boolean
  zone: RowZone | null
  /** No more functions can be added. */
  isFull: boolean
  onPress: (row: number) => void
  onOpen: (row: number) => void
  onGrow: (index: number, side: 'callers' | 'callees') => void
  /** -1 = none. */
  onPoint: (row: number) => void
  /** It has the focus. */
  onReveal: (index: number) => void
}

const lineClass = { package: styles.package, name: styles.name, number: styles.number }
const PILL = 15
const BADGE = 20

export const GraphNode = memo(function GraphNode(props: Props) {
  const {
    laid,
    index,
    callers,
    callees,
    isTabbed,
    isSelected,
    isMatch,
    isDim,
    zone,
    onPress,
    onOpen,
    onPoint,
    onReveal,
  } = props
  const m = useMessages(messages)
  const { answer, boxes, places, whole } = laid
  const { profile, sampleType, value: graph } = answer
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''
  const row = graph.row[index] ?? -1
  const box = boxes[index]
  if (!box) return null
  const name = profile.names.get(row)
  const cum = graph.cum[index] ?? 0
  const show = (v: number) => `${formatValue(v, unit)} (${formatShare(whole > 0 ? v / whole : 0)})`
  const said = m.node(name, show(graph.flat[index] ?? 0), show(cum), callers, callees)
  const lines = baselines(box)
  const { width, height } = box
  return (
    <g
      className={styles.node}
      style={{
        ...heatStyle(cum, whole),
        transform: `translate(${places.node[2 * index]}px, ${places.node[2 * index + 1]}px)`,
      }}
      data-less={cum < 0 || undefined}
      data-dim={isDim || undefined}
      data-match={isMatch || undefined}
      data-selected={isSelected || undefined}
      onPointerEnter={() => onPoint(row)}
      onPointerLeave={() => onPoint(-1)}
    >
      <g
        {...buttonProps(zone ? `${said}, ${m.zone(zone.number)}` : said, () => onPress(row))}
        {...pressed(
          isSelected,
          () => onOpen(row),
          () => onReveal(index),
        )}
        className={styles.button}
        tabIndex={isTabbed ? 0 : -1}
        data-row={row}
      >
        <title>{name}</title>
        <rect
          className={styles.ring}
          x={-width / 2 - 3}
          y={-height / 2 - 3}
          width={width + 6}
          height={height + 6}
          rx="6"
        />
        <rect
          className={styles.box}
          x={-width / 2}
          y={-height / 2}
          width={width}
          height={height}
          rx="4"
          style={zone ? { stroke: `var(--zone-${zone.family})`, strokeWidth: 3 } : undefined}
        />
      </g>
      {/* Outside the button, whose name says it in words. */}
      <text {...unspoken} className={styles.text}>
        {box.lines.map(({ text, size, kind }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, which never change places
          <tspan key={i} x={0} y={(lines[i] ?? 0) - height / 2} fontSize={size} className={lineClass[kind]}>
            {text}
          </tspan>
        ))}
      </text>
      {zone && (
        <g transform={`translate(${-width / 2 - BADGE / 2} ${-height / 2 - BADGE / 2})`}>
          <Swatch family={zone.family} number={zone.number} />
        </g>
      )}
      <Pill {...props} side="callers" at={-height / 2} name={name} width={width} />
      <Pill {...props} side="callees" at={height / 2} name={name} width={width} />
    </g>
  )
})

/** Adds the heaviest of the callers or callees that the graph leaves out; nothing where it leaves none out, or has no room. */
function Pill({
  laid,
  index,
  isTabbed,
  isFull,
  onGrow,
  side,
  at,
  name,
  width,
}: Props & { side: 'callers' | 'callees'; at: number; name: string; width: number }) {
  const m = useMessages(messages)
  const { count: counts, start } = sideOf(laid.answer.value, side)
  const count = counts[index] ?? 0
  if (count === 0 || isFull) return null
  const text = `+${count}`
  const wide = 8 + text.length * 6
  const words = side === 'callers' ? m.addCallers : m.addCallees
  const said = words(count, (start[index + 1] ?? 0) - (start[index] ?? 0), name)
  return (
    <g
      {...buttonProps(said, () => onGrow(index, side))}
      className={styles.pill}
      data-page-only=""
      tabIndex={isTabbed ? 0 : -1}
      transform={`translate(${width / 2 - wide + 4} ${at})`}
    >
      <title>{said}</title>
      <rect y={-PILL / 2} width={wide} height={PILL} rx={PILL / 2} />
      <text x={wide / 2} y={3.5} fontSize="10">
        {text}
      </text>
    </g>
  )
}

/** SVG has no buttons of its own. */
const buttonProps = (label: string, press: () => void) => ({
  role: 'button',
  'aria-label': label,
  onClick: press,
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.stopPropagation()
    press()
  },
})

const pressed = (isPressed: boolean, onDoubleClick: () => void, onFocus: () => void) => ({
  'aria-pressed': isPressed,
  onDoubleClick,
  onFocus,
})

const unspoken = { 'aria-hidden': true }
