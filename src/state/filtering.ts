/** What the reader can do to the query: filters, transforms, granularity; all of it can be undone. */
import type { CallPath } from '../core/query/call-tree.ts'
import type { BadPattern } from '../core/query/filter-check.ts'
import { pairOf } from '../core/query/pair.ts'
import type { Filter, FilterKind, Granularity, Transform } from '../core/query/query-spec.ts'
import { PRESETS, type Preset } from '../core/view/presets.ts'
import { MOST_ITEMS, sortFilters } from '../core/view/query-fields.ts'
import { isBottomUp, type QueryState, queryStateOf } from '../core/view/view-state.ts'
import type { Address } from './address.ts'
import type { Request } from './requests.ts'
import { type AppState, currentProfile, ownPathsOf, type Store } from './store.ts'

/** Steps that undo goes back. */
const MOST_UNDO = 50

const same = (a: Pick<Filter, 'kind' | 'text'>, b: Pick<Filter, 'kind' | 'text'>) =>
  a.kind === b.kind && a.text === b.text

function moved<T>(list: readonly T[], at: number, step: 1 | -1): T[] {
  const next = [...list]
  const [item] = next.splice(at, 1)
  if (item !== undefined) next.splice(at + step, 0, item)
  return next
}

interface Needs {
  store: Store
  address: Address
  request: Request
}

export function createFiltering({ store, address, request }: Needs) {
  const { getState, setState } = store
  const { commit } = address

  function show(next: QueryState, history: Pick<AppState, 'undo' | 'redo'>, rezoom: boolean): void {
    const { view } = getState()
    const zoom = rezoom ? { zoom: [], zoomName: '' } : {}
    // Where widths change, a camera position would show something else.
    const window = swaps(next) ? view.window : null
    setState({ view: { ...view, ...next, ...zoom, window }, matchAt: -1, zonePlace: {}, ...history })
    commit('push')
  }

  /** Whether nothing but base and current change places, of boxes that are as wide as the larger of both. */
  function swaps(next: QueryState): boolean {
    const s = getState()
    const sources = currentProfile(s)?.info.sides?.length ?? 0
    const [from, to] = [pairOf(s.view.sides, sources), pairOf(next.sides, sources)]
    if (from.base !== to.current || from.current !== to.base || next.width !== 'larger') return false
    return JSON.stringify({ ...queryStateOf(s.view), sides: '' }) === JSON.stringify({ ...next, sides: '' })
  }

  /** rezoom: boxes get other names or roots, so that a zoomed path would lead nowhere. */
  function change(patch: Partial<QueryState>, rezoom = false): void {
    const { view, undo } = getState()
    const before = queryStateOf(view)
    const next = { ...before, ...patch }
    if (JSON.stringify(before) === JSON.stringify(next)) return
    show(next, { undo: [...undo, before].slice(-MOST_UNDO), redo: [] }, rezoom)
  }

  const filtersNow = () => getState().view.filters

  /** Why the open profile's engine cannot use a filter, null when it can. */
  async function checkFilter(filter: Pick<Filter, 'kind' | 'text'>): Promise<BadPattern | null> {
    const profile = currentProfile(getState())
    return profile && request(profile.client, 'checkFilter', filter)
  }

  /** Adds filters together, as one step; those that are there already are switched on. */
  function addFilters(added: readonly Pick<Filter, 'kind' | 'text'>[]): void {
    const kept = filtersNow().map((f) => (added.some((a) => same(a, f)) ? { ...f, on: true } : f))
    const more = added.filter((a) => a.text !== '' && !kept.some((f) => same(a, f))).map((a) => ({ ...a, on: true }))
    change({ filters: sortFilters([...kept, ...more]).slice(0, MOST_ITEMS) })
  }

  function addFilter(kind: FilterKind, text: string): void {
    addFilters([{ kind, text }])
  }

  function editFilter(at: number, patch: Partial<Filter>): void {
    if (patch.text === '') removeFilter(at)
    else change({ filters: sortFilters(filtersNow().map((f, i) => (i === at ? { ...f, ...patch } : f))) })
  }

  function toggleFilter(at: number): void {
    const filter = filtersNow()[at]
    if (filter) editFilter(at, { on: !filter.on })
  }

  function removeFilter(at: number): void {
    change({ filters: filtersNow().filter((_, i) => i !== at) })
  }

  /** Among filters of its kind: kinds themselves run in pprof's order. */
  function moveFilter(at: number, step: 1 | -1): void {
    const filters = filtersNow()
    if (filters[at]?.kind === filters[at + step]?.kind) change({ filters: moved(filters, at, step) })
  }

  function addTransform(transform: Transform): void {
    const { transforms } = getState().view
    if (transforms.length < MOST_ITEMS) change({ transforms: [...transforms, transform] }, transform.kind === 'subtree')
  }

  /** Only what runs below a box of the tree on screen. */
  function keepSubtree(path: CallPath): void {
    addTransform({ kind: 'subtree', path, inverted: isBottomUp(getState().view), on: true })
  }

  function toggleTransform(at: number): void {
    const { transforms } = getState().view
    change({ transforms: transforms.map((t, i) => (i === at ? { ...t, on: !t.on } : t)) })
  }

  function removeTransform(at: number): void {
    change({ transforms: getState().view.transforms.filter((_, i) => i !== at) })
  }

  function moveTransform(at: number, step: 1 | -1): void {
    const { transforms } = getState().view
    if (transforms[at + step]) change({ transforms: moved(transforms, at, step) })
  }

  /** Filters and transforms go; what boxes stand for stays. */
  function clearFilters(): void {
    change({ filters: [], transforms: [] })
  }

  function setGranularity(granularity: Granularity): void {
    change({ granularity }, true)
  }

  function toggleName(
    what: 'noInlines' | 'showColumns' | 'repair' | 'mergeGenerics' | 'mergeClosures' | 'matchMoved',
  ): void {
    change({ [what]: !getState().view[what] }, what !== 'noInlines' && what !== 'repair')
  }

  /** Beginnings that are cut off file names, in lists as in PATH. */
  function setTrimPath(trimPath: string): void {
    const { granularity } = getState().view
    change({ trimPath }, granularity !== 'functions' && granularity !== 'packages')
  }

  /** Of a trace, '' = all of it; see parseTimes(). */
  const setTime = (time: string) => change({ time })

  /** Label keys whose values stand as frames above the roots or below the leaves, the outermost first. */
  function groupBy(where: 'tagRoot' | 'tagLeaf', keys: readonly string[]): void {
    change({ [where]: keys }, true)
  }

  /** Which profiles of a comparison are compared, on which scale, of what per cent are, and how wide boxes are. */
  function compareBy(patch: Partial<Pick<QueryState, 'sides' | 'scale' | 'operations' | 'percentOf' | 'width'>>): void {
    change(patch)
  }

  const presetOf = (id: Preset['id']) => PRESETS.find((p) => p.id === id)?.filters(ownPathsOf(getState())) ?? []

  function hasPreset(id: Preset['id'], filters: readonly Filter[] = filtersNow()): boolean {
    return presetOf(id).every((p) => filters.some((f) => f.on && same(f, p)))
  }

  function togglePreset(id: Preset['id']): void {
    const preset = presetOf(id)
    if (!hasPreset(id)) addFilters(preset)
    else change({ filters: filtersNow().filter((f) => !preset.some((p) => same(f, p))) })
  }

  /** Opens the input for a filter, with a beginning to go on from. */
  function openEntry(kind: FilterKind = 'focus', text = ''): void {
    setState({ entry: { kind, text } })
  }

  function closeEntry(): void {
    setState({ entry: null })
  }

  function undo(): void {
    const s = getState()
    const to = s.undo.at(-1)
    if (to) show(to, { undo: s.undo.slice(0, -1), redo: [...s.redo, queryStateOf(s.view)] }, renames(to))
  }

  function redo(): void {
    const s = getState()
    const to = s.redo.at(-1)
    if (to) show(to, { redo: s.redo.slice(0, -1), undo: [...s.undo, queryStateOf(s.view)] }, renames(to))
  }

  function renames(to: QueryState): boolean {
    const from = getState().view
    return (
      from.granularity !== to.granularity ||
      from.showColumns !== to.showColumns ||
      from.trimPath !== to.trimPath ||
      from.mergeGenerics !== to.mergeGenerics ||
      from.mergeClosures !== to.mergeClosures ||
      from.matchMoved !== to.matchMoved ||
      JSON.stringify(from.transforms) !== JSON.stringify(to.transforms)
    )
  }

  return {
    checkFilter,
    addFilters,
    addFilter,
    editFilter,
    toggleFilter,
    removeFilter,
    moveFilter,
    addTransform,
    keepSubtree,
    toggleTransform,
    removeTransform,
    moveTransform,
    clearFilters,
    setGranularity,
    toggleName,
    setTrimPath,
    setTime,
    groupBy,
    compareBy,
    hasPreset,
    togglePreset,
    openEntry,
    closeEntry,
    undo,
    redo,
  }
}
