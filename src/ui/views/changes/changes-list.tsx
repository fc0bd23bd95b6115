/** The rows of the list of changes. Only those on screen exist; the arrow keys go from name to name. */
import { Fragment, type KeyboardEvent, memo, useEffect, useRef } from 'react'
import type { ChangeMeasure, ChangesTable } from '../../../core/compare/changes.ts'
import { formatExact, formatValue } from '../../../core/model/units.ts'
import { pairOf } from '../../../core/query/pair.ts'
import { isSampled } from '../../../core/query/sampling.ts'
import type { Answer, NamedProfile } from '../../../state/store.ts'
import { icons } from '../../parts/icons.tsx'
import { useRowWindow } from '../../parts/row-window.ts'
import { useField, useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { FunctionName } from '../function-name.tsx'
import { messages as shared } from '../messages.ts'
import { useMatches, useSelected } from '../selected.ts'
import table from '../table.module.css'
import styles from './changes.module.css'
import { certaintyText, type Row, rowAt, shareText, signed } from './changes-text.ts'
import { messages } from './messages.ts'
import { orderField, readOrder } from './requests.ts'

const ROW = 27
const HEAD = 30

const COLUMNS = ['name', 'base', 'current', 'difference', 'share', 'certainty'] as const
/** Of more than two profiles each has a column of its own. */
const MANY_COLUMNS = ['name', 'difference', 'share', 'certainty'] as const
type Column = (typeof COLUMNS)[number]

const CELLS: Record<Column, string | undefined> = {
  name: table.name,
  base: styles.base,
  current: styles.current,
  difference: styles.difference,
  share: styles.share,
  certainty: styles.certainty,
}

const cellClass = (column: Column) => `${table.cell} ${CELLS[column]}`

// Rows are placed one by one, which takes the roles of a table from its elements.
const ROLES = {
  table: { role: 'table' },
  part: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'cell' },
}

interface Props {
  answer: Answer<unknown>
  table: ChangesTable
  measure: ChangeMeasure
}

export function ChangesList({ answer, table: rows, measure }: Props) {
  const { selectFunction } = useSession()
  const m = useMessages(messages)
  const { profile, sampleType } = answer
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''
  const ref = useRef<HTMLDivElement>(null)
  const { row: selected } = useSelected(profile)
  const match = useMatches(answer)
  const count = rows.row.length
  const { rows: inSight, slot, reveal } = useRowWindow(ref, count, ROW, HEAD)
  const at = selected < 0 ? -1 : rows.row.indexOf(selected)
  const seen = useRef<ChangesTable | null>(null)
  useEffect(() => {
    if (seen.current !== rows && at >= 0) reveal(at)
    seen.current = rows
  }, [rows, at, reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null
    if (step === 0 || !button || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const next = Number(button.dataset.row) + step
    if (next < 0 || next >= count) return
    reveal(next)
    // The row may have to be made first.
    requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus())
  }

  const many = rows.each.length > 0
  return (
    <div ref={ref} className={answer.state === 'stale' ? `${table.rows} ${table.stale}` : table.rows}>
      <table
        {...ROLES.table}
        className={many ? `${table.table} ${styles.many}` : table.table}
        aria-label={m.name}
        aria-rowcount={count + 1}
        onKeyDown={onKeyDown}
      >
        <thead {...ROLES.part} className={table.head}>
          <tr {...ROLES.row} className={table.row} aria-rowindex={1}>
            {(many ? MANY_COLUMNS : COLUMNS).map((column) => (
              <Fragment key={column}>
                <Head column={column} />
                {many && column === 'name' && <SourceHeads profile={profile} />}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody {...ROLES.part} className={table.body} style={{ height: count * ROW }}>
          {inSight.map((i) => (
            <ChangeRow
              key={slot(i)}
              i={i}
              profile={profile}
              unit={unit}
              row={rowAt(rows, measure, i)}
              rows={rows}
              name={profile.names.get(rows.row[i] ?? -1)}
              most={rows.largest}
              matched={match?.[rows.row[i] ?? -1] === 1}
              selected={i === at}
              onPick={selectFunction}
            />
          ))}
        </tbody>
      </table>
      {count === 0 && <p className={table.none}>{rows.all === 0 ? m.same : m.none}</p>}
    </div>
  )
}

function Head({ column }: { column: Column }) {
  const { setField } = useSession()
  const m = useMessages(messages)
  const text = useField(orderField)
  const { by, desc } = readOrder(text)
  const { function: ofFunction } = useMessages(shared)
  const title = column === 'name' ? ofFunction : m[column]
  if (column === 'certainty') {
    return (
      <th {...ROLES.head} scope="col" className={cellClass(column)}>
        {title}
      </th>
    )
  }
  const active = by === column
  // Names begin with A, numbers with the largest.
  const starts = column === 'name' ? '-name' : column
  const other = starts.startsWith('-') ? starts.slice(1) : `-${starts}`
  const now = text === '' ? 'difference' : text
  const next = active && now === starts ? other : starts
  return (
    <th
      {...ROLES.head}
      scope="col"
      className={cellClass(column)}
      aria-sort={active ? (desc ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => setField(orderField, next === 'difference' ? '' : next)}
      >
        {title}
        {active && (desc ? icons.down : icons.up)}
      </button>
    </th>
  )
}

/** The profiles in their order; which of them are compared is said. */
function SourceHeads({ profile }: { profile: NamedProfile }) {
  const m = useMessages(messages)
  const sides = profile.info.sides ?? []
  const pair = pairOf(profile.query.sides, sides.length)
  return sides.map((side, i) => {
    const mark = i === pair.base ? m.base : i === pair.current ? m.current : ''
    return (
      <th {...ROLES.head} scope="col" key={side.id} className={`${table.cell} ${styles.source}`} title={side.name}>
        <span className={styles.sourceName}>
          <bdi>{side.name.replace(/(\.pb)?(\.gz)?$/, '')}</bdi>
          {mark !== '' && <small>{mark}</small>}
        </span>
      </th>
    )
  })
}

interface RowProps {
  i: number
  profile: NamedProfile
  unit: string
  row: Row
  rows: ChangesTable
  name: string
  /** What the longest bar stands for. */
  most: number
  matched: boolean
  selected: boolean
  onPick: (name: string) => void
}

const ChangeRow = memo(function ChangeRow(props: RowProps) {
  const { i, profile, unit, row, rows, name, most, matched, selected, onPick } = props
  const m = useMessages(messages)
  const was = profile.query.matchMoved && profile.info.moved?.get(name)
  const sampled = isSampled(profile.info.kind)
  const { base, current, difference, isNoise } = row
  const cell = (column: Column, value: number, text: string) => (
    <td {...ROLES.cell} className={cellClass(column)} title={formatExact(value, unit)}>
      {text}
    </td>
  )
  const width = `${most > 0 ? Math.min(100, (Math.abs(difference) / most) * 100) : 0}%`
  return (
    <tr
      {...ROLES.row}
      className={table.row}
      aria-rowindex={i + 2}
      data-match={matched || undefined}
      data-selected={selected || undefined}
      data-noise={isNoise || undefined}
      style={{ top: i * ROW }}
    >
      <td {...ROLES.cell} className={cellClass('name')}>
        <button type="button" className={styles.pick} data-row={i} aria-pressed={selected} onClick={() => onPick(name)}>
          <FunctionName name={name} granularity={profile.query.granularity} />
          {was && <small className={styles.was}>{m.was(was.join(', '))}</small>}
        </button>
      </td>
      {rows.each.length === 0 && cell('base', base, formatValue(base, unit))}
      {rows.each.length === 0 && cell('current', current, formatValue(current, unit))}
      {rows.each.map((values, source) => (
        <td
          {...ROLES.cell}
          key={profile.info.sides?.[source]?.id ?? source}
          className={`${table.cell} ${styles.source}`}
          title={formatExact(values[i] ?? 0, unit)}
        >
          {formatValue(values[i] ?? 0, unit)}
        </td>
      ))}
      <td {...ROLES.cell} className={cellClass('difference')} title={formatExact(difference, unit)}>
        <span className={styles.bar} aria-hidden="true">
          {difference !== 0 && <span data-less={difference < 0 || undefined} style={{ width }} />}
        </span>
        <b>{signed(difference, formatValue(difference, unit))}</b>
      </td>
      <td {...ROLES.cell} className={cellClass('share')}>
        {shareText(m, row)}
      </td>
      <td
        {...ROLES.cell}
        className={cellClass('certainty')}
        title={isNoise ? m.noiseWhy : sampled ? undefined : m.countedWhy}
      >
        {certaintyText(m, row, sampled)}
      </td>
    </tr>
  )
})
