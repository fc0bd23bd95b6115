/** Columns whose width the reader drags, or changes with the arrow keys; kept in this browser. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './column-width.module.css'
import { messages } from './messages.ts'

/** One press of an arrow key, and the limits, in pixels. */
const STEP = 8
const LEAST = 40
const MOST = 1200

/** By column of a table. */
export type ColumnWidths = Readonly<Record<string, number>>

const none: ColumnWidths = {}

export function useColumnWidths(table: string): ColumnWidths {
  return useStore((s) => s.columnWidths[table] ?? none)
}

/** The style of a cell whose column the reader gave a width; none for others, which style sheets size. */
export function widthStyle(widths: ColumnWidths, column: string): CSSProperties | undefined {
  const width = widths[column]
  return width === undefined ? undefined : { flex: '0 0 auto', width }
}

/** Lies on the right edge of a head; a double click gives the width back to the style sheet. */
export function ColumnGrip({ table, column, title }: { table: string; column: string; title: string }) {
  const { setColumnWidth } = useSession()
  const m = useMessages(messages)
  const width = useStore((s) => s.columnWidths[table]?.[column])
  const set = (to: number) => setColumnWidth(table, column, Math.round(Math.min(MOST, Math.max(LEAST, to))))
  const headOf = (grip: HTMLElement) => grip.parentElement?.getBoundingClientRect()
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const head = headOf(event.currentTarget)
    if (head && event.currentTarget.hasPointerCapture(event.pointerId)) set(event.clientX - head.left)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    const head = headOf(event.currentTarget)
    if (step === undefined || !head) return
    event.preventDefault()
    event.stopPropagation()
    set((width ?? head.width) + step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that is moved has a value, which hr does not have
    <span
      role="separator"
      tabIndex={0}
      className={styles.grip}
      aria-orientation="vertical"
      aria-label={m.widthOf(title)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width ?? LEAST}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setColumnWidth(table, column, null)}
    />
  )
}
