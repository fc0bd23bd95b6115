/** What the program said of itself in a trace: tasks and regions with their latencies, and logs. */
import { useMemo } from 'react'
import { shortName } from '../../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { Annotated } from '../../../core/trace/answers/annotations.ts'
import type { TraceAnswers } from '../../../core/trace/answers/answers.ts'
import { around } from '../../../core/trace/timeline/camera.ts'
import type { TraceLogs } from '../../../core/trace/timeline/details.ts'
import { type TraceHead, traceOf } from '../../../core/trace/timeline/questions.ts'
import { lengthText, timeText } from '../../../core/trace/timeline/time-text.ts'
import { currentDocument, type DocumentAnswer, type OpenDocument } from '../../../state/store.ts'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { type RowColumn, RowTable } from '../evidence/row-table.tsx'
import { windowField } from '../timeline/fields.ts'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import styles from './annotations.module.css'
import { annotationField } from './fields.ts'
import { messages } from './messages.ts'
import { rowKey, rowOfKey } from './row-key.ts'

const count = (value: number) => formatValue(value, 'count')

export function AnnotationsView() {
  const document = useStore(currentDocument)
  const head = document && traceOf(document)
  return document && head ? <Annotations key={document.id} document={document} head={head} /> : null
}

function Annotations({ document, head }: { document: OpenDocument; head: TraceHead }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const said = useStore((s) => s.answers['view:trace-answers'])
  const logged = useStore((s) => s.answers['view:trace-logs'])
  const key = useField(annotationField)
  const ofThis = (answer: DocumentAnswer | null | undefined) =>
    answer?.document.client === document.client ? answer.value : null
  const rows = (ofThis(said) as TraceAnswers | null)?.annotated ?? null
  const logs = ofThis(logged) as TraceLogs | null
  const choose = (row: number) => {
    const one = rows?.[row]
    setField(annotationField, one ? rowKey(one) : '')
  }
  const { tasks, regions } = head.timeline
  const at = rows ? rowOfKey(rows, key) : -1
  const chosen = rows?.[at]
  return (
    <>
      <div className={`strip ${frame.strip}`}>
        <span className={frame.note}>{m.what(tasks.name.length, regions.name.length, count(head.timeline.logs))}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.name} tabIndex={0}>
        {rows ? (
          <>
            {rows.length > 0 && <Table rows={rows} at={at} onAt={choose} />}
            {chosen ? <Chosen row={chosen} /> : rows.length > 0 && <p className={styles.note}>{m.choose}</p>}
          </>
        ) : (
          <Waiting />
        )}
        {head.timeline.logs > 0 && logs && <Logs logs={logs} />}
      </section>
    </>
  )
}

const blockedOf = ({ parts }: Annotated) => parts.blocked.reduce((sum, { ns }) => sum + ns, 0)

function Table({ rows, at, onAt }: { rows: readonly Annotated[]; at: number; onAt: (at: number) => void }) {
  const m = useMessages(messages)
  const columns = useMemo((): RowColumn[] => {
    const { heads } = m
    const of = (id: string, title: string, text: (row: Annotated) => string, wide = false): RowColumn => ({
      id,
      title,
      text: (i) => text(rows[i] as Annotated),
      wide,
    })
    const time = (id: keyof typeof heads | 'p50' | 'p99', ns: (row: Annotated) => number) =>
      // Percentiles are called so in every language.
      of(id, id === 'p50' || id === 'p99' ? id : heads[id], (row) => lengthText(ns(row)))
    return [
      of('name', heads.name, ({ name }) => name, true),
      of('kind', heads.kind, ({ kind }) => m.kinds[kind]),
      of('count', heads.count, (row) => count(row.count)),
      time('total', ({ totalNs }) => totalNs),
      time('p50', ({ p50Ns }) => p50Ns),
      time('p99', ({ p99Ns }) => p99Ns),
      time('worst', ({ worstNs }) => worstNs),
      time('running', ({ parts }) => parts.runningNs),
      time('runnable', ({ parts }) => parts.runnableNs),
      time('blocked', blockedOf),
      time('syscall', ({ parts }) => parts.syscallNs),
      time('assist', ({ parts }) => parts.assistNs),
      of('place', heads.place, ({ place }) => place, true),
    ]
  }, [m, rows])
  return <RowTable label={m.table} columns={columns} count={rows.length} at={at} onAt={onAt} />
}

function Chosen({ row }: { row: Annotated }) {
  const m = useMessages(messages)
  const { openPage, setField } = useSession()
  const { name, histogram, parts, totalNs, worst } = row
  const most = Math.max(...histogram.map((bucket) => bucket.count))
  const spent = [
    [m.parts.running, parts.runningNs],
    [m.parts.runnable, parts.runnableNs],
    [m.parts.syscall, parts.syscallNs],
    [m.parts.assist, parts.assistNs],
    ...parts.blocked.map(({ reason, ns }) => [m.blocked(reason), ns] as const),
    [m.parts.ended, parts.endedNs],
  ] as const
  const show = () => {
    setField(windowField, around({ from: worst.atNs, to: worst.atNs + Math.max(100, worst.ns) }, 0.5))
    openPage('')
  }
  return (
    <div className={styles.chosen}>
      <section aria-label={m.latency(name)}>
        <h2>{m.latency(name)}</h2>
        <ol className={styles.bars}>
          {histogram.map(({ fromNs, toNs, count: times }) => (
            <li key={fromNs}>
              <span>{m.bucket(lengthText(fromNs), lengthText(toNs))}</span>
              <span className={styles.bar} style={{ width: `${(times / most) * 100}%` }} />
              <b>{count(times)}</b>
            </li>
          ))}
        </ol>
        <button type="button" className="plain small" onClick={show}>
          {m.showWorst}
        </button>
      </section>
      <section aria-label={m.spent}>
        <h2>{m.spent}</h2>
        <ol className={styles.bars}>
          {spent
            .filter(([, ns]) => ns > 0)
            .map(([what, ns]) => (
              <li key={what}>
                <span>{what}</span>
                <span className={styles.bar} style={{ width: `${(ns / Math.max(1, totalNs)) * 100}%` }} />
                <b>
                  {lengthText(ns)} · {formatShare(ns / Math.max(1, totalNs))}
                </b>
              </li>
            ))}
        </ol>
      </section>
    </div>
  )
}

function Logs({ logs: { logs, count: all } }: { logs: TraceLogs }) {
  const m = useMessages(messages)
  const columns = useMemo((): RowColumn[] => {
    const { logHeads } = m
    const of = (id: keyof typeof logHeads, text: (i: number) => string, wide = false) => ({
      id,
      title: logHeads[id],
      text,
      wide,
    })
    return [
      of('at', (i) => timeText(logs[i]?.at ?? 0, 1000)),
      of(
        'goroutine',
        (i) => {
          const goroutine = logs[i]?.goroutine
          return goroutine ? `${goroutine.id} ${shortName(goroutine.function)}` : ''
        },
        true,
      ),
      of('task', (i) => (logs[i]?.task ? String(logs[i].task) : '')),
      of('category', (i) => logs[i]?.category ?? '', true),
      of('message', (i) => logs[i]?.message ?? '', true),
    ]
  }, [m, logs])
  return (
    <section aria-label={m.logs}>
      <h2 className={styles.head}>{m.logs}</h2>
      {logs.length === 0 && <p className={styles.note}>{m.none}</p>}
      {logs.length > 0 && <RowTable label={m.logs} columns={columns} count={logs.length} />}
      {logs.length < all && <p className={styles.note}>{m.moreLogs(count(logs.length), count(all))}</p>}
    </section>
  )
}
