/** A panel that a button of the bar opens below itself; Escape and a press elsewhere close it. */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

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
  const wasOpen = useRef(false)
  const [open, setOpen] = useState(false)
  const id = useId()

  useEffect(() => {
    const box = button.current?.getBoundingClientRect()
    const el = panel.current
    if (!open || !box || !el) return
    el.showPopover()
    const left = Math.max(8, Math.min(box.right - el.offsetWidth, innerWidth - el.offsetWidth - 8))
    el.style.left = `${left}px`
    el.style.top = `${box.bottom + 6}px`
    el.focus()
  }, [open])

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
        // A press closes the open panel; the click that follows must not open it again.
        onPointerDown={() => {
          wasOpen.current = open
        }}
        onClick={() => {
          setOpen(!open && !wasOpen.current)
          wasOpen.current = false
        }}
      >
        {face}
      </button>
      {open && (
        <div
          ref={panel}
          popover="auto"
          role="dialog"
          aria-labelledby={id}
          className="popover"
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            setOpen(false)
            button.current?.focus()
          }}
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
