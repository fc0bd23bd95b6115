/** How many documents are open, and which of them is on screen; opens the list of all. */
import { icons } from '../parts/icons.tsx'
import { lazily } from '../parts/lazily.tsx'
import { Popover } from '../parts/popover.tsx'
import { useStore } from '../session.ts'
import { useWords } from '../words/index.ts'

const switcher = lazily<{ onClose: () => void }>(async () => (await import('./document-switcher.tsx')).DocumentSwitcher)

export function SwitcherButton() {
  const words = useWords()
  const documents = useStore((s) => s.documents)
  const at = useStore((s) => s.documents.findIndex(({ id }) => id === s.current))
  if (documents.length < 2) return null
  const label = words.bar.documents(documents.length)
  return (
    <Popover
      label={label}
      title={label}
      face={
        <>
          {at + 1}/{documents.length}
          {icons.down}
        </>
      }
      className="quiet small switcher-button"
    >
      {(close) => <switcher.Component onClose={close} />}
    </Popover>
  )
}
