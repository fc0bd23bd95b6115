/** The picture of a timeline with the names of its lanes. */
import { memo, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { shortName } from '../../../core/model/go-name.ts'
import { formatValue } from '../../../core/model/units.ts'
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { type Lane, laneKey } from '../../../core/trace/timeline/lane.ts'
import type { Timeline } from '../../../core/trace/timeline/lanes.ts'
import type { LaneRow, TimelineRows } from '../../../core/trace/timeline/rows.ts'
import { lengthText, timeText } from '../../../core/trace/timeline/time-text.ts'
import type { Arrow, Mark } from '../../../draw/timeline.ts'
import { icons } from '../../parts/icons.tsx'
import { useTheme } from '../../theme.ts'
import { useMessages } from '../../words/use-messages.ts'
import { type Pointed, TimelineHost } from './host.ts'
import { type InputEvents, TimelineInput } from './input.ts'
import { laneName } from './lane-names.ts'
import { messages, type TimelineMessages } from './messages.ts'
import type { Ask } from './tiles.ts'
import styles from './timeline.module.css'

export interface StageHandle {
  show(span: TimeWindow): void
  zoomBy(factor: number): void
  showAll(): void
  reveal(lane: Lane): void
  view(): TimeWindow
}

interface Props {
  ref: Ref<StageHandle>
  timeline: Timeline
  rows: TimelineRows
  own: readonly string[]
  window: TimeWindow | null
  range: TimeWindow | null
  /** What another time is to be compared with. */
  base: TimeWindow | null
  selected: Mark | null
  arrows: readonly Arrow[]
  active: Lane | null
  /** What the lane that the keyboard is in shows, in words. */
  said: string
  ask: Ask
  onWindow: (window: TimeWindow | null) => void
  onPictured: () => void
  onToggle: (lane: Lane) => void
  events: InputEvents
}

/** Of the gutter, beyond what is seen, so that quick scrolling shows no gap. */
const SPARE = 200

export function Stage(props: Props) {
  const { ref, timeline, rows, own, window, range, base, selected, arrows, active, said } = props
  const m = useMessages(messages)
  const theme = useTheme()
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const area = useRef<HTMLDivElement>(null)
  const overview = useRef<HTMLDivElement>(null)
  const overviewCanvas = useRef<HTMLCanvasElement>(null)
  const overviewWindow = useRef<HTMLDivElement>(null)
  const axis = useRef<HTMLCanvasElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const lanes = useRef<HTMLCanvasElement>(null)
  const tip = useRef<HTMLDivElement>(null)
  const host = useRef<TimelineHost | null>(null)
  // What outlives a rendering calls what the last one was given.
  const last = useRef(props)
  useLayoutEffect(() => {
    last.current = props
  })

  useLayoutEffect(() => {
    const el = {
      overview: overview.current,
      overviewCanvas: overviewCanvas.current,
      overviewWindow: overviewWindow.current,
      axis: axis.current,
      scroller: scroller.current,
      lanes: lanes.current,
      tip: tip.current,
    }
    const keyboard = area.current
    if (!keyboard || Object.values(el).some((one) => one === null)) return
    const made = new TimelineHost(el as { [K in keyof typeof el]: NonNullable<(typeof el)[K]> }, timeline, {
      ask: (request, signal) => last.current.ask(request, signal),
      onWindow: (to) => last.current.onWindow(to),
      onPointed: setPointed,
      onPictured: () => last.current.onPictured(),
    })
    const input = new TimelineInput(made, keyboard, () => last.current.events)
    host.current = made
    return () => {
      host.current = null
      input.destroy()
      made.destroy()
    }
  }, [timeline])

  useLayoutEffect(() => {
    host.current?.update({ timeline, rows, own, theme, window, range, base, selected, arrows, active })
  }, [timeline, rows, own, theme, window, range, base, selected, arrows, active])

  useImperativeHandle(
    ref,
    () => ({
      show: (span) => host.current?.show(span),
      zoomBy: (factor) => host.current?.zoomBy(factor, 0.5),
      showAll: () => host.current?.showAll(),
      reveal: (lane) => host.current?.reveal(lane),
      view: () => host.current?.view ?? { from: 0, to: 0 },
    }),
    [],
  )

  return (
    <>
      <div className={styles.overviewRow}>
        <div className={styles.corner} />
        <div className={styles.overview} ref={overview} aria-hidden="true">
          <canvas ref={overviewCanvas} />
          <div className={styles.overviewWindow} ref={overviewWindow} />
        </div>
      </div>
      <div className={styles.axisRow}>
        <div className={styles.corner} />
        <div className={styles.axis} aria-hidden="true">
          <canvas ref={axis} />
        </div>
      </div>
      <div className={styles.scroller} ref={scroller}>
        <div className={styles.sizer} style={{ height: rows.height }}>
          <Gutter {...{ timeline, rows, active, m, scroller }} onToggle={props.onToggle} />
          <div className={styles.area} ref={area} role="application" aria-label={m.lanes} aria-description={m.keys}>
            <canvas className={styles.lanes} ref={lanes} />
          </div>
        </div>
      </div>
      <p className="unseen" role="status">
        {said}
      </p>
      <Tip {...{ timeline, pointed, m }} ref={tip} />
    </>
  )
}

interface GutterProps {
  timeline: Timeline
  rows: TimelineRows
  active: Lane | null
  m: TimelineMessages
  scroller: { readonly current: HTMLDivElement | null }
  onToggle: (lane: Lane) => void
}

/** Names of the lanes on screen; those of groups open and close them. */
const Gutter = memo(function Gutter({ timeline, rows, active, m, scroller, onToggle }: GutterProps) {
  const [seen, setSeen] = useState({ from: 0, to: 1000 })
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let frame = 0
    const read = () => {
      frame = 0
      const { scrollTop, clientHeight } = box
      // In steps, so that not every pixel renders the names anew.
      const from = Math.floor(scrollTop / SPARE) * SPARE - SPARE
      setSeen((was) => (was.from === from ? was : { from, to: from + clientHeight + 3 * SPARE }))
    }
    const later = () => {
      frame ||= requestAnimationFrame(read)
    }
    read()
    box.addEventListener('scroll', later, { passive: true })
    const sizes = new ResizeObserver(() => setSeen((was) => ({ ...was, to: was.from + box.clientHeight + 3 * SPARE })))
    sizes.observe(box)
    return () => {
      cancelAnimationFrame(frame)
      box.removeEventListener('scroll', later)
      sizes.disconnect()
    }
  }, [scroller])
  const shown = useMemo(() => rows.within(seen.from, seen.to), [rows, seen])
  const activeKey = active && laneKey(active)
  return (
    <div className={styles.gutter}>
      {rows.sections
        .filter(({ top }) => top < seen.to && top + rows.heights.head > seen.from)
        .map(({ of, top, count }) => (
          <h2 key={of} className={styles.section} style={{ top, height: rows.heights.head }}>
            {m.sections[of]}
            {of !== 'collector' && <span className={styles.count}>{formatValue(count, 'count')}</span>}
          </h2>
        ))}
      {shown.map((row) => (
        <LaneName
          key={laneKey(row.lane)}
          {...{ row, timeline, rows, m, onToggle }}
          isActive={laneKey(row.lane) === activeKey}
        />
      ))}
    </div>
  )
})

interface LaneNameProps extends Omit<GutterProps, 'active' | 'scroller'> {
  row: LaneRow
  isActive: boolean
}

function LaneName({ row, timeline, rows, isActive, m, onToggle }: LaneNameProps) {
  const { lane, top, height } = row
  const name = laneName(lane, timeline, m)
  const short = laneName(lane, timeline, m, true)
  const className = `${styles.name} ${isActive ? styles.active : ''}`
  if (lane.kind !== 'group')
    return (
      <div
        className={`${className} ${lane.kind === 'member' ? styles.member : ''}`}
        style={{ top, height }}
        title={name}
      >
        <bdi>{short}</bdi>
      </div>
    )
  const { start } = timeline[lane.of]
  const first = start[lane.group] ?? 0
  const isOpen = rows.find({ kind: 'member', of: lane.of, group: lane.group, member: first }) !== null
  return (
    <button
      type="button"
      className={`${className} ${styles.group}`}
      style={{ top, height }}
      aria-expanded={isOpen}
      title={`${name} · ${isOpen ? m.close : m.open}`}
      onClick={() => onToggle(lane)}
    >
      {isOpen ? icons.down : icons.right}
      <bdi>{short}</bdi>
      <span className={styles.count}>{formatValue((start[lane.group + 1] ?? 0) - first, 'count')}</span>
    </button>
  )
}

interface TipProps {
  ref: Ref<HTMLDivElement>
  timeline: Timeline
  pointed: Pointed | null
  m: TimelineMessages
}

function Tip({ ref, timeline, pointed, m }: TipProps) {
  return (
    <div className={styles.tip} ref={ref} hidden={pointed === null} aria-hidden="true">
      {pointed && (
        <>
          <b>{tipTitle(pointed, timeline, m)}</b>
          <span>{pointed.row < 0 ? m.several : detailOf(pointed, timeline, m)}</span>
          {pointed.row >= 0 && (
            <span>
              {m.forMs(lengthText(pointed.to - pointed.from), timeText(pointed.from, (pointed.to - pointed.from) / 10))}
            </span>
          )}
          <span className={styles.tipLane}>{laneName(pointed.lane, timeline, m)}</span>
        </>
      )}
    </div>
  )
}

function tipTitle({ lane, name, tone, row }: Pointed, timeline: Timeline, m: TimelineMessages): string {
  const text = timeline.names[name] ?? ''
  if (lane.kind === 'processor' && row >= 0) return text === '' ? m.unknown : shortName(text)
  return m.tones[tone]
}

function detailOf({ lane, name }: Pointed, timeline: Timeline, m: TimelineMessages): string {
  return lane.kind === 'processor' ? m.tones.running : (timeline.names[name] ?? '')
}
