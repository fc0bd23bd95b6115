/**
 * The only place that asks the engines. It watches the store, knows which questions the present view needs
 * answered, asks those whose key changed, and marks answers 'late' until the new one is there. The page
 * therefore never waits on a blank screen: it shows the last answer until the next one arrives.
 */
import { findPath } from '../core/layout/camera.ts'
import type { TreeRequest } from '../core/query/call-tree.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import { querySpecOf, type ViewState } from '../core/view/view-state.ts'
import { samePath } from '../core/view/zoom-path.ts'
import { EngineFailure } from '../engine/client.ts'
import type { Asked, EngineCall, EngineCalls, EngineError, Opened } from '../engine/protocol.ts'
import { wantedColumns } from './color-by.ts'
import { isPlain, namePlain, nameProfile } from './named.ts'
import type { Answer, Answers, OpenedProfile } from './store.ts'
import { currentProfile, get, noAnswers, notify, sampleTypeRow, set, useStore } from './store.ts'
import { askForView } from './view-answers.ts'

/** Boxes below this share of the whole are merged: two pixels of a 4k screen, the least that is drawn. Zooming asks for finer ones. */
const MIN_SHARE = 1 / 2048

type Slot = keyof Answers
type Value<S extends Slot> = NonNullable<Answers[S]>['value']

/** The question that is under way, per slot. */
interface Question {
  key: string
  client: OpenedProfile['client']
  /** Gives it up: of one slot the latest question is the one that counts. */
  abort: AbortController
}

const asked: Partial<Record<Slot, Question>> = {}

/** Nothing waits for the slot's question any more. */
function giveUp(slot: Slot): void {
  asked[slot]?.abort.abort()
  delete asked[slot]
}

function put<S extends Slot>(slot: S, answer: Answers[S]): void {
  set((s) => ({ answers: { ...s.answers, [slot]: answer } }))
}

/** Whether two answers are about the same stacks under the same names, so that their rows can stand side by side. */
export function matching(a: Answer<unknown>, b: Answer<unknown>): boolean {
  return (
    a.profile.client === b.profile.client &&
    a.sampleType === b.sampleType &&
    (a.profile.query === b.profile.query || queryKey(a.profile.query) === queryKey(b.profile.query))
  )
}

/** The same, and the trees go the same way. */
export function matchingTrees(a: Answer<unknown>, b: Answer<unknown>): boolean {
  return matching(a, b) && a.profile.query.inverted === b.profile.query.inverted
}

/** How a query stands in a question: the plain one is left out. */
const asking = (query: QuerySpec): Asked => (isPlain(query) && !query.inverted ? {} : { query })

/** The engine's reason; anything else that was thrown counts as an internal error. */
export function reasonOf(thrown: unknown): EngineError {
  if (thrown instanceof EngineFailure) return thrown.error
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown), facts: {} }
}

async function ask<C extends EngineCall, S extends Slot>(
  slot: S,
  profile: OpenedProfile,
  sampleType: number,
  query: QuerySpec,
  call: C,
  args: EngineCalls[C]['args'],
): Promise<void> {
  const key = keyOf(profile, call, args)
  const known = get().answers[slot]
  const { client } = profile
  if (asked[slot]?.key === key && asked[slot].client === client) return
  giveUp(slot)
  if (known?.key === key && known.profile.client === client) {
    if (known.state !== 'fresh') put(slot, { ...known, state: 'fresh', error: null } as Answers[S])
    return
  }
  const question = { key, client, abort: new AbortController() }
  asked[slot] = question
  if (known && known.state !== 'late') put(slot, { ...known, state: 'late', error: null } as Answers[S])
  try {
    const named = await nameProfile(profile, query)
    if (slot !== 'tree') await pictured
    if (asked[slot] !== question) return
    const value = (await client.call(call, args, { signal: question.abort.signal })) as unknown as Value<S>
    if (asked[slot] !== question) return
    delete asked[slot]
    const answer: Answer<Value<S>> = { profile: named, sampleType, args, key, value, state: 'fresh', error: null }
    put(slot, answer as Answers[S])
  } catch (thrown) {
    if (asked[slot] !== question) return
    const error = reasonOf(thrown)
    // After a crash the engine is made again, and then asked again.
    if (error.code === 'cancelled' || error.code === 'crashed') {
      delete asked[slot]
      return
    }
    // The key stays in `asked`: a question that failed is not asked again until the view changes.
    const last = get().answers[slot]
    if (last) put(slot, { ...last, state: 'failed', error } as Answers[S])
    else failed(slot, profile, sampleType, query, error)
  }
}

/** A first question that failed has no earlier value to keep; a search shows its reason all the same. */
function failed(slot: Slot, opened: OpenedProfile, sampleType: number, query: QuerySpec, error: EngineError): void {
  // Only colours and bands go without these.
  if (slot === 'matches' || slot === 'columns' || slot === 'detailColumns') return
  const profile = { ...opened, query, func: null, accounts: null, bad: [] }
  if (slot !== 'search') {
    notify({ kind: 'crashed', name: profile.info.name, error })
    return
  }
  const none = new Uint8Array(profile.info.functions)
  const value = {
    text: '',
    sampleType,
    match: none,
    functions: 0,
    byFile: 0,
    byReading: false,
    total: 0,
    share: 0,
  }
  // No question has this key, so that going back to one asks the engine.
  put('search', { profile, sampleType, args: null, key: '', value, state: 'failed', error })
}

const keyOf = (profile: OpenedProfile, call: EngineCall, args: unknown) =>
  `${profile.id} ${call} ${JSON.stringify(args)}`

/** What the tree of a whole profile is asked with. */
export function wholeTree(order: 'size' | 'name'): Omit<TreeRequest, 'sampleType'> {
  return { order, path: [], minShare: MIN_SHARE, from: 0, to: 1 }
}

/** While the first picture of a profile is being drawn, what is said beside it waits. */
let pictured: Promise<void> | null = null

/** Pages in the background are not painted: they wait a moment only. */
const LONGEST_PAINT_MS = 100

async function nextPaint(): Promise<void> {
  await new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, LONGEST_PAINT_MS)
  })
  pictured = null
}

/** Takes the tree that came with an opened profile as if it had been asked for, when it is what the view asks for. */
export function giveTree(profile: OpenedProfile, view: ViewState, first: Opened['first']): void {
  if (!first) return
  const sampleType = sampleTypeRow(profile.info, view.sampleType)
  const query = querySpecOf(view)
  const key = keyOf(profile, 'tree', { sampleType, ...wholeTree(view.order), ...asking(query) })
  if (key !== keyOf(profile, 'tree', first.asked)) return
  pictured = nextPaint()
  const value = first.tree
  const named = namePlain(profile, plainQuery)
  put('tree', { profile: named, sampleType, args: first.asked, key, value, state: 'fresh', error: null })
}

/** Asks whatever the present view needs and has not been asked. */
function refresh(): void {
  const s = get()
  const profile = currentProfile(s)
  if (!profile) return
  const { view } = s
  const sampleType = sampleTypeRow(profile.info, view.sampleType)
  const order = view.order
  const query = querySpecOf(s.view)
  // Which way a tree goes changes neither zones nor sums.
  const upright = { ...query, inverted: false }
  const since = s.since?.client === profile.client ? { since: s.since.id } : {}
  const own = view.own ? { own: view.own } : {}
  const whole = { sampleType, ...wholeTree(order), ...asking(query), ...own, ...since }
  void ask('tree', profile, sampleType, query, 'tree', whole)
  void ask('zones', profile, sampleType, upright, 'zones', { sampleType, ...asking(upright), ...own, ...since })
  void ask('functions', profile, sampleType, upright, 'functions', { sampleType, ...asking(upright) })
  askForView(ask, view, profile, sampleType, upright, asking(upright))
  const text = view.search
  if (text !== '')
    void ask('search', profile, sampleType, query, 'search', { sampleType, order, text, ...asking(query) })
  else if (s.answers.search || asked.search) {
    giveUp('search')
    giveUp('matches')
    put('search', null)
    put('matches', null)
  }
}

/**
 * Asks for a finer tree below `path`, when the whole one had to merge small boxes. Called by the graph as it
 * is zoomed; the answer stands beside the whole tree as `answers.detail`.
 */
export function needDetail(want: Pick<TreeRequest, 'path' | 'from' | 'to' | 'minShare'>): void {
  const s = get()
  const profile = currentProfile(s)
  const tree = s.answers.tree
  if (!profile || tree?.state !== 'fresh' || tree.profile.client !== profile.client || tree.value.complete) return
  const { order } = s.view
  const { sampleType } = tree
  const { query } = tree.profile
  void ask('detail', profile, sampleType, query, 'tree', {
    sampleType,
    order,
    ...want,
    ...asking(query),
    ...(s.view.own ? { own: s.view.own } : {}),
  })
}

/** Trees of large profiles come before their zones are known: asks again for the same boxes, lit. */
async function relight(slot: 'tree' | 'detail'): Promise<void> {
  const dark = get().answers[slot]
  if (dark?.state !== 'fresh' || dark.value.lit || asked[slot]) return
  try {
    const value = await dark.profile.client.call('tree', dark.args)
    // The same boxes in other light: nothing is late meanwhile.
    if (get().answers[slot] === dark) put(slot, { ...dark, value })
  } catch {
    // The engine is gone; the one that takes its place is asked anew.
  }
}

/** Asks for what colours and error bands need of the boxes on screen, once these are there. */
function refreshColumns(slot: 'tree' | 'detail'): void {
  const s = get()
  const tree = s.answers[slot]
  if (tree?.state !== 'fresh' || tree.profile.id !== s.current) return
  const columns = wantedColumns(tree.profile.info, tree.sampleType, s.view.colorBy)
  if (columns.length === 0) return
  const into = slot === 'tree' ? 'columns' : 'detailColumns'
  void ask(into, tree.profile, tree.sampleType, tree.profile.query, 'columns', { ...tree.args, columns })
}

/** Forgets the answers of engines that are gone. */
export function dropAnswers(profile: OpenedProfile): void {
  const { answers } = get()
  const kept = { ...answers }
  for (const slot of Object.keys(kept) as Slot[]) {
    if (kept[slot]?.profile.client === profile.client) kept[slot] = null
    if (asked[slot]?.client === profile.client) giveUp(slot)
  }
  set({ answers: get().profiles.length > 0 ? kept : noAnswers })
}

/** How many steps of the zoom exist in the trees at hand; null while a finer tree may still find more. */
export function zoomFound(s = get()): number | null {
  const { tree, detail } = s.answers
  const { zoom } = s.view
  if (!tree || tree.state === 'late' || tree.profile.id !== s.current) return null
  const { hash } = tree.profile.info
  const found = findPath(tree.value, hash, zoom).found
  if (found === zoom.length || tree.value.complete) return found
  if (!detail || !matchingTrees(detail, tree)) return null
  const finer = findPath(detail.value, hash, zoom).found
  if (finer === zoom.length) return finer
  return detail.state === 'fresh' && samePath(detail.args.path, zoom) ? Math.max(found, finer) : null
}

/** Starts watching; returns the function that stops it. */
export function startAnswers(): () => void {
  refresh()
  return useStore.subscribe((s, before) => {
    const moved = s.view !== before.view || s.current !== before.current || s.profiles !== before.profiles
    if (moved || s.since !== before.since) refresh()
    const { search } = s.answers
    if (search?.state === 'fresh' && search !== before.answers.search && search.value.text !== '') {
      const { sampleType, profile } = search
      const { query } = profile
      const args = { sampleType, order: s.view.order, text: search.value.text, ...asking(query) }
      void ask('matches', profile, sampleType, query, 'matches', args)
    }
    const tree = s.answers.tree
    const zones = s.answers.zones
    if (zones?.state === 'fresh' && (zones !== before.answers.zones || tree !== before.answers.tree)) {
      if (tree && matching(tree, zones)) void relight('tree')
    }
    if (s.view !== before.view || s.answers.tree !== before.answers.tree) refreshColumns('tree')
    if (s.view !== before.view || s.answers.detail !== before.answers.detail) refreshColumns('detail')
    // A zoom from a link may lead to a box that the first tree merged: look for it at once.
    if (tree && tree.state === 'fresh' && !tree.value.complete && s.view.zoom.length > 0) {
      if (tree !== before.answers.tree || s.view.zoom !== before.view.zoom) {
        if (findPath(tree.value, tree.profile.info.hash, s.view.zoom).found < s.view.zoom.length) {
          needDetail({ path: s.view.zoom, minShare: MIN_SHARE, from: 0, to: 1 })
        }
      }
    }
  })
}
