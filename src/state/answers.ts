/**
 * The answers on screen, one slot for each. A slot is asked one question at a time: a later one gives the earlier up, and
 * the last answer stays, marked as stale, until the next is there. Which questions there are is questions.ts.
 */
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { querySpecOf, type ViewState } from '../core/view/view-state.ts'
import type { Asked, EngineCall, EngineCalls, EngineError, Opened } from '../engine/protocol.ts'
import { reasonOf } from './answer.ts'
import type { Clock } from './environment.ts'
import { KeptAnswers } from './kept-answers.ts'
import { isPlain, type Naming } from './named.ts'
import type { Notices } from './notices.ts'
import type { Request } from './requests.ts'
import {
  type Answer,
  type Answers,
  type DocumentAnswer,
  noAnswers,
  type OpenDocument,
  type OpenedProfile,
  type Slot,
  type Store,
  sampleTypeRow,
} from './store.ts'
import { wholeTree } from './whole-tree.ts'

/** Slots about profiles. */
export type ProfileSlot = Exclude<Slot, `view:${string}`>

/** What stands beside the picture. */
const BEHIND: ReadonlySet<Slot> = new Set([
  'zones',
  'functions',
  'where',
  'shape',
  'ownLines',
  'rowLines',
  'comparedFindings',
  'view:trace-answers',
])

/** Slots whose last answers are kept, so that undo, redo and a sample type seen before are looked up. */
const KEPT: ReadonlySet<Slot> = new Set(['tree', 'columns', 'zones', 'functions', 'where', 'shape', 'ownLines'])

export const isOfProfile = (slot: Slot): slot is ProfileSlot => !slot.startsWith('view:')
const clientOf = (answer: Answer<unknown> | DocumentAnswer) =>
  'document' in answer ? answer.document.client : answer.profile.client

/** The question that is under way, per slot. */
interface Question {
  key: string
  client: OpenedProfile['client']
  /** Gives it up: of one slot the latest question is the one that counts. */
  abort: AbortController
}

/** How a query stands in a question: the plain one is left out. */
export const asking = (query: QuerySpec): Asked => (isPlain(query) && !query.inverted ? {} : { query })

const keyOf = (profile: OpenDocument, call: EngineCall, args: unknown) =>
  `${profile.id} ${call} ${JSON.stringify(args)}`

interface Needs {
  store: Store
  request: Request
  naming: Naming
  notify: Notices['notify']
  clock: Clock
}

export function createAnswers({ store, request, naming, notify, clock }: Needs) {
  const { getState, setState } = store
  const asked: Partial<Record<Slot, Question>> = {}
  const kept = new KeptAnswers<Answers[Slot]>()
  /** While the first picture of a profile is being drawn, what is said beside it waits. */
  let firstPicture: Promise<void> | null = null

  /** Nothing waits for the slot's question any more. */
  function giveUp(slot: Slot): void {
    asked[slot]?.abort.abort()
    delete asked[slot]
  }

  function put<S extends Slot>(slot: S, answer: Answers[S]): void {
    if (KEPT.has(slot) && answer?.state === 'current') kept.keep(clientOf(answer), slot + answer.key, answer)
    setState((s) => ({ answers: { ...s.answers, [slot]: answer } }))
  }

  /**
   * Puts a question into its slot, unless it is what the slot was asked or answers already. make: asks the engine.
   * failed: there is no earlier answer that could stay.
   */
  async function occupy<S extends Slot>(
    slot: S,
    document: OpenDocument,
    key: string,
    make: (question: Question) => Promise<Answers[S]>,
    failed: (error: EngineError) => void,
  ): Promise<void> {
    const { client } = document
    const known = getState().answers[slot]
    if (asked[slot]?.key === key && asked[slot].client === client) return
    giveUp(slot)
    if (known?.key === key && clientOf(known) === client) {
      if (known.state !== 'current') put(slot, { ...known, state: 'current', error: null } as Answers[S])
      return
    }
    const again = kept.find(client, slot + key)
    if (again) {
      put(slot, again as Answers[S])
      return
    }
    const question = { key, client, abort: new AbortController() }
    asked[slot] = question
    if (known && known.state !== 'stale') put(slot, { ...known, state: 'stale', error: null } as Answers[S])
    try {
      const answer = await make(question)
      if (asked[slot] !== question) return
      delete asked[slot]
      put(slot, answer)
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
      else failed(error)
    }
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
    const answerTo = async ({ abort }: Question) => {
      if (slot !== 'tree') await firstPicture
      abort.signal.throwIfAborted()
      return request(profile.client, call, args, { signal: abort.signal, behind: BEHIND.has(slot) })
    }
    const make = async (question: Question) => {
      // Asked for together: while the engine makes the answer, the page takes in the names.
      const [named, value] = await Promise.all([naming.nameProfile(profile, query), answerTo(question)])
      // The slot's type says which call it is for.
      return { profile: named, sampleType, args, key, value, state: 'current', error: null } as unknown as Answers[S]
    }
    await occupy(slot, profile, key, make, (error) => failed(slot, profile, sampleType, query, error))
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

  /** A question of a view about a document that is no profile. */
  async function askDocument(
    slot: `view:${string}`,
    document: OpenDocument,
    args: EngineCalls['ask']['args'],
  ): Promise<void> {
    const key = keyOf(document, 'ask', args)
    const make = async ({ abort }: Question): Promise<DocumentAnswer> => {
      const value = await request(document.client, 'ask', args, { signal: abort.signal, behind: BEHIND.has(slot) })
      return { document, args, key, value, state: 'current', error: null }
    }
    await occupy(slot, document, key, make, (error) => notify({ kind: 'crashed', name: document.name, error }))
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

  /** Empties a slot, and gives up what it was asked. */
  function clear(slot: ProfileSlot): void {
    if (!getState().answers[slot] && !asked[slot]) return
    giveUp(slot)
    put(slot, null)
  }

  /** Trees of large profiles come before their zones are known: asks again for the same boxes, with their findings. */
  async function refetchWithFindings(slot: 'tree' | 'detail'): Promise<void> {
    const shown = getState().answers[slot]
    if (shown?.state !== 'current' || shown.value.hasFindings || asked[slot]) return
    try {
      const value = await request(shown.profile.client, 'tree', shown.args)
      // The same boxes in other light: nothing is stale meanwhile.
      if (getState().answers[slot] === shown) put(slot, { ...shown, value })
    } catch {
      // The engine is gone; the one that takes its place is asked anew.
    }
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

  return { ask, askDocument, clear, seedTree, refetchWithFindings, dropAnswers }
}

export type AnswerSlots = ReturnType<typeof createAnswers>
