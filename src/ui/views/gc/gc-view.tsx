/** A GC log: what it says, a chart of the heap and of the pauses, and the cycles. */
import { useMemo, useState } from 'react'
import { partOf } from '../../../core/evidence/document.ts'
import type { GcChart } from '../../../core/evidence/gctrace/chart.ts'
import type { CycleRows } from '../../../core/evidence/gctrace/cycles.ts'
import { cycleAt } from '../../../core/evidence/gctrace/cycles.ts'
import type { GcInfo } from '../../../core/evidence/gctrace/document.ts'
import { CYCLE_ORDERS, type CycleOrder } from '../../../core/evidence/gctrace/orders.ts'
import { beside, type GcTextRequest, remarkOf } from '../../../core/evidence/gctrace/text.ts'
import type { TextForm } from '../../../core/evidence/memory/text.ts'
import type { ColumnId, MemoryWords } from '../../../core/evidence/memory/words/words.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { currentDocument, type OpenDocument } from '../../../state/store.ts'
import { copyText } from '../../clipboard.ts'
import { useField, useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { CopyMenu } from '../copy-menu.tsx'
import { Cards } from '../evidence/cards.tsx'
import styles from '../evidence/evidence.module.css'
import { type Line, LinePlot } from '../evidence/line-plot.tsx'
import { memoryMessages, messages } from '../evidence/messages.ts'
import { otherLines } from '../evidence/other-lines.tsx'
import { type RowColumn, RowTable } from '../evidence/row-table.tsx'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import { cycleField, orderField } from './requests.ts'

export function GcView() {
  const document = useStore(currentDocument)
  const info = document && partOf(document, 'gctrace')
  return document && info ? <GcLog key={document.id} document={document} info={info} /> : null
}

function GcLog({ document, info }: { document: OpenDocument; info: GcInfo }) {
  const m = useMessages(messages)
  const words = useMessages(memoryMessages)
  const { askOnce, get, setField } = useSession()
  const rowsAnswer = useStore((s) => s.answers['view:gc'])
  const chartAnswer = useStore((s) => s.answers['view:gc-chart'])
  const [copied, setCopied] = useState<boolean | null>(null)
  const row = useField(cycleField)
  const ofThis = (answer: typeof rowsAnswer) => (answer?.document.client === document.client ? answer : null)
  // The part says what it answers.
  const rows = (ofThis(rowsAnswer)?.value ?? null) as CycleRows | null
  const chart = (ofThis(chartAnswer)?.value ?? null) as GcChart | null
  const toRow = (to: number) => setField(cycleField, to)

  const copy = async (form: TextForm) => {
    const args: GcTextRequest = { form, language: get().language, says: true }
    setCopied(
      await askOnce(document, 'ask', { question: 'gctrace.text', args }).then(
        (text) => copyText(text as string),
        () => false,
      ),
    )
  }
  return (
    <>
      <div className={`strip ${frame.strip}`}>
        <OrderChoice words={words} />
        <span className={frame.note} role="status">
          {copied === null ? m.cycles(info.cycles, info.forced) : copied ? m.copied : m.copyFailed}
        </span>
        <div className="strip-end">
          <CopyMenu words={m} copy={(form) => void copy(form)} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.gcPage} tabIndex={0}>
        <Cards findings={info.findings} onRow={toRow} />
        <Beside document={document} info={info} words={words} />
        {chart && <Charts chart={chart} row={row} words={words} onRow={toRow} />}
        {rows ? (
          <div className={ofThis(rowsAnswer)?.state === 'stale' ? styles.stale : undefined}>
            <CyclesTable info={info} rows={rows} words={words} row={row} onRow={toRow} />
          </div>
        ) : (
          <Waiting />
        )}
      </section>
    </>
  )
}

function OrderChoice({ words }: { words: MemoryWords }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const order = useField(orderField)
  return (
    <label className={styles.choice}>
      <span>{m.order}</span>
      <select value={order} onChange={(event) => setField(orderField, event.target.value as CycleOrder)}>
        {CYCLE_ORDERS.map((id) => (
          <option key={id} value={id}>
            {id === '' ? m.inOrder : m.byColumn(words.columns[id])}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What the log holds besides, and when the process began. */
function Beside({ document, info, words }: { document: OpenDocument; info: GcInfo; words: MemoryWords }) {
  const m = useMessages(messages)
  const { locale } = useWords()
  const run = info.runs[info.main]
  const [lines] = beside(info, words)
  const said = [
    info.runCount > 1 && `${m.run(info.main + 1, info.runCount)}.`,
    run && run.began !== null && words.startsAt(new Date(run.began).toLocaleString(locale)),
    lines,
    otherLines(m, document),
  ].filter((text) => typeof text === 'string' && text !== '')
  return said.length > 0 && <p className={styles.remark}>{said.join(' ')}</p>
}

interface ChartsProps {
  chart: GcChart
  row: number
  words: MemoryWords
  onRow: (row: number) => void
}

function Charts({ chart, row, words, onRow }: ChartsProps) {
  const m = useMessages(messages)
  const { columns } = words
  const heap = useMemo(
    (): Line[] => [
      { label: columns.goal, values: chart.goal, token: '--text-3', dash: [2, 3] },
      { label: columns.end, values: chart.end, token: '--where-5', dash: [7, 3] },
      { label: columns.start, values: chart.start, token: '--where-2', dash: [4, 2] },
      { label: columns.live, values: chart.live, token: '--where-1', fill: true },
    ],
    [chart, columns],
  )
  const pauses = useMemo(
    (): Line[] => [
      { label: columns.sweepTerm, values: chart.sweepTerm, token: '--where-1' },
      { label: columns.markTerm, values: chart.markTerm, token: '--where-5', dash: [4, 2] },
    ],
    [chart, columns],
  )
  // Several cycles may be one point.
  const at = row < 0 ? -1 : chart.rows.findLastIndex((of) => of <= row)
  const said = (lines: readonly Line[], unit: string) =>
    at < 0
      ? ''
      : `${formatValue(chart.seconds[at] ?? 0, 's')} · ${lines
          .map(({ label, values }) => `${label} ${formatValue(values[at] ?? 0, unit)}`)
          .join(' · ')}`
  const shared = { x: chart.seconds, axis: 'seconds', at, level: null } as const
  const onAt = (to: number) => onRow(chart.rows[to] ?? -1)
  return (
    <>
      <LinePlot
        {...shared}
        label={m.position(m.heap)}
        lines={heap}
        unit="bytes"
        said={said(heap, 'bytes')}
        onAt={onAt}
      />
      <LinePlot
        {...shared}
        label={m.position(m.pauses)}
        lines={pauses}
        unit="ms"
        said={said(pauses, 'ms')}
        onAt={onAt}
      />
    </>
  )
}

const SIZES: readonly ColumnId[] = ['start', 'end', 'live', 'goal']
const TIMES: readonly ColumnId[] = ['sweepTerm', 'mark', 'markTerm', 'assist', 'background', 'idle']

interface TableProps {
  info: GcInfo
  rows: CycleRows
  words: MemoryWords
  row: number
  onRow: (row: number) => void
}

function CyclesTable({ info, rows, words, row, onRow }: TableProps) {
  const { cycles } = rows
  const columns = useMemo((): RowColumn[] => {
    const column = (id: ColumnId, text: RowColumn['text'], wide = false) => ({
      id,
      title: words.columns[id],
      text,
      wide,
    })
    const of = (id: ColumnId) => cycles[id as 'live'] as Int32Array | Float64Array
    return [
      column('cycle', (i) => formatValue(cycles.number[i] ?? 0, 'count')),
      column('time', (i) => formatValue(cycles.seconds[i] ?? 0, 's')),
      ...SIZES.map((id) => column(id, (i) => `${formatValue(of(id)[i] ?? 0, 'count')} MiB`)),
      ...TIMES.map((id) => column(id, (i) => formatValue(of(id)[i] ?? 0, 'ms'))),
      column('gcPercent', (i) => formatShare((cycles.gcPercent[i] ?? 0) / 100)),
      column('procs', (i) => String(cycles.procs[i] ?? 0)),
      column('remark', (i) => remarkOf(cycleAt(cycles, i), info.runCount, words), true),
    ]
  }, [cycles, words, info.runCount])
  return (
    <>
      <RowTable
        label={words.cycles}
        columns={columns}
        count={rows.rows.length}
        at={row < 0 ? -1 : rows.rows.indexOf(row)}
        onAt={(at) => onRow(rows.rows[at] ?? -1)}
      />
      {rows.rows.length < rows.all && <p className={styles.remark}>{words.more(rows.rows.length, rows.all)}</p>}
    </>
  )
}
