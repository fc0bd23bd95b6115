/** A long table of numbers: only the rows on screen exist. The row that is looked at is brought into view. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useRowWindow } from '../../parts/row-window.ts'
import { useMessages } from '../../words/use-messages.ts'
import table from '../table.module.css'
import styles from './evidence.module.css'
import { messages } from './messages.ts'

const ROW = 27
const HEAD = 30

export interface RowColumn {
  id: string
  title: string
  text: (i: number) => string
  /** Wide ones hold words. */
  wide?: boolean
}

interface Props {
  label: string
  columns: readonly RowColumn[]
  count: number
  /** Row that is looked at, -1 = none. */
  at?: number
  /** Left out: no row can be looked at, and keys scroll. */
  onAt?: (at: number) => void
}

export function RowTable({ label, columns, count, at = -1, onAt }: Props) {
  const m = useMessages(messages)
  const ref = useRef<HTMLElement>(null)
  const { rows, slot, reveal, page } = useRowWindow(ref, count, ROW, HEAD)
  useEffect(() => {
    if (at >= 0) reveal(at)
  }, [at, reveal])
  const onKeyDown = (event: KeyboardEvent) => {
    if (!onAt || event.ctrlKey || event.metaKey || event.altKey || count === 0) return
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onAt(Math.max(0, Math.min(count - 1, to)))
  }
  const className = (column: RowColumn) => `${table.cell} ${column.wide ? styles.words : styles.number}`
  return (
    <section
      ref={ref}
      className={`${table.rows} ${styles.rows}`}
      aria-label={m.rows(label)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <table className={table.table} aria-label={label} aria-rowcount={count + 1}>
        <thead className={table.head}>
          <tr className={table.row} aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={className(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={table.body} style={{ height: count * ROW }}>
          {rows.map((i) => (
            <tr
              key={slot(i)}
              className={`${table.row} ${i === at ? styles.current : ''}`}
              aria-rowindex={i + 2}
              aria-current={i === at ? 'true' : undefined}
              style={{ top: i * ROW }}
              onClick={onAt && (() => onAt(i))}
            >
              {columns.map((column) => (
                <td key={column.id} className={className(column)}>
                  {column.text(i)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
