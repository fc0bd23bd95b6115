/** A native modal dialog: the browser traps and returns the focus, Escape closes. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { icons } from './icons.tsx'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}

export function Dialog({ title, onClose, children, footer }: Props) {
  const words = useWords()
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
  }, [])
  // Closing it through the browser gives the focus back to where it was.
  const close = () => ref.current?.close()
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={id}
      onClose={onClose}
      onPointerDown={(event) => event.target === ref.current && close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="dialog-body">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" className="quiet square" aria-label={words.app.close} onClick={close}>
            {icons.close}
          </button>
        </header>
        {children}
      </div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  )
}
