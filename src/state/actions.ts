/** What the reader can do to the view. Which documents are open is documents.ts. */
import type { CallPath } from '../core/query/call-tree.ts'
import { childPathHash, ROOT_HASH } from '../core/query/path-hash.ts'
import type { Reading } from '../core/query/row-name.ts'
import { type Inspector, isBottomUp, placeField, selectedPlace, type ViewState } from '../core/view/view-state.ts'
import { samePath } from '../core/view/zoom-path.ts'
import type { Zone } from '../core/zones/zone.ts'
import type { Address } from './address.ts'
import type { GraphAccess } from './graph-port.ts'
import type { BrowserStorage } from './storage.ts'
import {
  currentMatches,
  currentProfile,
  type DialogId,
  flamePageOf,
  type Store,
  sampleTypeName,
  type ThemeChoice,
} from './store.ts'

export const PANEL_MIN = 280
export const PANEL_MAX = 1200

interface Needs {
  store: Store
  address: Address
  graph: GraphAccess['graph']
  storage: BrowserStorage
}

export function createActions({ store, address, graph, storage }: Needs) {
  const { getState, setState, subscribe } = store
  const { commit } = address

  /** Changes the view; 'push' makes a step for the back button. */
  function change(patch: Partial<ViewState>, mode: 'push' | 'replace'): void {
    setState((s) => ({ view: { ...s.view, ...patch } }))
    commit(mode)
  }

  /** A zoom and a page, with what they leave of the selection: the zoomed box is written once. */
  function zoomedTo(zoom: CallPath, page = getState().view.page): Pick<ViewState, 'zoom' | 'page' | 'place'> {
    const { view } = getState()
    return { zoom, page, place: placeField(view.func, selectedPlace(view), { zoom, page }) }
  }

  /** Zooms to a box; `name` is its short name, for the link. */
  function zoomTo(zoom: CallPath, name = ''): void {
    const { view } = getState()
    if (samePath(view.zoom, zoom) && view.window === null) return
    change({ ...zoomedTo(zoom), zoomName: zoom.length === 0 ? '' : name, window: null }, 'push')
  }

  /** Opens another view. Callers below callees are other paths than callees below callers, so a zoom stays behind. */
  function openPage(page: string): void {
    const { view } = getState()
    if (page === view.page) return
    const turned = isBottomUp({ page }) !== isBottomUp(view)
    change(turned ? { ...zoomedTo([], page), zoomName: '', window: null } : { page }, 'push')
  }

  /** Places of zones are places of the upright graph. */
  function turnUpright(): boolean {
    const turned = isBottomUp(getState().view)
    if (turned) openPage(flamePageOf(getState()))
    return turned
  }

  /** Camera as shares of the zoomed frame's width. Only where it comes to rest is written down. */
  function moveCamera(window: readonly [number, number] | null, settled: boolean): void {
    setState((s) => ({ view: { ...s.view, window } }))
    if (settled) commit('replace')
  }

  /** Out of the zoomed frame by moving the camera: all of the graph, with this part of its width in view. */
  function leaveZoom(window: readonly [number, number]): void {
    change({ ...zoomedTo([]), zoomName: '', window: window[0] <= 0 && window[1] >= 1 ? null : window }, 'push')
  }

  function setSampleType(row: number): void {
    const profile = currentProfile(getState())
    if (!profile) return
    const name = row === profile.info.defaultSampleType ? '' : sampleTypeName(profile.info, row)
    if (name === getState().view.sampleType) return
    // Widths change with the type, so a camera position would show something else.
    setState({ matchAt: -1, zonePlace: {} })
    change({ sampleType: name, window: null }, 'push')
  }

  function setOrder(order: ViewState['order']): void {
    if (order !== getState().view.order) change({ order, window: null }, 'push')
  }

  function flip(): void {
    change({ flipped: !getState().view.flipped }, 'push')
  }

  function setSearch(search: string): void {
    if (search === getState().view.search) return
    setState({ matchAt: -1 })
    change({ search }, 'replace')
  }

  /** Ends the wait for the places of matches; they come after their count. */
  let stopWaiting = () => {}

  /** Goes to the next (1) or previous (-1) match, around the ends; as soon as it is known where they are. */
  function nextMatch(step: 1 | -1): void {
    stopWaiting()
    const s = getState()
    const { answers, matchAt, view } = s
    if (view.search === '' || answers.search?.state === 'failed') return
    const matches = currentMatches(s)
    if (matches === null) {
      stopWaiting = subscribe((s) => {
        const found = currentMatches(s) !== null
        if (!found && s.view.search === view.search && s.current === view.profile) return
        stopWaiting()
        if (found) nextMatch(step)
      })
      return
    }
    const { places } = matches
    if (places.length === 0) return
    const at = matchAt < 0 ? (step > 0 ? 0 : places.length - 1) : (matchAt + step + places.length) % places.length
    setState({ matchAt: at })
    const place = places[at]
    if (place) graph()?.goTo(place.path, place.pathHash)
  }

  function toggleZone({ id, role }: Zone): void {
    const list = role === 'context' ? 'zonesOn' : 'zonesOff'
    const ids = getState().view[list]
    change({ [list]: ids.includes(id) ? ids.filter((z) => z !== id) : [...ids, id].sort() }, 'replace')
  }

  /** Lights all causes, or nothing at all. */
  function setAllZones(found: readonly Zone[], on: boolean): void {
    const causes = found.filter((z) => z.role === 'cause').map((z) => z.id)
    change(on ? { zonesOff: [] } : { zonesOff: causes.sort(), zonesOn: [] }, 'replace')
  }

  /** null: as the profile tells. */
  function setOwnPaths(own: readonly string[] | null): void {
    change({ own }, 'push')
  }

  function setReading(reading: Reading): void {
    if (reading !== getState().view.reading) change({ reading, whereRow: '' }, 'push')
  }

  /** Opens a row of "Where it goes", which lights its boxes; '' closes the one that is open. */
  function openWhereRow(whereRow: string): void {
    change({ whereRow }, 'push')
  }

  /** '' = by package; see core/layout/shade.ts for the rest. */
  function setColorBy(colorBy: string): void {
    if (colorBy !== getState().view.colorBy) change({ colorBy }, 'push')
  }

  function setDropNegative(dropNegative: boolean): void {
    change({ dropNegative }, 'replace')
  }

  function setFadeFew(fadeFew: boolean): void {
    change({ fadeFew }, 'replace')
  }

  /** Opens the card of a zone; '' closes the one that is open. */
  function focusZone(id: string): void {
    change({ zone: id }, 'replace')
  }

  /** Selects a zone and goes to its next (1), previous (-1) or present (0) place. */
  function goToPlace(zone: Zone, step: 1 | -1 | 0): void {
    const { zonePlace } = getState()
    const count = zone.places.length
    if (count === 0) return
    const last = zonePlace[zone.id]
    const at = last === undefined ? (step < 0 ? count - 1 : 0) : (last + step + count) % count
    setState({ zonePlace: { ...zonePlace, [zone.id]: at } })
    focusZone(zone.id)
    const place = zone.places[at]
    if (!place) return
    if (turnUpright()) zoomTo(place.path)
    else graph()?.goTo(place.path, place.pathHash)
  }

  /** Zooms to a box of the upright graph and selects it. */
  function zoomToFrame(path: CallPath, name: string): void {
    turnUpright()
    zoomTo(path, name)
    graph()?.goTo(path, path.reduce(childPathHash, ROOT_HASH))
  }

  /** Selects a zone and zooms to its biggest place. */
  function zoomToZone(zone: Zone, name: string): void {
    const place = zone.places[0]
    setState((s) => ({ zonePlace: { ...s.zonePlace, [zone.id]: 0 } }))
    focusZone(zone.id)
    if (place) zoomToFrame(place.path, name)
  }

  function openDialog(dialog: DialogId): void {
    setState({ dialog, typedAhead: { text: '', isConfirmed: false } })
  }

  /** key: a letter, 'Enter' or 'Backspace'. */
  function typeAhead(key: string): void {
    setState(({ typedAhead }) => {
      const { text, isConfirmed } = typedAhead
      if (isConfirmed) return {}
      if (key === 'Enter') return { typedAhead: { text, isConfirmed: true } }
      return { typedAhead: { text: key === 'Backspace' ? text.slice(0, -1) : text + key, isConfirmed } }
    })
  }

  /** Closes this dialog, unless another one has taken its place meanwhile. */
  function closeDialog(dialog: DialogId): void {
    setState((s) => (s.dialog === dialog ? { dialog: null } : {}))
  }

  function setPanel(open: boolean): void {
    setState({ panelOpen: open })
  }

  /** Opens the inspector at one of its tabs. */
  function inspect(inspector: Inspector): void {
    setPanel(true)
    if (inspector !== getState().view.inspector) change({ inspector }, 'push')
  }

  function resizePanel(width: number): void {
    setState({ panelWidth: Math.round(Math.min(PANEL_MAX, Math.max(PANEL_MIN, width))) })
  }

  function setTheme(theme: ThemeChoice): void {
    setState({ theme })
    storage.writeChoice('theme', theme)
  }

  return {
    change,
    zoomTo,
    openPage,
    leaveZoom,
    moveCamera,
    setSampleType,
    setOrder,
    flip,
    setSearch,
    nextMatch,
    toggleZone,
    setAllZones,
    setOwnPaths,
    setReading,
    openWhereRow,
    setColorBy,
    setDropNegative,
    setFadeFew,
    focusZone,
    goToPlace,
    zoomToFrame,
    zoomToZone,
    openDialog,
    typeAhead,
    closeDialog,
    setPanel,
    inspect,
    resizePanel,
    setTheme,
  }
}

export type Actions = ReturnType<typeof createActions>
