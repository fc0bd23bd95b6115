/**
 * The answers on screen, one slot for each. Watches the store, knows which questions the present view needs answered, asks
 * those that changed, and marks an answer 'stale' until the next one is there: the page shows it meanwhile instead of a
 * blank. Of one slot the latest question is the one that counts.
 */
import { findPath } from '../core/layout/camera.ts'
import type { TreeRequest } from '../core/query/call-tree.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import { querySpecOf, type ViewState } from '../core/view/view-state.ts'
import { samePath } from '../core/view/zoom-path.ts'
import { EngineFailure } from '../engine/client.ts'
import type { Asked, EngineCall, EngineCalls, EngineError, Opened } from '../engine/protocol.ts'
import { wantedColumns } from './color-by.ts'
import type { Clock } from './environment.ts'
import { isPlain, type Naming } from './named.ts'
import type { Notices } from './notices.ts'
import type { Request } from './requests.ts'
import {
  type Answer,
  type Answers,
  type AppState,
  currentDocument,
  currentProfile,
  type DocumentAnswer,
  isProfile,
  noAnswers,
  type OpenDocument,
  type OpenedProfile,
  type Slot,
  type Store,
  sampleTypeRow,
} from './store.ts'
import { type ViewContext, type ViewSpec, viewOf } from './view-spec.ts'

/** Boxes below this share of the whole are merged: two pixels of a 4k screen, the least that is drawn. Zooming asks for finer ones. */
const MIN_SHARE = 1 / 2048

/** Slots about profiles. */
type ProfileSlot = Exclude<Slot, `view:${string}`>
type Value<S extends ProfileSlot> = NonNullable<Answers[S]>['value']

const isOfProfile = (slot: Slot): slot is ProfileSlot => !slot.startsWith('view:')
const clientOf = (answer: Answer<unknown> | DocumentAnswer) =>
  'document' in answer ? answer.document.client : answer.profile.client

/** The question that is under way, per slot. */
interface Question {
  key: string
  client: OpenedProfile['client']
  /** Gives it up: of one slot the latest question is the one that counts. */
  abort: AbortController
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

const keyOf = (profile: OpenDocument, call: EngineCall, args: unknown) =>
  `${profile.id} ${call} ${JSON.stringify(args)}`

/** What the tree of a whole profile is asked with. */
export function wholeTree(order: 'size' | 'name'): Omit<TreeRequest, 'sampleType'> {
  return { order, path: [], minShare: MIN_SHARE, from: 0, to: 1 }
}

/** How many steps of the zoom exist in the trees at hand; null while a finer tree may still find more. */
export function zoomFound(s: AppState): number | null {
  const { tree, detail } = s.answers
  const { zoom } = s.view
  if (!tree || tree.state === 'stale' || tree.profile.id !== s.current) return null
  const { hash } = tree.profile.info
  const found = findPath(tree.value, hash, zoom).found
  if (found === zoom.length || tree.value.complete) return found
  if (!detail || !matchingTrees(detail, tree)) return null
  const finer = findPath(detail.value, hash, zoom).found
  if (finer === zoom.length) return finer
  return detail.state === 'current' && samePath(detail.args.path, zoom) ? Math.max(found, finer) : null
}

interface Needs {
  store: Store
  views: readonly ViewSpec[]
  request: Request
  naming: Naming
  notify: Notices['notify']
  clock: Clock
}

export function createAnswers({ store, views, request, naming, notify, clock }: Needs) {
  const { getState, setState, subscribe } = store
  const asked: Partial<Record<Slot, Question>> = {}
  /** While the first picture of a profile is being drawn, what is said beside it waits. */
  let firstPicture: Promise<void> | null = null

  /** Nothing waits for the slot's question any more. */
  function giveUp(slot: Slot): void {
    asked[slot]?.abort.abort()
    delete asked[slot]
  }

  function put<S extends Slot>(slot: S, answer: Answers[S]): void {
    setState((s) => ({ answers: { ...s.answers, [slot]: answer } }))
  }

  async function ask<C extends EngineCall, S extends ProfileSlot>(
    slot: S,
    profile: OpenedProfile,
    sampleType: number,
    query: QuerySpec,
    call: C,
    args: EngineCalls[C]['args'],
  ): Promise<void> {
    const key = keyOf(profile, call, args)
    const known = getState().answers[slot]
    const { client } = profile
    if (asked[slot]?.key === key && asked[slot].client === client) return
    giveUp(slot)
    if (known?.key === key && known.profile.client === client) {
      if (known.state !== 'current') put(slot, { ...known, state: 'current', error: null } as Answers[S])
      return
    }
    const question = { key, client, abort: new AbortController() }
    asked[slot] = question
    if (known && known.state !== 'stale') put(slot, { ...known, state: 'stale', error: null } as Answers[S])
    try {
      const named = await naming.nameProfile(profile, query)
      if (slot !== 'tree') await firstPicture
      if (asked[slot] !== question) return
      const value = (await request(client, call, args, { signal: question.abort.signal })) as unknown as Value<S>
      if (asked[slot] !== question) return
      delete asked[slot]
      const answer: Answer<Value<S>> = { profile: named, sampleType, args, key, value, state: 'current', error: null }
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
      const last = getState().answers[slot]
      if (last) put(slot, { ...last, state: 'failed', error } as Answers[S])
      else failed(slot, profile, sampleType, query, error)
    }
  }

  /** A first question that failed has no earlier value to keep; a search shows its reason all the same. */
  function failed(
    slot: ProfileSlot,
    opened: OpenedProfile,
    sampleType: number,
    query: QuerySpec,
    error: EngineError,
  ): void {
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

  /** Takes the tree that came with an opened profile as if it had been asked for, when it is what the view asks for. */
  function seedTree(profile: OpenedProfile, view: ViewState, first: Opened['first']): void {
    if (!first) return
    const sampleType = sampleTypeRow(profile.info, view.sampleType)
    const query = querySpecOf(view)
    const key = keyOf(profile, 'tree', { sampleType, ...wholeTree(view.order), ...asking(query) })
    if (key !== keyOf(profile, 'tree', first.asked)) return
    const painted = clock.painted().then(() => {
      if (firstPicture === painted) firstPicture = null
    })
    firstPicture = painted
    const value = first.tree
    const named = naming.namePlain(profile, plainQuery)
    put('tree', { profile: named, sampleType, args: first.asked, key, value, state: 'current', error: null })
  }

  /** A question of a view about a document that is no profile. */
  async function askDocument(
    slot: `view:${string}`,
    document: OpenDocument,
    args: EngineCalls['ask']['args'],
  ): Promise<void> {
    const key = keyOf(document, 'ask', args)
    const { client } = document
    const known = getState().answers[slot]
    if (asked[slot]?.key === key && asked[slot].client === client) return
    giveUp(slot)
    if (known?.key === key && known.document.client === client) {
      if (known.state !== 'current') put(slot, { ...known, state: 'current', error: null })
      return
    }
    const question = { key, client, abort: new AbortController() }
    asked[slot] = question
    if (known && known.state !== 'stale') put(slot, { ...known, state: 'stale', error: null })
    try {
      const value = await request(client, 'ask', args, { signal: question.abort.signal })
      if (asked[slot] !== question) return
      delete asked[slot]
      put(slot, { document, args, key, value, state: 'current', error: null })
    } catch (thrown) {
      if (asked[slot] !== question) return
      const error = reasonOf(thrown)
      if (error.code === 'cancelled' || error.code === 'crashed') delete asked[slot]
      else {
        const last = getState().answers[slot]
        if (last) put(slot, { ...last, state: 'failed', error })
        else notify({ kind: 'crashed', name: document.name, error })
      }
    }
  }

  /** Asks what the view on screen needs. */
  function askForView(context: ViewContext): void {
    const { view, document, profile } = context
    for (const { slot, call, args } of viewOf(views, view.page, document)?.requests(context) ?? []) {
      if (isOfProfile(slot)) {
        if (profile) void ask(slot, profile.profile, profile.sampleType, profile.query, call, args)
      } else if (call === 'ask') void askDocument(slot, document, args)
    }
  }

  /** Asks whatever the present view needs and has not been asked. */
  function refresh(): void {
    const s = getState()
    const document = currentDocument(s)
    if (!document) return
    if (isProfile(document)) refreshProfile(s, document)
    else askForView({ view: s.view, document, profile: null })
  }

  /** What is asked of a profile whatever view is on screen, and what that view asks. */
  function refreshProfile(s: AppState, profile: OpenedProfile): void {
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
    const context = { profile, sampleType, query: upright, asked: asking(upright) }
    askForView({ view, document: profile, profile: context })
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
  function needDetail(want: Pick<TreeRequest, 'path' | 'from' | 'to' | 'minShare'>): void {
    const s = getState()
    const profile = currentProfile(s)
    const tree = s.answers.tree
    if (!profile || tree?.state !== 'current' || tree.profile.client !== profile.client || tree.value.complete) return
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
  async function refetchWithFindings(slot: 'tree' | 'detail'): Promise<void> {
    const shown = getState().answers[slot]
    if (shown?.state !== 'current' || shown.value.lit || asked[slot]) return
    try {
      const value = await request(shown.profile.client, 'tree', shown.args)
      // The same boxes in other light: nothing is stale meanwhile.
      if (getState().answers[slot] === shown) put(slot, { ...shown, value })
    } catch {
      // The engine is gone; the one that takes its place is asked anew.
    }
  }

  /** Asks for what colours and error bands need of the boxes on screen, once these are there. */
  function refreshColumns(slot: 'tree' | 'detail'): void {
    const s = getState()
    const tree = s.answers[slot]
    if (tree?.state !== 'current' || tree.profile.id !== s.current) return
    const columns = wantedColumns(tree.profile.info, tree.sampleType, s.view.colorBy)
    if (columns.length === 0) return
    const into = slot === 'tree' ? 'columns' : 'detailColumns'
    void ask(into, tree.profile, tree.sampleType, tree.profile.query, 'columns', { ...tree.args, columns })
  }

  /** Forgets the answers of engines that are gone. */
  function dropAnswers({ client }: OpenDocument): void {
    const { answers } = getState()
    const kept = { ...answers }
    for (const slot of Object.keys(kept) as Slot[]) {
      const answer = kept[slot]
      if (answer && clientOf(answer) === client) kept[slot] = null
      if (asked[slot]?.client === client) giveUp(slot)
    }
    setState({ answers: getState().documents.length > 0 ? kept : noAnswers })
  }

  /** Starts watching; returns the function that stops it. */
  function startAnswers(): () => void {
    refresh()
    return subscribe((s, before) => {
      const moved = s.view !== before.view || s.current !== before.current || s.documents !== before.documents
      if (moved || s.since !== before.since) refresh()
      const { search } = s.answers
      if (search?.state === 'current' && search !== before.answers.search && search.value.text !== '') {
        const { sampleType, profile } = search
        const { query } = profile
        const args = { sampleType, order: s.view.order, text: search.value.text, ...asking(query) }
        void ask('matches', profile, sampleType, query, 'matches', args)
      }
      const tree = s.answers.tree
      const zones = s.answers.zones
      if (zones?.state === 'current' && (zones !== before.answers.zones || tree !== before.answers.tree)) {
        if (tree && matching(tree, zones)) void refetchWithFindings('tree')
      }
      if (s.view !== before.view || s.answers.tree !== before.answers.tree) refreshColumns('tree')
      if (s.view !== before.view || s.answers.detail !== before.answers.detail) refreshColumns('detail')
      // A zoom from a link may lead to a box that the first tree merged: look for it at once.
      if (tree && tree.state === 'current' && !tree.value.complete && s.view.zoom.length > 0) {
        if (tree !== before.answers.tree || s.view.zoom !== before.view.zoom) {
          if (findPath(tree.value, tree.profile.info.hash, s.view.zoom).found < s.view.zoom.length) {
            needDetail({ path: s.view.zoom, minShare: MIN_SHARE, from: 0, to: 1 })
          }
        }
      }
    })
  }

  return { seedTree, needDetail, dropAnswers, startAnswers }
}

export type AnswerSlots = ReturnType<typeof createAnswers>
