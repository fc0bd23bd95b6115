/** A line that opens: its title, a few words beside it, and more below. */
import type { ReactNode } from 'react'
import { icons } from '../parts/icons.tsx'

interface Props {
  title: string
  /** Cut off where it does not fit. */
  note?: string
  open?: boolean | undefined
  children: ReactNode
}

export function Fold({ title, note = '', open, children }: Props) {
  return (
    <details className="fold" open={open}>
      <summary>
        <b>{title}</b>
        <span className="fold-note">{note}</span>
        {icons.down}
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  )
}
