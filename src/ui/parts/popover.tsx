/** A panel that a button opens below itself, and closes. */
import { type ReactNode, useRef, useState } from 'react'
import { popoverPanel } from './floating.ts'
import { WhenLoaded } from './when-loaded.tsx'

interface Props {
  /** Of the button. */
  label: string
  title: string
  /** What stands on the button. */
  face: ReactNode
  className?: string
  /** What stands in the panel; a function is given what closes it. */
  children: ReactNode | ((close: () => void) => ReactNode)
}

export function Popover({ label, title, face, className = 'quiet square small', children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const onClose = () => setOpen(false)
  const inside = typeof children === 'function' ? children(onClose) : children
  const panel = { title, opener: button, onClose, children: inside }
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
      {open && <WhenLoaded of={popoverPanel} props={panel} opener={button} onCancel={onClose} />}
    </>
  )
}
