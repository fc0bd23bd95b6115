/** Keys that need a profile on screen. */

import { patternFor } from '../../core/layout/key-name.ts'
import type { FilterKind } from '../../core/query/query-spec.ts'
import { isBottomUp } from '../../core/view/view-state.ts'
import { rankZones } from '../../core/zones/rank.ts'
import { inspectedFunction } from '../../state/inspected.ts'
import type { Session } from '../../state/session.ts'
import { currentDocument, currentProfile } from '../../state/store.ts'
import { pageOf, viewOf } from '../../state/view-spec.ts'
import { FUNCTION_KEYS } from '../inspector/function-keys.ts'
import { COLUMN, type Keys } from '../keys.ts'
import { tabsOf, type ViewDefinition, viewOfTab } from '../views/view-definition.ts'

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

/** Opens a tab by its place, from 0. */
function openTab({ get, openPage }: Session, views: readonly ViewDefinition[], place: number): void {
  const { view } = get()
  const document = currentDocument(get())
  const tab = document && tabsOf(views, document)[place]
  const open = document && viewOf(views, view.page, document)
  if (tab && open && !tab.views.includes(open)) {
    openPage(pageOf(views, viewOfTab(tab, isBottomUp(view)), document))
  }
}

/** Does something with the function that the inspector is about, which is selected from then on. */
function withFunction({ get, selectFunction }: Session, run: (name: string) => void): void {
  const name = inspectedFunction(get())
  if (name === '') return
  if (name !== get().view.func) selectFunction(name)
  run(name)
}

function filterFunction({ addFilter, get }: Session, kind: FilterKind, name: string): void {
  const query = get().answers.tree?.profile.query
  if (query) addFilter(kind, patternFor(name, query))
}

/** The document before or behind the one on screen, around the ends. */
function stepDocument({ get, switchDocument }: Session, step: 1 | -1): void {
  const { documents, current } = get()
  const at = documents.findIndex(({ id }) => id === current)
  const next = documents[(at + step + documents.length) % documents.length]
  if (next) switchDocument(next.id)
}

/** For a focus outside the graph; inside, the graph has these keys itself. */
function showAll({ setPanel, zoomTo }: Session): void {
  const drawer = document.activeElement?.closest('.zones') && !matchMedia(COLUMN).matches
  if (drawer) setPanel(false)
  else zoomTo([])
}

export function workKeys(session: Session, views: readonly ViewDefinition[]): Keys {
  const all = () => showAll(session)
  const back = () => stepPlace(session, -1)
  const { flip, get, openDialog, openEntry, openFunction, openSource, redo, setPanel, togglePin, undo } = session
  return {
    plain: {
      '/': focusSearch,
      s: () => openDialog('share'),
      e: () => currentProfile(get()) && openDialog('export'),
      b: () => setPanel(!get().panelOpen),
      '[': () => stepDocument(session, -1),
      ']': () => stepDocument(session, 1),
      [FUNCTION_KEYS.callers]: () => withFunction(session, openFunction),
      [FUNCTION_KEYS.source]: () => withFunction(session, (name) => openSource(name)),
      [FUNCTION_KEYS.pin]: () => withFunction(session, togglePin),
      [FUNCTION_KEYS.focus]: () => withFunction(session, (name) => filterFunction(session, 'focus', name)),
      [FUNCTION_KEYS.hide]: () => withFunction(session, (name) => filterFunction(session, 'hide', name)),
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
