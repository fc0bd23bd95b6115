/** What grew, drawn small: one axis of time for all, with a mark for each capture. */
import { scaleLinear, scaleTime } from 'd3'
import { formatValue } from '../../../core/model/units.ts'
import type { StoryChart, StoryCharts } from '../../../core/story/charts.ts'
import { useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'
import styles from './story.module.css'

const WIDTH = 800
const HEIGHT = 64
const PAD = 6
/** Points that are marked; more are a line. */
const FEW = 30

export function Charts({ charts: { charts, marks, from, to } }: { charts: StoryCharts }) {
  const m = useMessages(messages)
  const language = useStore((s) => s.language)
  const x = scaleTime([from, to], [PAD, WIDTH - PAD])
  const time = (at: number) => new Date(at).toLocaleTimeString(language, { timeZone: 'UTC' })
  return (
    <div className={styles.charts}>
      {charts.map((chart, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: charts in their order, which never changes
        <Chart key={i} chart={chart} x={x} />
      ))}
      <svg className={styles.axis} viewBox={`0 0 ${WIDTH} 14`} role="img" aria-label={m.time}>
        {marks.map((mark) => (
          <circle key={mark.name} cx={x(mark.time)} cy={7} r={3.5}>
            <title>{`${mark.name}, ${time(mark.time)}`}</title>
          </circle>
        ))}
      </svg>
      <p className={styles.ends}>
        <span>{time(from)}</span>
        <span>{time(to)} UTC</span>
      </p>
    </div>
  )
}

function Chart({ chart, x }: { chart: StoryChart; x: (time: number) => number }) {
  const m = useMessages(messages)
  const { id, unit, points, placedBy } = chart
  const y = scaleLinear([0, Math.max(...points.map(({ value }) => value))], [HEIGHT - PAD, PAD])
  const places = points.map(({ time, value }) => ({ x: x(time), y: y(value) }))
  const line = places.map((p, i) => `${i === 0 ? 'M' : 'L'}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('')
  const [first, last] = [places[0], places.at(-1)]
  const text = (value: number | undefined) => formatValue(value ?? 0, unit)
  const [from, to] = [text(points[0]?.value), text(points.at(-1)?.value)]
  return (
    <figure className={styles.chart} aria-label={m.chart(m.charts[id], from, to, points.length)}>
      <figcaption>
        <span>
          {m.charts[id]}
          {placedBy !== '' && <i> · {m.placedBy(placedBy)}</i>}
        </span>
        <b>
          {from} → {to}
        </b>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path className={styles.area} d={`${line}L${last?.x} ${HEIGHT - PAD}L${first?.x} ${HEIGHT - PAD}Z`} />
        <path className={styles.line} d={line} />
        {places.length <= FEW &&
          places.map((p, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: points in their order
            <circle key={i} cx={p.x} cy={p.y} r={3} />
          ))}
      </svg>
    </figure>
  )
}
