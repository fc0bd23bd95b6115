/** What a series comes to, in a sentence, and what has to be known of its snapshots. */
import { shortName } from '../../../core/model/go-name.ts'
import { formatValue } from '../../../core/model/units.ts'
import type { SeriesReply } from '../../../state/store.ts'
import { useMessages } from '../../words/use-messages.ts'
import { minutesText, paceOf, signed } from './amounts.ts'
import { placeOfLine } from './growers.tsx'
import { messages } from './messages.ts'
import styles from './over-time.module.css'
import type { Snapshots } from './snapshots.ts'

interface Props {
  reply: SeriesReply
  unit: string
  snapshots: Snapshots
}

export function Verdict({ reply, unit, snapshots }: Props) {
  const m = useMessages(messages)
  const { total, growers, points, measured, types, sampleType, limit } = reply
  const [from = 0, to = 0] = [measured[0], measured.at(-1)]
  // Those that tell the same as the one before are of the time that is measured.
  const seen = points.slice(from, to + 1).filter(({ leftOut }) => leftOut === null || leftOut === 'same-instant').length
  const kept = types[sampleType]?.type.startsWith('inuse_') ?? false
  const grower = growers.find(({ certain }) => certain) ?? growers[0]
  const amount = grower ? signed(grower.last - grower.first, unit) : ''
  return (
    <header className={styles.verdict}>
      {!total ? (
        <h2>{m.tooFew}</h2>
      ) : grower ? (
        <>
          <h2>
            <code title={grower.name}>
              <bdi>{shortName(grower.name)}</bdi>
            </code>{' '}
            {(grower.certain ? m.verdict : m.verdictUncertain)(amount, kept, seen)}
            {grower.line && m.at(placeOfLine(grower.line))}
            {m.end}
          </h2>
          <p>
            {(grower.certain ? m.certainty : m.uncertainty)(grower.grew, grower.of)}{' '}
            <TotalText reply={reply} unit={unit} />
          </p>
        </>
      ) : (
        <>
          <h2>{m.nothing(seen)}</h2>
          <p>
            <TotalText reply={reply} unit={unit} />
          </p>
        </>
      )}
      {total?.grows && limit !== null && total.minutesToLimit !== null && (
        <p>{m.fills(formatValue(limit, unit), minutesText(m, total.minutesToLimit))}</p>
      )}
      <Remarks reply={reply} snapshots={snapshots} />
    </header>
  )
}

function TotalText({ reply: { total }, unit }: Pick<Props, 'reply' | 'unit'>) {
  const m = useMessages(messages)
  if (!total) return null
  const { first, last, grows } = total
  const text = m.total(formatValue(first, unit), formatValue(last, unit), signed(last - first, unit))
  return `${text} ${grows ? m.totalGrows(paceOf(m, total, unit)) : m.totalSteady}`
}

/** Restarts, and snapshots that growth is not measured at. */
function Remarks({ reply, snapshots }: Pick<Props, 'reply' | 'snapshots'>) {
  const m = useMessages(messages)
  const { runs, measured, sameInstant, differences, noTime, timed, durationsDiffer } = reply
  const [from, to] = [measured[0], measured.at(-1)]
  const said = [
    runs > 1 && m.restarts(runs - 1),
    runs > 1 && from !== undefined && to !== undefined && m.run(snapshots.of(from).name, snapshots.of(to).name),
    sameInstant > 0 && m.sameInstant(sameInstant),
    differences > 0 && m.differences(differences),
    noTime > 0 && (timed ? m.noTime(noTime) : m.byOrder(noTime)),
    durationsDiffer && m.durations,
  ].filter((sentence) => sentence !== false)
  return said.length > 0 && <p className={styles.remarks}>{said.join(' ')}</p>
}
