/** Boxes and arrows of a laid out call graph. Boxes are buttons: the keyboard walks them, Enter shows the function. */

import { useId } from 'react'
import { splitKeyName } from '../../../core/layout/key-name.ts'
import { familyOf } from '../../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { type Answer, type GraphPicture, ownPathsOf } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { FunctionName } from '../function-name.tsx'
import { useMatches, useRowZones, useSelected } from '../selected.ts'
import styles from './graph.module.css'
import { messages } from './messages.ts'

/** Widths of the lightest and the heaviest arrow. */
const THIN = 1
const THICK = 6

/** A curve through the points of an edge. */
function curve(points: Float64Array, from: number, to: number): string {
  let path = `M${points[from]} ${points[from + 1]}`
  for (let i = from + 2; i + 3 < to; i += 2) {
    const [x = 0, y = 0, nextX = 0, nextY = 0] = points.subarray(i, i + 4)
    path += `Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}`
  }
  return `${path}L${points[to - 2]} ${points[to - 1]}`
}

export function CallGraph({ answer, scale }: { answer: Answer<GraphPicture>; scale: number }) {
  const { openFunction, selectFunction } = useSession()
  const m = useMessages(messages)
  const { profile, sampleType, value: graph } = answer
  const { places } = graph
  const { names, info } = profile
  const { granularity } = profile.query
  const type = info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const whole = type?.total ?? 0
  const zones = useRowZones(answer)
  const match = useMatches(answer)
  const { row: selected } = useSelected(profile)
  const own = useStore(ownPathsOf)
  const arrow = useId()
  const heaviest = graph.value.reduce((max, v) => Math.max(max, Math.abs(v)), 1)
  const show = (v: number) => `${formatValue(v, unit)} (${formatShare(whole > 0 ? v / whole : 0)})`
  const edges = Array.from(graph.caller, (_, e) => e)
  return (
    <div className={styles.size} style={{ width: places.width * scale, height: places.height * scale }}>
      <div className={styles.scaled} style={{ width: places.width, height: places.height, scale: String(scale) }}>
        <svg width={places.width} height={places.height} aria-hidden="true">
          <defs>
            <marker
              id={arrow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0.5 8 4 0 7.5z" className={styles.arrow} />
            </marker>
          </defs>
          {edges.map((e) => {
            const from = places.start[e] ?? 0
            const to = places.start[e + 1] ?? 0
            if (to - from < 4) return null
            const v = graph.value[e] ?? 0
            const middle = from + 2 * Math.floor((to - from) / 4)
            return (
              <g key={e}>
                <title>{m.call(names.get(graph.caller[e] ?? -1), names.get(graph.callee[e] ?? -1), show(v))}</title>
                <path
                  className={styles.edge}
                  d={curve(places.points, from, to)}
                  strokeWidth={THIN + ((THICK - THIN) * Math.abs(v)) / heaviest}
                  strokeDasharray={graph.residual[e] === 1 ? '5 4' : undefined}
                  markerEnd={`url(#${arrow})`}
                />
                <text className={styles.value} x={places.points[middle]} y={(places.points[middle + 1] ?? 0) + 4}>
                  {formatValue(v, unit)}
                </text>
              </g>
            )
          })}
        </svg>
        {Array.from(graph.row, (row, i) => {
          const name = names.get(row)
          const [left, top, width, height] = places.node.subarray(i * 4, i * 4 + 4)
          const flat = graph.flat[i] ?? 0
          const cum = graph.cum[i] ?? 0
          const zone = zones(row)
          const tone = zone
            ? `var(--zone-${zone.family})`
            : `var(--bar-${familyOf(splitKeyName(name, granularity).code || name, own)})`
          return (
            <button
              key={row}
              type="button"
              className={styles.node}
              data-match={match?.[row] === 1 || undefined}
              aria-pressed={row === selected}
              style={{ left, top, width, height }}
              onClick={() => (row === selected ? openFunction(name) : selectFunction(name))}
              onDoubleClick={() => openFunction(name)}
            >
              <span
                className={styles.bar}
                style={{ width: `${whole > 0 ? (Math.abs(cum) / whole) * 100 : 0}%`, background: tone }}
              />
              <FunctionName name={name} granularity={granularity} />
              <span className={styles.numbers}>{m.selfOf(show(flat), show(cum))}</span>
            </button>
          )
        })}
      </div>
    </div>
  )
}
