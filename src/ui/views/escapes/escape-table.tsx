/** Escapes, heaviest first: a row unfolds the chain of its reasons with their places. */
import { Fragment, useState } from 'react'
import type { EscapeAnswer, EscapeRow, UnexplainedLine } from '../../../core/evidence/escapes/document.ts'
import { lineSentence, placeOf } from '../../../core/evidence/escapes/text.ts'
import { type EscapeWords, escapeWords } from '../../../core/evidence/escapes/words.ts'
import { placeText } from '../../../core/evidence/place.ts'
import { shortName } from '../../../core/model/go-name.ts'
import { formatExact, formatShare, formatValue } from '../../../core/model/units.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './escapes.module.css'
import { messages } from './messages.ts'

interface Props {
  answer: EscapeAnswer
  rows: readonly EscapeRow[]
  /** Of the profile that weighs, '' = none. */
  profile: string
}

export function EscapeTable({ answer, rows, profile }: Props) {
  const m = useMessages(messages)
  const words = escapeWords[useStore((s) => s.language)]
  const { head } = words
  return (
    <table className={styles.table} aria-label={m.name} data-weighed={answer.weighed !== null || undefined}>
      <thead>
        <tr>
          {answer.weighed && <th scope="col">{head.bytes}</th>}
          {answer.weighed && <th scope="col">{head.share}</th>}
          <th scope="col">{head.what}</th>
          <th scope="col">{head.why}</th>
          <th scope="col">{head.place}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={`${row.kind} ${placeOf(row)} ${row.what}`}
            row={row}
            unit={answer.weighed?.unit ?? null}
            words={words}
            profile={profile}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  row: EscapeRow
  unit: string | null
  words: EscapeWords
  profile: string
}

function Row({ row, unit, words, profile }: RowProps) {
  const m = useMessages(messages)
  const [open, setOpen] = useState(false)
  const { bytes, share, what, why, chain, kind, times, onLine, func } = row
  return (
    <Fragment>
      <tr>
        {unit !== null && (
          <td title={bytes === null ? undefined : formatExact(bytes, unit)}>
            {bytes === null || bytes === 0 ? '' : formatValue(bytes, unit)}
          </td>
        )}
        {unit !== null && <td>{share === null || share === 0 ? '' : formatShare(share)}</td>}
        <th scope="row">
          <button type="button" className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
            <bdi>{what}</bdi>
            {kind !== 'escapes' && <small> · {words.kinds[kind]}</small>}
          </button>
        </th>
        <td>{kind === 'stays' ? '' : words.why(why)}</td>
        <td title={placeOf(row)}>{placeText(row)}</td>
      </tr>
      {open && (
        <tr className={styles.unfolded}>
          <td colSpan={unit === null ? 3 : 5}>
            {chain.length > 0 && (
              <ol className={styles.chain} aria-label={m.chainOf(what)}>
                {chain.map((flow, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a chain may go through one place twice, and never moves
                  <li key={i}>
                    <b>{words.flow(flow)}</b>
                    <ul>
                      {flow.steps.map((step, s) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: as above
                        <li key={s}>
                          {words.step(step)} <small title={placeOf(step.place)}>{placeText(step.place)}</small>
                        </li>
                      ))}
                    </ul>
                  </li>
                ))}
              </ol>
            )}
            {kind !== 'stays' && kind !== 'leaks' && (
              <p>
                {m.toDo}: {words.todo[why.id]}
              </p>
            )}
            <p className={styles.note}>
              {[placeOf(row), row.package, onLine > 1 ? m.shared(onLine) : '', times > 1 ? m.times(times) : '']
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
            {func !== '' && <ToSource profile={profile} func={func} line={row.line} />}
          </td>
        </tr>
      )}
    </Fragment>
  )
}

function ToSource({ profile, func, line }: { profile: string; func: string; line: number }) {
  const m = useMessages(messages)
  const { switchDocument, openSource } = useSession()
  const show = () => {
    switchDocument(profile)
    openSource(func, line)
  }
  return (
    <button type="button" className="plain small" onClick={show}>
      {m.toSource}
    </button>
  )
}

export function Unexplained({ answer, profile }: { answer: EscapeAnswer; profile: string }) {
  const m = useMessages(messages)
  const words = escapeWords[useStore((s) => s.language)]
  const unit = answer.weighed?.unit ?? 'bytes'
  if (answer.unexplained.length === 0) return null
  const amount = ({ callee, flat, cum }: UnexplainedLine) => (callee === '' ? flat : cum)
  return (
    <>
      <h2 className={styles.heading}>{words.head.unexplained}</h2>
      <table className={styles.table} aria-label={m.unexplainedName} data-weighed>
        <thead>
          <tr>
            <th scope="col">{words.head.bytes}</th>
            <th scope="col">{words.head.share}</th>
            <th scope="col">{words.head.what}</th>
            <th scope="col">{words.head.why}</th>
            <th scope="col">{words.head.place}</th>
          </tr>
        </thead>
        <tbody>
          {answer.unexplained.map((line) => (
            <tr key={`${line.file}:${line.line} ${line.func}`}>
              <td>{formatValue(amount(line), unit)}</td>
              <td>{formatShare(line.share)}</td>
              <th scope="row">
                <bdi title={line.func}>{shortName(line.func)}</bdi>{' '}
                <ToSource profile={profile} func={line.func} line={line.line} />
              </th>
              <td>{lineSentence(line, words)}</td>
              <td title={`${line.file}:${line.line}`}>{placeText(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
