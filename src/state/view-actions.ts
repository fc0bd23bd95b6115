/** Going from view to view, and what the table views remember. */
import { pathOf } from '../core/layout/tree-path.ts'
import type { CallPath } from '../core/query/call-tree.ts'
import { fieldValue, type ViewField, withField } from '../core/view/view-field.ts'
import { type Inspector, MOST_PINS, placeField, selectedPlace } from '../core/view/view-state.ts'
import { samePath } from '../core/view/zoom-path.ts'
import type { Actions } from './actions.ts'
import type { GraphAccess } from './graph-port.ts'
import { rowOf } from './rows.ts'
import type { BrowserStorage } from './storage.ts'
import { flamePageOf, type Store } from './store.ts'

interface Needs {
  store: Store
  change: Actions['change']
  graphAccess: GraphAccess
  storage: BrowserStorage
}

export function createViewActions({ store, change, graphAccess, storage }: Needs) {
  const { getState, setState } = store
  const { goToSoon, graph } = graphAccess

  /** Selects a function for all views, with the box of the upright tree that stands for it where there is one. */
  function selectFunction(func: string, place: CallPath = []): void {
    const { view } = getState()
    if (func === view.func && view.line === 0 && samePath(place, selectedPlace(view))) return
    change({ func, line: 0, place: placeField(func, place, view) }, 'replace')
  }

  /** Opens the inspector at one of its tabs, about a function; line: of its file, 0 = none. */
  function inspectFunction(inspector: Inspector, func: string, line: number): void {
    const { view } = getState()
    setState({ panelOpen: true })
    if (view.inspector === inspector && view.func === func && view.line === line) return
    change({ inspector, func, line, ...(func === view.func ? {} : { place: [] }) }, 'push')
  }

  /** Callers and callees of a function. */
  function openFunction(name: string): void {
    inspectFunction('function', name, 0)
  }

  /** The lines of a function's file, at one of them; 0 = at the heaviest one. */
  function openSource(name: string, line = 0): void {
    inspectFunction('source', name, line)
  }

  /** Keeps a function in view with its sum, or lets it go. */
  function togglePin(name: string): void {
    const { pins } = getState().view
    const next = pins.includes(name) ? pins.filter((pin) => pin !== name) : [...pins, name]
    if (next.length <= MOST_PINS) change({ pins: next }, 'replace')
  }

  function clearPins(): void {
    if (getState().view.pins.length > 0) change({ pins: [] }, 'replace')
  }

  /** Changes a field of one view. Typing and sorting leave no steps in the history. */
  function setField<T>(field: ViewField<T>, value: T): void {
    const { fields } = getState().view
    if (field.format(value) !== field.format(fieldValue(fields, field))) {
      change({ fields: withField(fields, field, value) }, 'replace')
    }
  }

  /** Null: as wide as the style sheet makes it. */
  function setColumnWidth(table: string, column: string, width: number | null): void {
    const { [column]: _, ...others } = getState().columnWidths[table] ?? {}
    const widths = width === null ? others : { ...others, [column]: width }
    setState((s) => ({ columnWidths: { ...s.columnWidths, [table]: widths } }))
    storage.writeChoice('column-widths', JSON.stringify(getState().columnWidths))
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
    const where = box ? { place: box.path } : { place: [], search: name }
    change({ page: flamePageOf(getState()), func: name, line: 0, ...where }, 'push')
    if (box) goToSoon(box.path, box.pathHash)
  }

  /** Goes to a box of the flame graph by its path, the outermost call first; `name` is its short name, for the link. */
  function showBox(zoom: CallPath, name: string): void {
    change({ page: flamePageOf(getState()), zoom, zoomName: name, window: null }, 'push')
  }

  /** The same for a graph that is on screen beside a table. */
  function pointAt(name: string): void {
    const box = heaviestBox(name)
    selectFunction(name, box?.path)
    if (box) graph()?.goTo(box.path, box.pathHash)
  }

  return {
    selectFunction,
    openFunction,
    openSource,
    togglePin,
    clearPins,
    setField,
    setColumnWidth,
    toggleTablePane,
    showInGraph,
    showBox,
    pointAt,
  }
}
