/** A panel that a button opens below itself, and closes. */
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { useDismiss } from './dismiss.ts'

const EDGE = 8

interface Props {
  /** Of the button. */
  label: string
  title: string
  /** What stands on the button. */
  face: ReactNode
  className?: string
  children: ReactNode
}

export function Popover({ label, title, face, className = 'quiet square small', children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const id = useId()

  useLayoutEffect(() => {
    const box = button.current?.getBoundingClientRect()
    const el = panel.current
    if (!open || !box || !el) return
    el.showPopover()
    const left = Math.max(EDGE, Math.min(box.right - el.offsetWidth, innerWidth - el.offsetWidth - EDGE))
    el.style.left = `${left}px`
    el.style.top = `${box.bottom + 6}px`
    el.focus()
    return () => {
      const { activeElement } = document
      if (activeElement === document.body || el.contains(activeElement)) button.current?.focus()
    }
  }, [open])
  useDismiss(open, panel, button, () => setOpen(false))

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <div
          ref={panel}
          popover="manual"
          role="dialog"
          aria-labelledby={id}
          className="popover"
          tabIndex={-1}
          onToggle={(event) => {
            if (event.newState === 'closed') setOpen(false)
          }}
        >
          <h2 id={id}>{title}</h2>
          {children}
        </div>
      )}
    </>
  )
}
