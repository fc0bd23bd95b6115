/** What held things up, beside the timeline: rows that lead to a time that it happened. */
import { useMemo, useState } from 'react'
import type { TraceAnswers } from '../../../core/trace/answers/answers.ts'
import type { Example } from '../../../core/trace/answers/spread.ts'
import { traceWords } from '../../../core/trace/answers/words.ts'
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { lengthText, spanTexts } from '../../../core/trace/timeline/time-text.ts'
import { SidePanel } from '../../inspector/side-panel.tsx'
import { useMessages } from '../../words/use-messages.ts'
import { answerMessages } from './answer-messages.ts'
import { type AnswerPart, type AnswerRow, answerParts, shownRows } from './answer-rows.ts'
import styles from './answers.module.css'

interface Props {
  answers: TraceAnswers | null
  /** Other ones are on their way. */
  isStale: boolean
  /** The time that they are about, null = the whole trace. */
  during: TimeWindow | null
  onExample: (example: Example) => void
}

export function AnswersPanel({ answers, isStale, during, onExample }: Props) {
  const m = useMessages(answerMessages)
  const words = useMessages(traceWords)
  const parts = useMemo(() => (answers ? answerParts(answers, words, m) : null), [answers, words, m])
  return (
    <SidePanel
      label={words.title}
      summary={
        <>
          <b>{words.title}</b>
          {answers && <span>{m.summary(lengthText(answers.durationNs))}</span>}
        </>
      }
      head={<b className={styles.title}>{words.title}</b>}
    >
      <section className={`${styles.body} ${isStale ? styles.stale : ''}`} aria-label={words.title}>
        <p className={styles.about}>{during ? m.ofRange(...spanTexts(during)) : m.ofWhole}</p>
        {parts?.map((part) => <Part key={part.id} part={part} onExample={onExample} />) ?? <p>{m.waiting}</p>}
      </section>
    </SidePanel>
  )
}

function Part({ part, onExample }: { part: AnswerPart; onExample: Props['onExample'] }) {
  const m = useMessages(answerMessages)
  const words = useMessages(traceWords)
  const [all, setAll] = useState(false)
  const { title, note, rows, none } = part
  const { shown, more, left } = shownRows(rows, all)
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {note !== '' && <p className={styles.note}>{note}</p>}
      {rows.length === 0 && <p className={styles.none}>{none}</p>}
      <ul>
        {shown.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer have nothing but their order
          <li key={i}>
            <Row row={row} onExample={onExample} />
          </li>
        ))}
      </ul>
      {left > 0 && <p className={styles.none}>{words.more(left)}</p>}
      {more > 0 && (
        <button type="button" className={`quiet small ${styles.more}`} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? m.fewer : m.more(more)}
        </button>
      )}
    </section>
  )
}

function Row({ row, onExample }: { row: AnswerRow; onExample: Props['onExample'] }) {
  const m = useMessages(answerMessages)
  const { title, full, value, share, notes, example } = row
  const content = (
    <>
      <span className={styles.line}>
        <bdi title={full}>{title}</bdi>
        <b>{value}</b>
      </span>
      <span className={styles.bar}>
        <span style={{ width: `${Math.max(1, share * 100)}%` }} />
      </span>
      {notes.map((note) => (
        <span key={note} className={styles.rowNote}>
          {note}
        </span>
      ))}
    </>
  )
  if (!example) return <div className={styles.row}>{content}</div>
  return (
    <button type="button" className={styles.row} title={m.show} onClick={() => onExample(example)}>
      {content}
    </button>
  )
}
