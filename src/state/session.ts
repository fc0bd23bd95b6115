/**
 * One session: the documents that are open, the view of each, the answers of their engines, the address and what the
 * browser keeps. Nothing of it lives outside: the page makes one, a test makes its own with its own worker and history.
 */
import { createStore } from 'zustand/vanilla'
import type { BoxDetails } from '../core/layout/details.ts'
import type { Place as StoryPlace } from '../core/story/sentences.ts'
import { BOTTOM_UP } from '../core/view/view-state.ts'
import { isLanguage, type Language } from '../core/zones/words/languages.ts'
import { EnginePool } from '../engine/client.ts'
import type { EngineCall, EngineCalls } from '../engine/protocol.ts'
import { createActions } from './actions.ts'
import { createAddress } from './address.ts'
import { createAnswers } from './answers.ts'
import { parseColumnWidths } from './column-widths.ts'
import { createDocuments } from './documents.ts'
import type { Environment } from './environment.ts'
import type { Exporting } from './exporting.ts'
import { createFiltering } from './filtering.ts'
import { createGraphPort } from './graph-port.ts'
import { createKept } from './kept.ts'
import { createNaming } from './named.ts'
import { createNotices } from './notices.ts'
import { createOpening } from './opening.ts'
import { createQuestions } from './questions.ts'
import { createRequests } from './requests.ts'
import { createSamples } from './samples.ts'
import { createSources, parseSourcePaths } from './sources.ts'
import {
  type AppState,
  currentDocument,
  initialState,
  isProfile,
  type OpenDocument,
  type OpenedProfile,
} from './store.ts'
import { createUrlSync } from './url-sync.ts'
import { createViewActions } from './view-actions.ts'
import { viewOf } from './view-spec.ts'

/** The box under the pointer and the one with the graph's focus. */
export interface Pointed {
  hover: BoxDetails | null
  selected: BoxDetails | null
}

export function createSession(environment: Environment) {
  const { spawn, history, storage, begun, clock, views } = environment
  const theme = storage.readChoice('theme')
  const store = createStore<AppState>()(() => ({
    ...initialState(),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    sourceLink: storage.readChoice('source-link') ?? '',
    sourcePaths: parseSourcePaths(storage.readChoice('source-paths')),
    columnWidths: parseColumnWidths(storage.readChoice('column-widths')),
  }))
  // Apart from the store: it changes with every move of the pointer, and only a line follows it.
  const pointed = createStore<Pointed>()(() => ({ hover: null, selected: null }))
  const engines = new EnginePool(spawn)
  const request = createRequests()
  const notices = createNotices(store)
  const { notify } = notices
  const address = createAddress(store, environment)
  const graphAccess = createGraphPort(clock.painted)
  const naming = createNaming(request)
  const answers = createAnswers({ store, request, naming, notify, clock })
  const { needDetail, startAnswers } = createQuestions({ store, answers, views })
  const kept = createKept({ store, storage, clock, address, notify })
  const documents = createDocuments({ store, engines, answers, address, kept, notify })
  const opening = createOpening({ store, engines, documents, storage, begun, kept, history, notices })
  const samples = createSamples(history.href)
  const actions = createActions({ store, address, graph: graphAccess.graph, storage })
  const filtering = createFiltering({ store, address, request })
  const viewActions = createViewActions({ store, change: actions.change, graphAccess, storage })
  const sources = createSources({ store, storage })
  const { startUrlSync } = createUrlSync({ store, history, address, documents, opening, samples, notify })

  /** Few readers save a file: its code comes when one does. */
  const exporting = async (): Promise<Exporting> => (await import('./exporting.ts')).createExporting({ store, request })

  /** What profiles of one program say together. Few readers open two: its code comes when one does. */
  let joining: ReturnType<typeof loadJoining> | null = null
  async function loadJoining() {
    const { createJoining } = await import('./joining.ts')
    return createJoining({ store, request })
  }
  function joined(): ReturnType<typeof loadJoining> {
    joining ??= loadJoining()
    joining.catch(() => (joining = null))
    return joining
  }

  /** Looks for profiles that say more together, once the one on screen has all its own answers. */
  function startJoining(): () => void {
    return store.subscribe((s, before) => {
      const settled = s.answers.functions?.state === 'current' && s.answers.zones?.state === 'current'
      const moved = s.answers !== before.answers || s.documents !== before.documents || s.current !== before.current
      // One that is left alone has to hear of it.
      if (!settled || !moved || (s.documents.length < 2 && !joining)) return
      joined().then(
        ({ join }) => join(),
        () => undefined,
      )
    })
  }

  /** The reader is told once, not in every picture, how to zoom. */
  let wheeledIdly = false
  function firstIdleWheel(): boolean {
    const first = !wheeledIdly
    wheeledIdly = true
    return first
  }

  /** Runs once no picture is waited for: at once, unless the address names a document. */
  function whenFree(run: () => void): void {
    const isFree = ({ following, current, pictured }: AppState) => pictured || (!following && current === null)
    if (isFree(store.getState())) {
      run()
      return
    }
    const stop = store.subscribe((s) => {
      if (!isFree(s)) return
      stop()
      run()
    })
  }

  /** What surrounds the picture need not wait for it any longer. */
  function markPictured(): void {
    if (!store.getState().pictured) store.setState({ pictured: true })
  }

  /** Says once that a document is on screen and painted. */
  function startPicturing(): () => void {
    const stop = store.subscribe((s) => {
      const document = currentDocument(s)
      if (!document) return
      stop()
      const shown = viewOf(views, s.view.page, document)?.id ?? ''
      const isFlame = isProfile(document) && ['flame', BOTTOM_UP].includes(shown)
      // Whoever waits for the same frame comes first.
      void clock
        .painted()
        .then(isFlame ? clock.pictured : clock.painted)
        .then(markPictured)
    })
    return stop
  }

  /** Follows the address and asks the engines from here on; returns the function that ends the session. */
  function start(): () => void {
    const stops = [
      startAnswers(),
      startPicturing(),
      startJoining(),
      opening.startWaiting(),
      kept.startRemembering(),
      startUrlSync(),
    ]
    // An address that names a document has work for the first engine at once.
    engines.prewarm(new URL(history.href()).search === '')
    whenFree(() => void kept.refreshRecents())
    return () => {
      for (const stop of stops) stop()
      address.stop()
      opening.cancelOpening()
      for (const { client } of store.getState().documents) client.dispose()
      engines.dispose()
    }
  }

  return {
    store,
    pointed,
    get: store.getState,
    start,
    whenFree,
    /** True the first time that the reader scrolls where there is nothing to scroll. */
    firstIdleWheel,
    ...notices,
    ...actions,
    ...filtering,
    ...viewActions,
    ...sources,
    exportName: async (...args: Parameters<Exporting['exportName']>) => (await exporting()).exportName(...args),
    exportView: async (...args: Parameters<Exporting['exportView']>) => (await exporting()).exportView(...args),
    ...samples,
    ...opening,
    ...kept,
    /** Opens a document in the view that parameters of an address ask for. False: its files are neither open nor kept. */
    async openPlace({ document, fields }: StoryPlace): Promise<boolean> {
      const view = address.viewFor(document, fields)
      if (!store.getState().documents.some(({ id }) => id === document)) {
        return (await opening.openKept(document, { view })) !== null
      }
      documents.activate(document, view)
      return true
    },
    /** The address of such a place, for a link. */
    placeAddress: ({ document, fields }: StoryPlace, names: readonly string[]) =>
      address.placeAddress(address.viewFor(document, fields), names),
    leaveDocument: documents.leaveDocument,
    switchDocument: documents.switchDocument,
    closeDocument: documents.closeDocument,
    closeDocuments: documents.closeDocuments,
    shareLink: address.shareLink,
    addressOf: address.addressOf,
    markPictured,
    setGraph: graphAccess.setGraph,
    focusGraph: () => graphAccess.graph()?.focusGraph(),
    /** The open profiles that one press compares: those of the program and kind of the one on screen, and itself. */
    alikeNow: async () => (await joined()).alikeNow(),
    needDetail,
    accountsOf: naming.accountsOf,
    /** The language that the reader chose; null = none yet. */
    chosenLanguage(): Language | null {
      const language = storage.readChoice('language')
      return isLanguage(language) ? language : null
    },
    keepLanguage: (language: Language) => storage.writeChoice('language', language),
    /** A question whose answer only who asks needs; what is on screen is asked by views (questions.ts). */
    askOnce: <C extends EngineCall>(
      { client }: OpenDocument,
      call: C,
      args: EngineCalls[C]['args'],
      signal?: AbortSignal,
    ) => request(client, call, args, signal ? { signal } : {}),
    /** Names in the symbol table of the functions shown as `name`: mangled names of C++ and Rust. None when they are called so. */
    originalsOf: ({ client }: OpenedProfile, name: string) => request(client, 'symbols', { name }),
  }
}

export type Session = ReturnType<typeof createSession>
