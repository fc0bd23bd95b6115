/** What the reader can do to the view. Opening and closing profiles is opening.ts. */
import type { CallPath } from '../core/query/call-tree.ts'
import { childKey, ROOT_KEY } from '../core/query/path-key.ts'
import { emptyLink, type Link } from '../core/view/permalink.ts'
import { BOTTOM_UP, type ViewState } from '../core/view/view-state.ts'
import { samePath } from '../core/view/zoom-path.ts'
import type { Zone } from '../core/zones/zone.ts'
import { addressOf, commit } from './address.ts'
import { graph } from './graph-port.ts'
import { bringUp } from './opening.ts'
import { writeTheme } from './storage.ts'
import {
  currentMatches,
  currentProfile,
  type DialogId,
  get,
  sampleTypeName,
  set,
  type ThemeChoice,
  useStore,
} from './store.ts'

/** Changes the view; 'push' makes a step for the back button. */
export function change(patch: Partial<ViewState>, mode: 'push' | 'replace'): void {
  set((s) => ({ view: { ...s.view, ...patch } }))
  commit(mode)
}

/** Zooms to a box; `name` is its short name, for the link. */
export function zoomTo(zoom: CallPath, name = ''): void {
  const { view } = get()
  if (samePath(view.zoom, zoom) && view.window === null) return
  change({ zoom, zoomName: zoom.length === 0 ? '' : name, window: null }, 'push')
}

/** Opens another view. Callers below callees are other paths than callees below callers, so a zoom stays behind. */
export function openPage(page: string): void {
  const { view } = get()
  if (page === view.page) return
  const turned = (page === BOTTOM_UP) !== (view.page === BOTTOM_UP)
  change({ page, ...(turned ? { zoom: [], zoomName: '', window: null } : {}) }, 'push')
}

/** Places of zones are places of the upright graph. */
function turnUpright(): boolean {
  const turned = get().view.page === BOTTOM_UP
  if (turned) openPage('')
  return turned
}

/** Camera as shares of the zoomed frame's width. Only where it comes to rest is written down. */
export function moveCamera(window: readonly [number, number] | null, settled: boolean): void {
  set((s) => ({ view: { ...s.view, window } }))
  if (settled) commit('replace')
}

export function setSampleType(row: number): void {
  const profile = currentProfile()
  if (!profile) return
  const name = row === profile.info.defaultSampleType ? '' : sampleTypeName(profile.info, row)
  if (name === get().view.sampleType) return
  // Widths change with the type, so a camera position would show something else.
  set({ matchAt: -1, zonePlace: {} })
  change({ sampleType: name, window: null }, 'push')
}

export function setOrder(order: ViewState['order']): void {
  if (order !== get().view.order) change({ order, window: null }, 'push')
}

export function flip(): void {
  change({ flipped: !get().view.flipped }, 'push')
}

export function setSearch(search: string): void {
  if (search === get().view.search) return
  set({ matchAt: -1 })
  change({ search }, 'replace')
}

/** Ends the wait for the places of matches; they come after their count. */
let stopWaiting = () => {}

/** Goes to the next (1) or previous (-1) match, around the ends; as soon as it is known where they are. */
export function nextMatch(step: 1 | -1): void {
  stopWaiting()
  const { answers, matchAt, view } = get()
  if (view.search === '' || answers.search?.state === 'failed') return
  const matches = currentMatches()
  if (matches === null) {
    stopWaiting = useStore.subscribe((s) => {
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
  set({ matchAt: at })
  const place = places[at]
  if (place) graph()?.goTo(place.path, place.key)
}

export function toggleZone({ id, role }: Zone): void {
  const list = role === 'context' ? 'zonesOn' : 'zonesOff'
  const ids = get().view[list]
  change({ [list]: ids.includes(id) ? ids.filter((z) => z !== id) : [...ids, id].sort() }, 'replace')
}

/** Lights all causes, or nothing at all. */
export function setAllZones(found: readonly Zone[], on: boolean): void {
  const causes = found.filter((z) => z.role === 'cause').map((z) => z.id)
  change(on ? { zonesOff: [] } : { zonesOff: causes.sort(), zonesOn: [] }, 'replace')
}

/** null: as the profile tells. */
export function setOwnPaths(own: readonly string[] | null): void {
  change({ own }, 'push')
}

/** '' = by package; see core/layout/shade.ts for the rest. */
export function setColorBy(colorBy: string): void {
  if (colorBy !== get().view.colorBy) change({ colorBy }, 'push')
}

export function setDropNegative(dropNegative: boolean): void {
  change({ dropNegative }, 'replace')
}

export function setFadeFew(fadeFew: boolean): void {
  change({ fadeFew }, 'replace')
}

/** Opens the card of a zone; '' closes the one that is open. */
export function focusZone(id: string): void {
  change({ zone: id }, 'replace')
}

/** Selects a zone and goes to its next (1), previous (-1) or present (0) place. */
export function goToPlace(zone: Zone, step: 1 | -1 | 0): void {
  const { zonePlace } = get()
  const count = zone.places.length
  if (count === 0) return
  const last = zonePlace[zone.id]
  const at = last === undefined ? (step < 0 ? count - 1 : 0) : (last + step + count) % count
  set({ zonePlace: { ...zonePlace, [zone.id]: at } })
  focusZone(zone.id)
  const place = zone.places[at]
  if (!place) return
  if (turnUpright()) zoomTo(place.path)
  else graph()?.goTo(place.path, place.key)
}

/** Zooms to a box of the upright graph and selects it. */
export function zoomToFrame(path: CallPath, name: string): void {
  turnUpright()
  zoomTo(path, name)
  graph()?.goTo(path, path.reduce(childKey, ROOT_KEY))
}

/** Selects a zone and zooms to its biggest place. */
export function zoomToZone(zone: Zone, name: string): void {
  const place = zone.places[0]
  set((s) => ({ zonePlace: { ...s.zonePlace, [zone.id]: 0 } }))
  focusZone(zone.id)
  if (place) zoomToFrame(place.path, name)
}

export function switchProfile(id: string): void {
  if (id !== get().current) bringUp(id)
}

export function openDialog(dialog: DialogId): void {
  set({ dialog })
}

/** Closes this dialog, unless another one has taken its place meanwhile. */
export function closeDialog(dialog: DialogId): void {
  set((s) => (s.dialog === dialog ? { dialog: null } : {}))
}

export function setPanel(open: boolean): void {
  set({ panelOpen: open })
}

export const PANEL_MIN = 280
export const PANEL_MAX = 560

export function resizePanel(width: number): void {
  set({ panelWidth: Math.round(Math.min(PANEL_MAX, Math.max(PANEL_MIN, width))) })
}

export function setTheme(theme: ThemeChoice): void {
  set({ theme })
  writeTheme(theme)
}

/** The link to send: the view, the profile's address if it has one of its own, and no others. */
export function shareLink(embedded: string): string {
  const s = get()
  const profile = currentProfile(s)
  const link: Link = emptyLink(s.view)
  if (profile) {
    link.name = profile.info.name
    if (profile.source !== null) link.sources = [profile.source]
    link.embedded = embedded
  }
  return new URL(addressOf(link), location.href).href
}
