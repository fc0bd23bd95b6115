/** A modal dialog of Radix, which keeps the focus inside and hides the page from assistive technology. */
import { Dialog as Modal } from 'radix-ui'
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { icons } from './icons.tsx'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
  /** Has the focus when the dialog opens; else what comes first in it. */
  first?: RefObject<HTMLElement | null>
}

export function Dialog({ title, onClose, children, footer, first }: Props) {
  const words = useWords()
  const before = useRef<Element | null>(null)
  // After a menu that it was chosen from has given the focus back, and before the dialog takes it.
  useLayoutEffect(() => {
    before.current = document.activeElement
  }, [])
  return (
    <Modal.Root open onOpenChange={onClose}>
      <Modal.Portal>
        {/* Not Radix's overlay: that one stops the scrolling of the page, which has none, by an inline style sheet, which the Content-Security-Policy refuses. */}
        <div className="dialog-scrim" />
        <Modal.Content
          className="dialog"
          aria-describedby={undefined}
          aria-modal="true"
          onOpenAutoFocus={(event) => {
            if (!first?.current) return
            event.preventDefault()
            first.current.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (document.activeElement === document.body && before.current instanceof HTMLElement)
              before.current.focus()
          }}
          onEscapeKeyDown={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <div className="dialog-body">
            <header>
              <Modal.Title>{title}</Modal.Title>
              <Modal.Close className="quiet square" aria-label={words.app.close}>
                {icons.close}
              </Modal.Close>
            </header>
            {children}
          </div>
          {footer && <footer>{footer}</footer>}
        </Modal.Content>
      </Modal.Portal>
    </Modal.Root>
  )
}
