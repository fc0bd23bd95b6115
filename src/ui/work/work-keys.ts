/** Keys that need a profile on screen. */
import { rankZones } from '../../core/zones/rank.ts'
import { flip, goToPlace, openDialog, openPage, setPanel, zoomTo } from '../../state/actions.ts'
import { openEntry, redo, undo } from '../../state/filtering.ts'
import { get } from '../../state/store.ts'
import { COLUMN, type Keys } from '../keys.ts'
import { pageOf, views } from '../views/index.ts'

function focusSearch(): void {
  const box = document.querySelector<HTMLInputElement>('input[type=search]')
  box?.focus()
  box?.select()
}

/** Next or previous place of the selected zone, or of the hottest. */
function stepPlace(step: 1 | -1): void {
  const { answers, view } = get()
  const ranked = rankZones(answers.zones?.value.zones ?? [])
  const zone = ranked.find((z) => z.id === view.zone) ?? ranked[0]
  if (zone) goToPlace(zone, step)
}

/** For a focus outside the graph; inside, the graph has these keys itself. */
function showAll(): void {
  const drawer = document.activeElement?.closest('.zones') && !matchMedia(COLUMN).matches
  if (drawer) setPanel(false)
  else zoomTo([])
}

export const workKeys: Keys = {
  plain: {
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
  },
  control: {
    f: focusSearch,
    z: (shift) => (shift ? redo() : undo()),
    y: redo,
  },
}
