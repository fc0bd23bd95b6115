/**
 * The rows. One grid with one tab stop: arrow keys move the selection, Enter opens the function, and only the rows on
 * screen exist.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react'
import type { Answer, OpenedProfile, TopAnswer } from '../../../state/store.ts'
import { icons } from '../../parts/icons.tsx'
import { useRowWindow } from '../../parts/row-window.ts'
import { useField, useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { ColumnGrip, type ColumnWidths, useColumnWidths, widthStyle } from '../column-width.tsx'
import { useMatches, useRowZones, useSelected } from '../selected.ts'
import table from '../table.module.css'
import type { Column } from './columns.ts'
import { messages } from './messages.ts'
import { readSort, sortField } from './requests.ts'
import styles from './top.module.css'
import { cellClass, TopRow } from './top-row.tsx'

const TABLE = 'top'
const ROW = 27
const HEAD = 30

interface Props {
  answer: Answer<TopAnswer>
  columns: readonly Column[]
  onPick?: (name: string) => void
}

export function TopTable({ answer, columns, onPick }: Props) {
  const { openFunction, selectFunction } = useSession()
  const pick = onPick ?? selectFunction
  const m = useMessages(messages)
  const { profile, sampleType, value: rows } = answer
  const stale = answer.state === 'stale'
  const ref = useRef<HTMLDivElement>(null)
  const id = useId()
  const { row: selected } = useSelected(profile)
  const zones = useRowZones(answer)
  const match = useMatches(answer)
  const count = rows.row.length
  const { first, last, rows: inSight, slot, reveal, page } = useRowWindow(ref, count, ROW, HEAD)
  const at = useMemo(() => (selected < 0 ? -1 : rows.row.indexOf(selected)), [rows, selected])
  const widths = useColumnWidths(TABLE)
  const { names } = profile
  const name = (i: number) => names.get(rows.row[i] ?? -1)

  // A selection made elsewhere is brought into view when the table appears or is sorted anew.
  const seen = useRef<TopAnswer | null>(null)
  useEffect(() => {
    if (seen.current !== rows && at >= 0) reveal(at)
    seen.current = rows
  }, [rows, at, reveal])

  const go = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to))
    pick(name(next))
    reveal(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || count === 0) return
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    }[event.key]
    if (to !== undefined) go(to)
    else if (event.key === 'Enter' && at >= 0) openFunction(name(at))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  // A table whose rows are walked with the arrow keys.
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'aria-activedescendant': at >= first && at < last ? `${id}${at}` : undefined,
  }
  const most = useMemo(
    () => Math.max(largest(rows.flat[sampleType]), largest(rows.cum[sampleType])),
    [rows, sampleType],
  )
  return (
    <div ref={ref} className={stale ? `${table.rows} ${table.stale}` : table.rows}>
      <table {...grid} className={table.table} aria-label={m.name} aria-rowcount={count + 1} onKeyDown={onKeyDown}>
        <thead className={table.head}>
          <tr className={table.row} aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.id} column={column} profile={profile} sampleType={sampleType} widths={widths} />
            ))}
          </tr>
        </thead>
        <tbody className={table.body} style={{ height: count * ROW }}>
          {inSight.map((i) => (
            <TopRow
              key={slot(i)}
              id={`${id}${i}`}
              i={i}
              top={i * ROW}
              name={name(i)}
              profile={profile}
              sampleType={sampleType}
              columns={columns}
              widths={widths}
              rows={rows}
              most={most}
              zone={zones(rows.row[i] ?? -1)}
              matched={match?.[rows.row[i] ?? -1] === 1}
              selected={i === at}
              onPick={pick}
            />
          ))}
        </tbody>
      </table>
      {count === 0 && <p className={table.none}>{rows.all === 0 ? m.empty : m.none}</p>}
    </div>
  )
}

function largest(values: Float64Array | undefined): number {
  let most = 0
  for (const v of values ?? []) most = Math.max(most, Math.abs(v))
  return most
}

interface HeadProps {
  column: Column
  profile: OpenedProfile
  sampleType: number
  widths: ColumnWidths
}

function Head({ column, profile, sampleType, widths }: HeadProps) {
  const { setField } = useSession()
  const text = useField(sortField)
  const sort = readSort(text, profile.info, sampleType)
  const own = column.sort === '' ? null : readSort(column.sort, profile.info, sampleType)
  const active = own !== null && own.by === sort.by && (own.by === 'name' || own.sampleType === sort.sampleType)
  const title = 'why' in column ? column.why : undefined
  const style = widthStyle(widths, column.id)
  const grip = <ColumnGrip table={TABLE} column={column.id} title={column.title} />
  if (column.sort === '') {
    return (
      <th scope="col" className={cellClass(column)} style={style} title={title}>
        {column.title}
        {grip}
      </th>
    )
  }
  // Names begin with A, numbers with the largest.
  const starts = column.kind === 'name' ? `-${column.sort}` : column.sort
  const other = starts.startsWith('-') ? starts.slice(1) : `-${starts}`
  const next = active && text !== other && (text === starts || text === '') ? other : starts
  return (
    <th
      scope="col"
      className={cellClass(column)}
      style={style}
      aria-sort={active ? (sort.desc ? 'descending' : 'ascending') : 'none'}
      title={title}
    >
      <button type="button" className={styles.sort} onClick={() => setField(sortField, next === 'flat' ? '' : next)}>
        {column.title}
        {active && (sort.desc ? icons.down : icons.up)}
      </button>
      {grip}
    </th>
  )
}
