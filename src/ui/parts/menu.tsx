/** Menus, and buttons that open them. The menu itself is in a chunk of its own, with the library that it is made of. */
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { menuPanel } from './floating.ts'
import type { MenuRow } from './menu-row.ts'
import { WhenLoaded } from './when-loaded.tsx'

export type { MenuRow }

interface Props {
  label: string
  rows: readonly MenuRow[]
  /** Page coordinates of the point beside which it opens. */
  x: number
  y: number
  onClose: () => void
}

/** The menu of a place: a box that was pressed with the right button. */
export function Menu({ label, rows, x, y, onClose }: Props) {
  const anchor = useMemo(() => ({ current: { getBoundingClientRect: () => new DOMRect(x, y) } }), [x, y])
  const menu = { label, rows, anchor, side: 'right', align: 'start', onClose } as const
  return <WhenLoaded of={menuPanel} props={menu} onCancel={onClose} />
}

interface ButtonProps {
  /** Of the menu. */
  label: string
  rows: readonly MenuRow[]
  /** Of a button whose face is an icon. */
  name?: string
  className?: string
  align?: 'left' | 'right'
  /** What stands on the button. */
  children: ReactNode
}

/** A button that opens a menu below itself, and closes it. */
export function MenuButton({ label, rows, name, className = 'quiet small', align = 'right', children }: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const onClose = () => setOpen(false)
  const edge = align === 'right' ? 'end' : 'start'
  const menu = { label, rows, anchor: button, opener: button, side: 'bottom', align: edge, onClose } as const
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={name}
        title={name}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && <WhenLoaded of={menuPanel} props={menu} opener={button} onCancel={onClose} />}
    </>
  )
}
