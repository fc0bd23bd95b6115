/** Where the total goes: one bar and a table whose rows do not overlap and add up, read in three ways. */
import { useState } from 'react'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import { pairOf } from '../../core/query/pair.ts'
import { READINGS, type Reading } from '../../core/query/row-name.ts'
import { grossOf, sumOfShares } from '../../core/where/sums.ts'
import type { Where } from '../../core/where/where.ts'
import { shortRowId, whereRowName } from '../../core/where/words.ts'
import { isOfBase, type OpenedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useWhereWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import { RowDetails } from './row-details.tsx'
import styles from './where.module.css'

/** Rows that are read at first sight; of one more that one is shown rather than announced. */
const FEW = 6
/** Rows that have a colour of their own in the bar; the rest share one. */
const COLORS = 8

interface Props {
  profile: OpenedProfile
  sampleType: number
  unit: string
}

/** A row of any reading. */
interface Row {
  id: string
  value: number
  share: number
  caused?: number
  causedShare?: number
  rules?: readonly string[]
}

const rowsOf = (where: Where, reading: Reading): readonly Row[] => where[reading]

export function WhereItGoes({ profile, sampleType, unit }: Props) {
  const m = useMessages(messages)
  const w = useWhereWords()
  const answer = useStore((s) => s.answers.where)
  const mine = answer?.profile.client === profile.client && answer.sampleType === sampleType ? answer : null
  return (
    <section className={styles.where} aria-label={w.title} aria-busy={mine?.state === 'stale'}>
      <header className={styles.head}>
        <h3>{w.title}</h3>
        <ReadingSwitch />
      </header>
      <Differences profile={mine?.profile ?? profile} sampleType={sampleType} />
      {mine ? (
        <Table where={mine.value} profile={profile} unit={unit} stale={mine.state === 'stale'} />
      ) : (
        <p className={styles.note}>{m.waiting}</p>
      )}
      {mine?.state === 'failed' && (
        <p className={styles.note} role="alert">
          {m.failed}
        </p>
      )}
    </section>
  )
}

/** What the values of a comparison are. */
function Differences({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const m = useMessages(messages)
  const sides = useStore((s) => s.view.sides)
  const compared = profile.info.sides
  if (!compared || pairOf(sides, compared.length).base === null) return null
  const type = profile.info.sampleTypes[sampleType]
  return <p className={styles.note}>{m.differences(type !== undefined && isOfBase(type))}</p>
}

function ReadingSwitch() {
  const { setReading } = useSession()
  const m = useMessages(messages)
  const reading = useStore((s) => s.view.reading)
  return (
    <div className={`types ${styles.switch}`} role="radiogroup" aria-label={m.readBy}>
      {READINGS.map((r) => (
        <label key={r}>
          <input type="radio" name="reading" checked={r === reading} onChange={() => setReading(r)} />
          <span>{m.readings[r]}</span>
        </label>
      ))}
    </div>
  )
}

interface TableProps {
  where: Where
  profile: OpenedProfile
  unit: string
  stale: boolean
}

function Table({ where, profile, unit, stale }: TableProps) {
  const m = useMessages(messages)
  const w = useWhereWords()
  const { reading, whereRow } = useView('reading', 'whereRow')
  const [wanted, setWanted] = useState(false)
  const rows = rowsOf(where, reading)
  const brief = rows.length > FEW + 1 ? FEW : rows.length
  // A row that a link opens is not folded away.
  const inRest = rows.slice(brief).some((row) => row.id === whereRow)
  const shown = wanted || inRest ? rows : rows.slice(0, brief)
  if (rows.length === 0) return <p className={styles.note}>{m.nothing}</p>
  const owned = reading !== 'activity'
  return (
    <div data-stale={stale} className={styles.body}>
      <Bar rows={rows} />
      <table className={styles.table} aria-label={w.title}>
        <thead>
          <tr>
            <th scope="col">{m.readings[reading]}</th>
            <th scope="col">{owned ? m.self : w.columns.value}</th>
            <th scope="col" title={owned ? m.causedWhy : undefined}>
              {owned ? m.caused : m.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            <TableRow key={row.id} row={row} number={i} profile={profile} unit={unit} />
          ))}
        </tbody>
      </table>
      {rows.length > brief && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={wanted || inRest}
          disabled={inRest}
          onClick={() => setWanted(!wanted)}
        >
          {wanted || inRest ? m.fewer : m.more(rows.length - brief, formatShare(sumOfShares(rows.slice(brief))))}
          {wanted || inRest ? icons.up : icons.down}
        </button>
      )}
      {!owned && <p className={styles.note}>{w.coverage(formatShare(where.coverage))}</p>}
    </div>
  )
}

/** The same rows side by side; the table beside it says all of it in words. */
function Bar({ rows }: { rows: readonly Row[] }) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {rows.slice(0, COLORS).map((row, i) => (
        <span key={row.id} style={{ flexGrow: Math.abs(row.value), background: colorOf(i) }} />
      ))}
      {rows.length > COLORS && <span style={{ flexGrow: grossOf(rows.slice(COLORS)), background: colorOf(COLORS) }} />}
    </div>
  )
}

const colorOf = (number: number) => `var(--where-${number < COLORS ? number + 1 : 'rest'})`

function TableRow({ row, number, profile, unit }: { row: Row; number: number } & Omit<Props, 'sampleType'>) {
  const { openWhereRow } = useSession()
  const m = useMessages(messages)
  const w = useWhereWords()
  const reading = useStore((s) => s.view.reading)
  const open = useStore((s) => s.view.whereRow === row.id)
  const { id, value, share, caused, causedShare } = row
  const title = whereRowName({ reading, id }, w)
  const short = whereRowName({ reading, id: shortRowId({ reading, id }) }, w)
  return (
    <>
      <tr className={styles.row} data-open={open}>
        <th scope="row">
          <button
            type="button"
            aria-expanded={open}
            // Who speaks what is read has to be understood.
            aria-label={title.includes(short) ? title : `${short}: ${title}`}
            title={`${title}\n${m.open(short)}`}
            onClick={() => openWhereRow(open ? '' : id)}
          >
            <span className={styles.dot} style={{ background: colorOf(number) }} />
            <bdi>{short}</bdi>
          </button>
        </th>
        <td title={formatExact(value, unit)}>
          {caused === undefined ? (
            formatValue(value, unit)
          ) : (
            <>
              {formatShare(share)} <span className={styles.amount}>{formatValue(value, unit)}</span>
            </>
          )}
        </td>
        <td title={caused === undefined ? undefined : formatExact(caused, unit)}>
          {caused === undefined ? (
            <b>{formatShare(share)}</b>
          ) : (
            <>
              <b>{formatShare(causedShare ?? 0)}</b> <span className={styles.amount}>{formatValue(caused, unit)}</span>
            </>
          )}
        </td>
      </tr>
      {open && (
        <tr className={styles.details}>
          <td colSpan={3}>
            <RowDetails title={title} id={id} rules={row.rules ?? []} profile={profile} unit={unit} />
          </td>
        </tr>
      )}
    </>
  )
}
