/** How many documents are open, and which of them is on screen; opens the list of all. */
import { icons } from '../parts/icons.tsx'
import { Popover } from '../parts/popover.tsx'
import { useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { DocumentSwitcher } from './document-switcher.tsx'
import { messages } from './switcher-messages.ts'

export function SwitcherButton() {
  const m = useMessages(messages)
  const documents = useStore((s) => s.documents)
  const at = useStore((s) => s.documents.findIndex(({ id }) => id === s.current))
  const label = m.which(at + 1, documents.length)
  return (
    <Popover
      label={label}
      title={m.documents(documents.length)}
      face={
        <>
          {at + 1}/{documents.length}
          {icons.down}
        </>
      }
      className="quiet small switcher-button"
    >
      {(close) => <DocumentSwitcher onClose={close} />}
    </Popover>
  )
}
