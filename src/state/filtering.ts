/** What the reader can do to the query: filters, transforms, granularity; all of it can be undone. */
import type { CallPath } from '../core/query/call-tree.ts'
import type { BadPattern } from '../core/query/filter-check.ts'
import type { Filter, FilterKind, Granularity, Transform } from '../core/query/query-spec.ts'
import { PRESETS, type Preset } from '../core/view/presets.ts'
import { MOST_ITEMS, sortFilters } from '../core/view/query-fields.ts'
import { BOTTOM_UP, type QueryState, queryStateOf } from '../core/view/view-state.ts'
import { commit } from './address.ts'
import { currentProfile, get, ownPathsOf, set } from './store.ts'

/** Steps that undo goes back. */
const MOST_UNDO = 50

function show(next: QueryState, history: Pick<ReturnType<typeof get>, 'undo' | 'redo'>, rezoom: boolean): void {
  const { view } = get()
  const zoom = rezoom ? { zoom: [], zoomName: '' } : {}
  // Widths change, so a camera position would show something else.
  set({ view: { ...view, ...next, ...zoom, window: null }, matchAt: -1, zonePlace: {}, ...history })
  commit('push')
}

/** rezoom: boxes get other names or roots, so that a zoomed path would lead nowhere. */
function change(patch: Partial<QueryState>, rezoom = false): void {
  const { view, undo } = get()
  const before = queryStateOf(view)
  const next = { ...before, ...patch }
  if (JSON.stringify(before) === JSON.stringify(next)) return
  show(next, { undo: [...undo, before].slice(-MOST_UNDO), redo: [] }, rezoom)
}

const filtersNow = () => get().view.filters
const same = (a: Pick<Filter, 'kind' | 'text'>, b: Pick<Filter, 'kind' | 'text'>) =>
  a.kind === b.kind && a.text === b.text

/** Why the open profile's engine cannot use a filter, null when it can. */
export async function checkFilter(filter: Pick<Filter, 'kind' | 'text'>): Promise<BadPattern | null> {
  return (await currentProfile()?.client.call('checkFilter', filter)) ?? null
}

/** Adds filters together, as one step; those that are there already are switched on. */
export function addFilters(added: readonly Pick<Filter, 'kind' | 'text'>[]): void {
  const kept = filtersNow().map((f) => (added.some((a) => same(a, f)) ? { ...f, on: true } : f))
  const fresh = added.filter((a) => a.text !== '' && !kept.some((f) => same(a, f))).map((a) => ({ ...a, on: true }))
  change({ filters: sortFilters([...kept, ...fresh]).slice(0, MOST_ITEMS) })
}

export function addFilter(kind: FilterKind, text: string): void {
  addFilters([{ kind, text }])
}

export function editFilter(at: number, patch: Partial<Filter>): void {
  if (patch.text === '') removeFilter(at)
  else change({ filters: sortFilters(filtersNow().map((f, i) => (i === at ? { ...f, ...patch } : f))) })
}

export function toggleFilter(at: number): void {
  const filter = filtersNow()[at]
  if (filter) editFilter(at, { on: !filter.on })
}

export function removeFilter(at: number): void {
  change({ filters: filtersNow().filter((_, i) => i !== at) })
}

function moved<T>(list: readonly T[], at: number, step: 1 | -1): T[] {
  const next = [...list]
  const [item] = next.splice(at, 1)
  if (item !== undefined) next.splice(at + step, 0, item)
  return next
}

/** Among filters of its kind: kinds themselves run in pprof's order. */
export function moveFilter(at: number, step: 1 | -1): void {
  const filters = filtersNow()
  if (filters[at]?.kind === filters[at + step]?.kind) change({ filters: moved(filters, at, step) })
}

export function addTransform(transform: Transform): void {
  const { transforms } = get().view
  if (transforms.length < MOST_ITEMS) change({ transforms: [...transforms, transform] }, transform.kind === 'subtree')
}

/** Only what runs below a box of the tree on screen. */
export function keepSubtree(path: CallPath): void {
  addTransform({ kind: 'subtree', path, inverted: get().view.page === BOTTOM_UP, on: true })
}

export function toggleTransform(at: number): void {
  const { transforms } = get().view
  change({ transforms: transforms.map((t, i) => (i === at ? { ...t, on: !t.on } : t)) })
}

export function removeTransform(at: number): void {
  change({ transforms: get().view.transforms.filter((_, i) => i !== at) })
}

export function moveTransform(at: number, step: 1 | -1): void {
  const { transforms } = get().view
  if (transforms[at + step]) change({ transforms: moved(transforms, at, step) })
}

/** Filters and transforms go; what boxes stand for stays. */
export function clearFilters(): void {
  change({ filters: [], transforms: [] })
}

export function setGranularity(granularity: Granularity): void {
  change({ granularity }, true)
}

export function toggleName(what: 'noInlines' | 'showColumns' | 'repair' | 'mergeGenerics' | 'mergeClosures'): void {
  change({ [what]: !get().view[what] }, what !== 'noInlines' && what !== 'repair')
}

/** Beginnings that are cut off file names, in lists as in PATH. */
export function setTrimPath(trimPath: string): void {
  const { granularity } = get().view
  change({ trimPath }, granularity !== 'functions' && granularity !== 'packages')
}

/** Label keys whose values stand as frames above the roots or below the leaves, the outermost first. */
export function groupBy(where: 'tagRoot' | 'tagLeaf', keys: readonly string[]): void {
  change({ [where]: keys }, true)
}

const presetOf = (id: Preset['id']) => PRESETS.find((p) => p.id === id)?.filters(ownPathsOf(get())) ?? []

export function hasPreset(id: Preset['id'], filters: readonly Filter[] = filtersNow()): boolean {
  return presetOf(id).every((p) => filters.some((f) => f.on && same(f, p)))
}

export function togglePreset(id: Preset['id']): void {
  const preset = presetOf(id)
  if (!hasPreset(id)) addFilters(preset)
  else change({ filters: filtersNow().filter((f) => !preset.some((p) => same(f, p))) })
}

/** Opens the input for a filter, with a beginning to go on from. */
export function openEntry(kind: FilterKind = 'focus', text = ''): void {
  set({ entry: { kind, text } })
}

export function closeEntry(): void {
  set({ entry: null })
}

export function undo(): void {
  const s = get()
  const to = s.undo.at(-1)
  if (to) show(to, { undo: s.undo.slice(0, -1), redo: [...s.redo, queryStateOf(s.view)] }, renames(to))
}

export function redo(): void {
  const s = get()
  const to = s.redo.at(-1)
  if (to) show(to, { redo: s.redo.slice(0, -1), undo: [...s.undo, queryStateOf(s.view)] }, renames(to))
}

function renames(to: QueryState): boolean {
  const from = get().view
  return (
    from.granularity !== to.granularity ||
    from.showColumns !== to.showColumns ||
    from.trimPath !== to.trimPath ||
    from.mergeGenerics !== to.mergeGenerics ||
    from.mergeClosures !== to.mergeClosures ||
    JSON.stringify(from.transforms) !== JSON.stringify(to.transforms)
  )
}
