/** The arrows of a call graph, as thick as what runs through them, dashed where they go over functions that are left out. */
import { memo } from 'react'
import { EDGE_TYPE } from '../../../core/layout/graph-boxes.ts'
import type { EdgePlace } from '../../../core/layout/graph-dot.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './graph.module.css'
import { heatStyle, type Laid } from './layout.ts'
import { messages } from './messages.ts'

/** Half the width of an arrow's head ÷ its length. */
const SLIM = 0.38

const round = (n: number) => Math.round(n * 10) / 10

function curvePath({ curve }: EdgePlace): string {
  const points = curve.map(round)
  return `M${points[0]} ${points[1]}C${points.slice(2).join(' ')}`
}

function headPath({ curve, tip: [x, y] }: EdgePlace, thickness: number): string {
  const [fromX = 0, fromY = 0] = curve.slice(-2)
  const [dx, dy] = [x - fromX, y - fromY]
  // A thick line would stand out beside a small head.
  const wide = Math.max(SLIM, (thickness * 0.75) / (Math.hypot(dx, dy) || 1))
  return `M${round(x)} ${round(y)}L${round(fromX - dy * wide)} ${round(fromY + dx * wide)} ${round(fromX + dy * wide)} ${round(fromY - dx * wide)}z`
}

interface Props {
  laid: Laid
  /** Index of the node whose calls stand out, -1 = none. */
  near: number
  /** Nodes whose calls are not dimmed; null = all. */
  lit: ReadonlySet<number> | null
}

export const Edges = memo(function Edges({ laid, near, lit }: Props) {
  const m = useMessages(messages)
  const { answer, labels, places, thickness, whole, from, to } = laid
  const { profile, sampleType, value: graph } = answer
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''
  const isNear = (e: number) => from[e] === near || to[e] === near
  return (
    <g {...unspoken}>
      {places.edges.map((place, e) => {
        const v = graph.value[e] ?? 0
        const [caller, callee] = [profile.names.get(graph.caller[e] ?? -1), profile.names.get(graph.callee[e] ?? -1)]
        const value = `${formatValue(v, unit)} (${formatShare(whole > 0 ? v / whole : 0)})`
        const isResidual = graph.residual[e] === 1
        const width = thickness[e] ?? 1
        const lines = labels[e]?.lines ?? []
        return (
          <g
            key={`${graph.caller[e]} ${graph.callee[e]}`}
            className={styles.edge}
            data-near={isNear(e) || undefined}
            data-less={v < 0 || undefined}
            data-dim={(lit !== null && !lit.has(from[e] ?? -1) && !lit.has(to[e] ?? -1)) || undefined}
            style={heatStyle(v, whole)}
          >
            <title>{(isResidual ? m.around : m.call)(caller, callee, value)}</title>
            <path
              className={styles.line}
              d={curvePath(place)}
              strokeWidth={width}
              strokeDasharray={isResidual ? '5 4' : undefined}
            />
            <path className={styles.head} d={headPath(place, width)} />
            <text fontSize={EDGE_TYPE}>
              {lines.map((text, i) => (
                <tspan
                  key={text}
                  x={place.label[0]}
                  y={place.label[1] + (i - (lines.length - 1) / 2) * EDGE_TYPE * 1.22 + EDGE_TYPE * 0.36}
                >
                  {text}
                </tspan>
              ))}
            </text>
          </g>
        )
      })}
    </g>
  )
})

/** What boxes say of their calls is enough for ears. */
const unspoken = { 'aria-hidden': true }
