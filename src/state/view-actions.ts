/** Going from view to view, and what the table views remember. */
import { pathOf } from '../core/layout/camera.ts'
import type { CallPath } from '../core/query/call-tree.ts'
import { fieldValue, type ViewField, withField } from '../core/view/view-field.ts'
import type { Actions } from './actions.ts'
import type { GraphAccess } from './graph-port.ts'
import { rowOf } from './rows.ts'
import { flamePageOf, type Store } from './store.ts'

interface Needs {
  store: Store
  change: Actions['change']
  graphAccess: GraphAccess
}

export function createViewActions({ store, change, graphAccess }: Needs) {
  const { getState } = store
  const { goToSoon, graph } = graphAccess

  /** The function that all views mark. */
  function selectFunction(func: string): void {
    if (func !== getState().view.func) change({ func }, 'replace')
  }

  /** Callers and callees of a function. */
  function openFunction(name: string): void {
    const { page, func } = getState().view
    if (page !== 'function' || func !== name) change({ page: 'function', func: name }, 'push')
  }

  /** Changes a field of one view. Typing and sorting leave no steps in the history. */
  function setField<T>(field: ViewField<T>, value: T): void {
    const { fields } = getState().view
    if (field.format(value) !== field.format(fieldValue(fields, field))) {
      change({ fields: withField(fields, field, value) }, 'replace')
    }
  }

  function toggleTablePane(): void {
    change({ tablePaneOpen: !getState().view.tablePaneOpen }, 'push')
  }

  /** The heaviest box of a function in the tree at hand; null where its boxes are too small to be in it. */
  function heaviestBox(name: string): { path: CallPath; pathHash: number } | null {
    const { tree } = getState().answers
    const row = tree ? rowOf(tree.profile, name) : -1
    if (!tree || row < 0) return null
    const { func, width, pathHash: key, length } = tree.value
    let best = -1
    for (let r = 1; r < length; r++) if (func[r] === row && (best < 0 || width[r] > width[best])) best = r
    return best < 0 ? null : { path: pathOf(tree.value, tree.profile.info.hash, best), pathHash: key[best] }
  }

  /** Goes to the heaviest box of a function in the flame graph; searches for it where the boxes are too small. */
  function showInGraph(name: string): void {
    const box = heaviestBox(name)
    change({ page: flamePageOf(getState()), func: name, ...(box ? {} : { search: name }) }, 'push')
    if (box) goToSoon(box.path, box.pathHash)
  }

  /** Goes to a box of the flame graph by its path, the outermost call first; `name` is its short name, for the link. */
  function showBox(zoom: CallPath, name: string): void {
    change({ page: flamePageOf(getState()), zoom, zoomName: name, window: null }, 'push')
  }

  /** The same for a graph that is on screen beside a table. */
  function pointAt(name: string): void {
    selectFunction(name)
    const box = heaviestBox(name)
    if (box) graph()?.goTo(box.path, box.pathHash)
  }

  return {
    selectFunction,
    openFunction,
    setField,
    toggleTablePane,
    showInGraph,
    showBox,
    pointAt,
  }
}
