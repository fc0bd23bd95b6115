/** Keys of the whole page, with or without a profile. The graph has its own while it has the focus. */
import type { Session } from '../state/session.ts'
import { chooseFiles, isTyping } from './files.ts'

/** From this width on the hot zones are a column; below it they lie over the graph. */
export const COLUMN = '(min-width: 1200px)'

export interface Keys {
  plain: Readonly<Record<string, () => void>>
  /** With Control or Command; `shift` = and Shift. */
  control?: Readonly<Record<string, (shift: boolean) => void>>
}

const dark = () => document.documentElement.dataset.theme === 'dark'

export const pageKeys = ({ openDialog, setTheme }: Session): Keys => ({
  plain: {
    '?': () => openDialog('help'),
    t: () => setTheme(dark() ? 'light' : 'dark'),
    o: chooseFiles,
  },
  control: { k: () => openDialog('palette') },
})

/** These keys act in text fields too, with Control or Command. */
const EVERYWHERE = ['f', 'k']

/** Listens; returns the function that stops it. Text fields keep their other keys. */
export function startKeys({ plain, control = {} }: Keys): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || document.querySelector('.dialog')) return
    const withControl = event.ctrlKey || event.metaKey
    const key = withControl ? event.key.toLowerCase() : event.key
    if (isTyping(event.target) && !(withControl && EVERYWHERE.includes(key))) return
    // In lists and on sliders Home has a meaning of its own.
    if (!withControl && key === 'Home' && event.target !== document.body) return
    const run = withControl ? control[key] : plain[key]
    if (!run) return
    event.preventDefault()
    run(event.shiftKey)
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

/** What is typed while a dialog is being loaded is meant for it, whatever has the focus; the palette begins with it. */
export function startTypingAhead({ get, typeAhead }: Session): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const { dialog } = get()
    const { key } = event
    const isText = key.length === 1 || key === 'Enter' || key === 'Backspace'
    if (dialog === null || !isText || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('.dialog')) return
    event.preventDefault()
    event.stopPropagation()
    if (dialog === 'palette') typeAhead(key)
  }
  addEventListener('keydown', onKeyDown, true)
  return () => removeEventListener('keydown', onKeyDown, true)
}
