/** Keys of the whole page. The graph has its own (arrows, Enter, Escape, 0) while it has the focus. */
import { rankZones } from '../core/zones/rank.ts'
import { flip, goToPlace, openDialog, openPage, setPanel, setTheme, zoomTo } from '../state/actions.ts'
import { openEntry, redo, undo } from '../state/filtering.ts'
import { get } from '../state/store.ts'
import { chooseFiles, isTyping } from './files.ts'
import { pageOf, views } from './views/index.ts'

export function focusSearch(): void {
  const box = document.querySelector<HTMLInputElement>('input[type=search]')
  box?.focus()
  box?.select()
}

/** From this width on the hot zones are a column; below it they lie over the graph. */
export const COLUMN = '(min-width: 1200px)'

/** Next or previous place of the selected zone, or of the hottest. */
function stepPlace(step: 1 | -1): void {
  const { answers, view } = get()
  const ranked = rankZones(answers.zones?.value.zones ?? [])
  const zone = ranked.find((z) => z.id === view.zone) ?? ranked[0]
  if (zone) goToPlace(zone, step)
}

const dark = () => document.documentElement.dataset.theme === 'dark'

const anywhere: Record<string, () => void> = {
  '?': () => openDialog('help'),
  t: () => setTheme(dark() ? 'light' : 'dark'),
  o: chooseFiles,
}

const withGraph: Record<string, () => void> = {
  '/': focusSearch,
  s: () => openDialog('share'),
  e: () => openDialog('export'),
  '[': () => setPanel(!get().panelOpen),
  z: () => stepPlace(1),
  Z: () => stepPlace(-1),
  i: flip,
  f: () => openEntry(),
  ...Object.fromEntries(views.slice(0, 9).map((view, i) => [String(i + 1), () => openPage(pageOf(view))])),
  '0': showAll,
  Home: showAll,
  Escape: showAll,
}

/** For a focus outside the graph; inside, the graph has these keys itself. */
function showAll(): void {
  const drawer = document.activeElement?.closest('.zones') && !matchMedia(COLUMN).matches
  if (drawer) setPanel(false)
  else zoomTo([])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return
  const graph = get().current !== null
  if (
    (event.ctrlKey || event.metaKey) &&
    !event.altKey &&
    !event.shiftKey &&
    event.key.toLowerCase() === 'f' &&
    graph
  ) {
    event.preventDefault()
    focusSearch()
    return
  }
  if (isTyping(event.target)) return
  if ((event.ctrlKey || event.metaKey) && !event.altKey && graph) {
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) redo()
    else undo()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  // In lists and on sliders Home has a meaning of its own.
  if (event.key === 'Home' && event.target !== document.body) return
  const run = anywhere[event.key] ?? (graph ? withGraph[event.key] : undefined)
  if (!run) return
  event.preventDefault()
  run()
}

/** Starts listening; returns the function that stops it. */
export function startKeys(): () => void {
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}
