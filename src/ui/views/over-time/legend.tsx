/** The layers of the chart with their names and values, and all values of all snapshots. */

import type { ChartLayer, SeriesChart } from '../../../core/compare/series-chart.ts'
import { shortName } from '../../../core/model/go-name.ts'
import { formatExact, formatValue } from '../../../core/model/units.ts'
import type { SeriesReply } from '../../../state/store.ts'
import { useMessages } from '../../words/use-messages.ts'
import { signed } from './amounts.ts'
import { messages } from './messages.ts'
import styles from './over-time.module.css'
import { layerToken, type Snapshots } from './snapshots.ts'

interface Props {
  reply: SeriesReply
  chart: SeriesChart
  unit: string
  snapshots: Snapshots
}

interface LegendProps extends Props {
  /** The snapshot whose values are shown. */
  row: number
  /** The layer under the pointer, -1 = none. */
  onLayer: (layer: number) => void
}

export function Legend({ reply, chart, unit, snapshots, row, onLayer }: LegendProps) {
  const m = useMessages(messages)
  const { name, time } = snapshots.of(row)
  const { base } = snapshots
  const totals = reply.points.map((point) => point.totals[reply.sampleType] ?? 0)
  const compared = base !== null && base !== row
  const cells = (values: readonly number[]) => {
    const value = values[row] ?? 0
    return (
      <>
        <td title={formatExact(value, unit)}>{formatValue(value, unit)}</td>
        {base !== null && <td>{compared && signed(value - (values[base] ?? 0), unit)}</td>}
      </>
    )
  }
  return (
    <table className={styles.legend} onPointerLeave={() => onLayer(-1)}>
      <caption>
        <b>{m.legend(name)}</b> {time}
      </caption>
      <thead>
        <tr>
          <th scope="col">{m.function}</th>
          <th scope="col">{m.value}</th>
          {base !== null && <th scope="col">{m.since(snapshots.of(base).name)}</th>}
        </tr>
      </thead>
      <tbody>
        <tr className={styles.all} onPointerEnter={() => onLayer(-1)}>
          <th scope="row">{m.all}</th>
          {cells(totals)}
        </tr>
        {chart.layers.map((layer, i) => (
          <tr key={layer.name ?? ''} onPointerEnter={() => onLayer(i)}>
            <th scope="row" title={layer.name ?? undefined}>
              <span>
                <i style={{ background: `var(${layerToken(i, chart.layers)})` }} />
                <bdi>{layerName(layer, m.others)}</bdi>
              </span>
            </th>
            {cells(layer.values)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const layerName = ({ name }: ChartLayer, others: string) => (name === null ? others : shortName(name))

export function ValuesTable({ reply, chart, unit, snapshots }: Props) {
  const m = useMessages(messages)
  const { points, sampleType, runs } = reply
  const remark = ({ leftOut, run }: SeriesReply['points'][number]) =>
    leftOut !== null ? m.leftOut[leftOut] : runs > 1 ? m.inRun(run + 1) : ''
  return (
    <details className={styles.values}>
      <summary>{m.table}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section tabIndex={0} aria-label={m.tableName}>
        <table aria-label={m.tableName}>
          <thead>
            <tr>
              <th scope="col">{m.snapshot}</th>
              <th scope="col">{m.time}</th>
              <th scope="col">{m.all}</th>
              {chart.layers.map((layer) => (
                <th scope="col" key={layer.name ?? ''} title={layer.name ?? undefined}>
                  <bdi>{layerName(layer, m.others)}</bdi>
                </th>
              ))}
              <th scope="col">{m.remark}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point, row) => {
              const { name, time } = snapshots.of(row)
              const total = point.totals[sampleType] ?? 0
              return (
                <tr key={point.source}>
                  <th scope="row">{name}</th>
                  <td>{time}</td>
                  <td title={formatExact(total, unit)}>{formatValue(total, unit)}</td>
                  {chart.layers.map((layer) => (
                    <td key={layer.name ?? ''} title={formatExact(layer.values[row] ?? 0, unit)}>
                      {formatValue(layer.values[row] ?? 0, unit)}
                    </td>
                  ))}
                  <td>{remark(point)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </details>
  )
}
