/** Reads of memory: what they say, the room up to a limit, a chart, what no heap profile shows, and the reads. */
import { type FormEvent, useMemo, useState } from 'react'
import { partOf } from '../../../core/evidence/document.ts'
import type { TextForm } from '../../../core/evidence/memory/text.ts'
import type { MemoryWords } from '../../../core/evidence/memory/words/words.ts'
import type { MemInfo, ReadRows, Says } from '../../../core/evidence/memstats/document.ts'
import { columnsOf, type MemTextRequest, memColumn } from '../../../core/evidence/memstats/text.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { fieldValue } from '../../../core/view/view-field.ts'
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
import { limitField, readField } from './requests.ts'

export function MemoryView() {
  const document = useStore(currentDocument)
  const info = document && partOf(document, 'memstats')
  return document && info ? <Memory key={document.id} document={document} info={info} /> : null
}

function Memory({ document, info }: { document: OpenDocument; info: MemInfo }) {
  const m = useMessages(messages)
  const words = useMessages(memoryMessages)
  const { askOnce, get, setField } = useSession()
  const rowsAnswer = useStore((s) => s.answers['view:memory'])
  const saysAnswer = useStore((s) => s.answers['view:memory-says'])
  const [copied, setCopied] = useState<boolean | null>(null)
  const row = useField(readField)
  const ofThis = (answer: typeof rowsAnswer) => (answer?.document.client === document.client ? answer : null)
  // The part says what it answers.
  const rows = (ofThis(rowsAnswer)?.value ?? null) as ReadRows | null
  const says = (ofThis(saysAnswer)?.value ?? null) as Says | null
  const toRow = (to: number) => setField(readField, to)

  const copy = async (form: TextForm) => {
    const { language, view } = get()
    const args: MemTextRequest = { form, language, says: true, limit: fieldValue(view.fields, limitField) }
    setCopied(
      await askOnce(document, 'ask', { question: 'memstats.text', args }).then(
        (text) => copyText(text as string),
        () => false,
      ),
    )
  }
  const typed = useField(limitField)
  return (
    <>
      <div className={`strip ${frame.strip}`}>
        <Limit key={typed} typed={typed} bad={ofThis(saysAnswer)?.state === 'current' && says?.limit === null} />
        <span className={frame.note} role="status">
          {copied === null ? m.reads(info.reads) : copied ? m.copied : m.copyFailed}
        </span>
        <div className="strip-end">
          <CopyMenu words={m} copy={(form) => void copy(form)} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.memoryPage} tabIndex={0}>
        {says && <Cards findings={says.findings} onRow={toRow} />}
        <Remarks document={document} info={info} />
        {rows && rows.rows.length > 1 && (
          <Chart info={info} rows={rows} limit={says?.limit ?? null} row={row} words={words} onRow={toRow} />
        )}
        <Parts info={info} words={words} />
        {rows ? <ReadsTable info={info} rows={rows} words={words} row={row} onRow={toRow} /> : <Waiting />}
      </section>
    </>
  )
}

/** What has to be known of the reads and of what lies around them. */
function Remarks({ document, info }: { document: OpenDocument; info: MemInfo }) {
  const m = useMessages(messages)
  const said = [
    !info.timed && m.untimed,
    info.broken > 0 && m.brokenReads(info.broken),
    otherLines(m, document),
  ].filter((text) => typeof text === 'string' && text !== '')
  return said.length > 0 && <p className={styles.remark}>{said.join(' ')}</p>
}

/** Taken over when it is left or entered. bad: what was typed is no amount. */
function Limit({ typed, bad }: { typed: string; bad: boolean }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const [text, setText] = useState(typed)
  const take = (event?: FormEvent) => {
    event?.preventDefault()
    setField(limitField, text.trim())
  }
  const isBad = bad && typed !== ''
  return (
    <form className={styles.choice} onSubmit={take}>
      <label className={styles.choice} title={m.limitWhy}>
        <span>{m.limit}</span>
        <input
          type="text"
          value={text}
          placeholder="512MiB"
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isBad}
          aria-describedby="memory-limit-problem"
          onChange={(event) => setText(event.target.value)}
          onBlur={() => take()}
        />
      </label>
      <span id="memory-limit-problem" role="status">
        {isBad && m.badLimit(typed)}
      </span>
    </form>
  )
}

interface PartProps {
  info: MemInfo
  words: MemoryWords
}

interface RowProps extends PartProps {
  rows: ReadRows
  row: number
  onRow: (row: number) => void
}

function Chart({ info, rows, limit, row, words, onRow }: RowProps & { limit: number | null }) {
  const m = useMessages(messages)
  const time = useTimes(info, rows)
  const lines = useMemo((): Line[] => {
    const { columns } = words
    const { reads, live } = rows
    const taken = reads.sys.map((sys, i) => sys - (reads.heapReleased[i] || 0))
    const all: Line[] = [
      { label: m.taken, values: taken, token: '--text-3', dash: [2, 3] },
      { label: columns.next, values: reads.nextGC, token: '--where-5', dash: [7, 3] },
      { label: columns.alloc, values: reads.heapAlloc, token: '--where-2', dash: [4, 2] },
      { label: columns.live, values: live, token: '--where-1', fill: true },
    ]
    return all.filter(({ values }) => values.some((value) => Number.isFinite(value)))
  }, [rows, words, m])
  const x = useMemo(
    () => (info.timed ? rows.reads.time.map((ms) => ms / 1000) : Float64Array.from(rows.rows, (_, i) => i)),
    [rows, info.timed],
  )
  const level = useMemo(
    () => (limit === null ? null : { value: limit, label: m.limitLine(formatValue(limit, 'bytes')) }),
    [limit, m],
  )
  const at = row < 0 ? -1 : rows.rows.findLastIndex((of) => of <= row)
  const said =
    at < 0
      ? ''
      : `${time(at)} · ${lines
          .filter(({ values }) => Number.isFinite(values[at]))
          .map(({ label, values }) => `${label} ${formatValue(values[at] ?? 0, 'bytes')}`)
          .join(' · ')}`
  return (
    <LinePlot
      label={m.position(words.reads)}
      x={x}
      axis={info.timed ? 'clock' : 'steps'}
      lines={lines}
      unit="bytes"
      level={level}
      at={at}
      said={said}
      onAt={(to) => onRow(rows.rows[to] ?? -1)}
    />
  )
}

/** When each read was made, with its day where these differ. */
function useTimes({ timed }: MemInfo, rows: ReadRows): (i: number) => string {
  const { locale } = useWords()
  return useMemo(() => {
    const { time } = rows.reads
    if (!timed) return (i) => String(i + 1)
    const days = new Set([time[0] ?? 0, time.at(-1) ?? 0].map((ms) => new Date(ms).toDateString()))
    const format = new Intl.DateTimeFormat(locale, {
      ...(days.size > 1 ? { month: 'short' as const, day: 'numeric' as const } : {}),
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    return (i) => format.format(time[i])
  }, [rows, timed, locale])
}

/** What the last read is made of, and what of it a heap profile shows. */
function Parts({ info, words }: PartProps) {
  if (info.parts.length === 0) return null
  return (
    <section className={styles.parts}>
      <h3>{words.notInProfile}</h3>
      <table aria-label={words.notInProfile}>
        <thead>
          <tr>
            <th scope="col">{words.part}</th>
            <th scope="col">{words.columns.sys}</th>
            <th scope="col">{words.shown}</th>
            <th scope="col">{words.why}</th>
          </tr>
        </thead>
        <tbody>
          {info.parts.map(({ id, bytes, inProfile }) => {
            const [name, why] = words.parts[id]
            return (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{formatValue(bytes, 'bytes')}</td>
                <td>{inProfile ? words.yes : words.no}</td>
                <td>{why}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function ReadsTable({ info, rows, words, row, onRow }: RowProps) {
  const time = useTimes(info, rows)
  const columns = useMemo((): RowColumn[] => {
    const written = (value: number, unit: 'bytes' | 'count' | 'share') =>
      Number.isFinite(value) ? (unit === 'share' ? formatShare(value) : formatValue(value, unit)) : '–'
    return [
      { id: 'time', title: words.columns.time, text: time },
      ...columnsOf(rows).map(([id, field, unit]) => ({
        id,
        title: words.columns[id],
        text: (i: number) => written(memColumn(rows, field)[i] ?? Number.NaN, unit),
      })),
    ]
  }, [rows, words, time])
  return (
    <>
      <RowTable
        label={words.reads}
        columns={columns}
        count={rows.rows.length}
        at={row < 0 ? -1 : rows.rows.findLastIndex((of) => of <= row)}
        onAt={(at) => onRow(rows.rows[at] ?? -1)}
      />
      {rows.rows.length < rows.all && <p className={styles.remark}>{words.more(rows.rows.length, rows.all)}</p>}
    </>
  )
}
