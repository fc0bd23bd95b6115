/** The documents that are open: which is on screen and in which view, and what brings one back after a crash. */
import { parseDocumentId } from '../core/documents/document.ts'
import { Strings } from '../core/model/strings.ts'
import { defaultView, placeField, selectedPlace, type ViewState } from '../core/view/view-state.ts'
import type { EngineClient, EnginePool } from '../engine/client.ts'
import type { EngineError, Opened, ProfileInfo } from '../engine/protocol.ts'
import type { Address } from './address.ts'
import type { AnswerSlots } from './answers.ts'
import type { KeptDocuments } from './kept.ts'
import { linkedId } from './linked-id.ts'
import type { Notices } from './notices.ts'
import { rowOf } from './rows.ts'
import { hasSampleType, isProfile, type OpenDocument, type OpenedProfile, type Source, type Store } from './store.ts'

export interface OpenOptions {
  /** View to show it in; the default view otherwise. */
  view?: ViewState
  /** Opens beside what is on screen; 'always': where that is no document, too. */
  background?: boolean | 'always'
  /** Read again from this browser's store: it need not be kept once more. */
  kept?: boolean
  /** Gives the opening up: the link that asked for it was followed by another one. */
  signal?: AbortSignal
}

/** Files to make a document of, and where they came from. */
export type GivenSource = Omit<Source, 'id'>

/** Whether a document answers what a profile is asked: its info has what names rows. */
const isProfileInfo = (info: unknown): info is ProfileInfo =>
  typeof info === 'object' && info !== null && 'sampleTypes' in info && 'names' in info

/** What an engine opened, with the engine that holds it. */
function documentOf(
  { head, info, sourceIds }: Opened,
  client: EngineClient,
  given: readonly GivenSource[],
  kept: boolean,
): OpenDocument {
  const sources = given.flatMap((source, i) => {
    const id = sourceIds[i] ?? ''
    return sourceIds[i] === '' ? [] : [{ ...source, id }]
  })
  const document = { ...head, info, client, sources, kept }
  if (!isProfileInfo(info)) return document
  const profile = info
  const opened: OpenedProfile = {
    ...document,
    info: profile,
    names: new Strings(profile.names),
    files: new Strings(profile.files),
  }
  return opened
}

/** Whether a document is one of the files of another one. */
export function isPartOf(whole: string, part: string): boolean {
  return whole !== part && (parseDocumentId(whole)?.sources.includes(part) ?? false)
}

/** What stays selected where another profile has the function too. */
function keptSelection(
  view: ViewState,
  document: OpenedProfile,
  next: ViewState,
): Partial<Pick<ViewState, 'func' | 'place' | 'inspector' | 'pins'>> {
  const { func, inspector, pins } = view
  const place = placeField(func, selectedPlace(view), next)
  const found = func === '' || rowOf(document, func) < 0 ? {} : { func, place, inspector }
  return pins.some((name) => rowOf(document, name) >= 0) ? { ...found, pins } : found
}

interface Needs {
  store: Store
  engines: EnginePool
  answers: AnswerSlots
  address: Address
  kept: KeptDocuments
  notify: Notices['notify']
}

export function createDocuments({ store, engines, answers, address, kept, notify }: Needs) {
  const { getState, setState } = store
  const { commit } = address

  /** Puts an opened document on screen (or beside it). One that is open already is shown, not opened twice. */
  function show(
    answer: Opened,
    client: EngineClient,
    sources: readonly GivenSource[],
    options: OpenOptions,
  ): OpenDocument {
    const { first } = answer
    const opened = documentOf(answer, client, sources, options.kept ?? false)
    const twin = getState().documents.find((d) => d.id === opened.id)
    if (twin) opened.client.dispose()
    const document = twin ?? opened
    if (!twin) {
      document.client.onCrash = (error) => void revive(document, error)
      setState((s) => ({ documents: [...s.documents, document] }))
      if (isProfile(document)) {
        for (const note of document.info.notes) notify({ kind: 'profile-note', name: document.name, note })
      }
      void kept.remember(document)
    }
    const { missing } = getState()
    const awaited =
      missing && [document.id, linkedId(document)].some((id) => missing.id === id || isPartOf(missing.id, id))
    const dropped = sources.every(({ address }) => address === null) && !options.background
    if (missing && dropped && !awaited && (parseDocumentId(missing.id)?.sources.length ?? 0) > 1) {
      // The others of its files are of no use with this one: the link goes on waiting.
      activate(document.id, options.view, twin ? null : first)
      setState({ missing: { ...missing, sure: true } })
      notify({ kind: 'other-file', name: document.name, names: missing.files.map(({ name }) => name) })
    } else if (missing && !options.background) {
      // The file that a link asked for, or another one dropped in its place: the link's view applies either way.
      if (!awaited && dropped) notify({ kind: 'other-profile', name: document.name })
      activate(document.id, missing.view, twin ? null : first)
    } else if (!options.background || (options.background !== 'always' && getState().current === null)) {
      activate(document.id, options.view, twin ? null : first)
    } else commit('replace')
    return document
  }

  /** Remembers the view of the document on screen, for when it comes back. */
  function suspend(): void {
    const { current, view } = getState()
    if (current !== null) setState((s) => ({ suspended: { ...s.suspended, [current]: view } }))
  }

  /** Makes a document the current one, in the given view or the one it was left in. first: a tree that came with it. */
  function activate(id: string, view?: ViewState, first: Opened['first'] = null): void {
    const s = getState()
    suspend()
    // A link that names no document is about the one that is opened next.
    const waiting = s.current === null && s.view.profile === '' ? s.view : null
    const next = { ...(view ?? getState().suspended[id] ?? waiting ?? defaultView(id)), profile: id }
    const document = s.documents.find((d) => d.id === id)
    if (document && isProfile(document)) {
      if (!view) Object.assign(next, keptSelection(s.view, document, next))
      if (!hasSampleType(document.info, next.sampleType)) {
        notify({ kind: 'type-lost', name: next.sampleType })
        next.sampleType = ''
      }
      answers.seedTree(document, next, first)
    }
    const other = s.current === id ? {} : { undo: [], redo: [], entry: null }
    // A link to a sum goes on waiting while one of its files is on screen.
    const missing = s.missing && isPartOf(s.missing.id, id) ? { ...s.missing, sure: true } : null
    setState({ current: id, view: next, missing, zonePlace: {}, matchAt: -1, ...other })
    commit(s.view.profile === id ? 'replace' : 'push')
  }

  /** Shows what there is without a document. Those that are open stay so. */
  function leaveDocument(): void {
    suspend()
    setState({ current: null, view: defaultView() })
    commit('push')
  }

  function switchDocument(id: string): void {
    if (id !== getState().current) activate(id)
  }

  /** The engine died (out of memory, a bug): make it again from the sources and go on where it was. */
  async function revive(document: OpenDocument, error: EngineError): Promise<void> {
    if (!getState().documents.some((d) => d.client === document.client)) return
    answers.dropAnswers(document)
    document.client.dispose()
    const client = engines.take()
    try {
      await client.call('open', { sources: document.sources, kind: document.kind })
      if (!getState().documents.some((d) => d.client === document.client)) {
        // Closed meanwhile.
        client.dispose()
        return
      }
      const again = { ...document, client }
      client.onCrash = (next) => closeCrashed(again, next)
      setState((now) => ({ documents: now.documents.map((d) => (d.id === document.id ? again : d)) }))
    } catch {
      client.dispose()
      closeCrashed(document, error)
    }
  }

  /** A document whose engine dies twice would die for ever. */
  function closeCrashed(document: OpenDocument, error: EngineError): void {
    notify({ kind: 'crashed', name: document.name, error })
    closeDocument(document.id)
  }

  function closeDocument(id: string): void {
    const s = getState()
    const at = s.documents.findIndex((d) => d.id === id)
    const document = s.documents[at]
    if (!document) return
    const documents = s.documents.filter((d) => d !== document)
    const suspended = { ...s.suspended }
    delete suspended[id]
    document.client.dispose()
    answers.dropAnswers(document)
    setState({ documents, suspended })
    if (s.current !== id) {
      commit('replace')
      return
    }
    const next = documents[Math.min(at, documents.length - 1)]
    setState({ current: null, view: defaultView(), missing: null })
    if (next) activate(next.id)
    else commit('push')
  }

  /** The one on screen last: none of the others comes on screen for a moment. */
  function closeDocuments(ids: readonly string[]): void {
    const { current } = getState()
    for (const id of ids) if (id !== current) closeDocument(id)
    if (current !== null && ids.includes(current)) closeDocument(current)
  }

  return { show, suspend, activate, leaveDocument, switchDocument, closeDocument, closeDocuments }
}

export type Documents = ReturnType<typeof createDocuments>
