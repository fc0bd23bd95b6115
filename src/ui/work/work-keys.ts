/** Keys that need a profile on screen. */
import { rankZones } from '../../core/zones/rank.ts'
import type { Session } from '../../state/session.ts'
import { currentDocument, currentProfile } from '../../state/store.ts'
import { pageOf, type ViewSpec } from '../../state/view-spec.ts'
import { COLUMN, type Keys } from '../keys.ts'

function focusSearch(): void {
  const box = document.querySelector<HTMLInputElement>('input[type=search]')
  box?.focus()
  box?.select()
}

/** Next or previous place of the selected zone, or of the hottest. */
function stepPlace({ get, goToPlace }: Session, step: 1 | -1): void {
  const { answers, view } = get()
  const ranked = rankZones(answers.zones?.value.zones ?? [])
  const zone = ranked.find((z) => z.id === view.zone) ?? ranked[0]
  if (zone) goToPlace(zone, step)
}

/** Opens a view by the place of its tab, from 0. */
function openTab({ get, openPage }: Session, views: readonly ViewSpec[], place: number): void {
  const document = currentDocument(get())
  const view = document && views.filter(({ accepts }) => accepts(document))[place]
  if (view) openPage(pageOf(views, view, document))
}

/** For a focus outside the graph; inside, the graph has these keys itself. */
function showAll({ setPanel, zoomTo }: Session): void {
  const drawer = document.activeElement?.closest('.zones') && !matchMedia(COLUMN).matches
  if (drawer) setPanel(false)
  else zoomTo([])
}

export function workKeys(session: Session, views: readonly ViewSpec[]): Keys {
  const all = () => showAll(session)
  const back = () => stepPlace(session, -1)
  const { flip, get, openDialog, openEntry, redo, setPanel, undo } = session
  return {
    plain: {
      '/': focusSearch,
      s: () => openDialog('share'),
      e: () => currentProfile(get()) && openDialog('export'),
      '[': () => setPanel(!get().panelOpen),
      z: () => stepPlace(session, 1),
      Z: back,
      i: flip,
      f: () => openEntry(),
      ...Object.fromEntries(Array.from({ length: 9 }, (_, place) => [place + 1, () => openTab(session, views, place)])),
      '0': all,
      Home: all,
      Escape: all,
    },
    control: {
      f: focusSearch,
      z: (shift) => (shift ? redo() : undo()),
      y: redo,
    },
  }
}
