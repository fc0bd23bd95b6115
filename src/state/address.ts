/** Writes the present view into the address bar. Reading it back is url-sync.ts. */
import { emptyLink, formatLink, type Link, parseLink } from '../core/view/permalink.ts'
import type { ViewState } from '../core/view/view-state.ts'
import type { Environment } from './environment.ts'
import { linkedId, linkedKeys } from './linked-id.ts'
import { currentDocument, type OpenDocument, type Sealed, type Store } from './store.ts'

/** Parts of the address that the view does not hold; they stay until another link is followed. */
interface Carried {
  unknownQuery: [string, string][]
  unknownFragment: [string, string][]
  /** Profile inside the link; carried on while this browser has not kept the profile itself. */
  embedded: { id: string; text: string } | null
  /** What sealed documents came from, by their ids, so that the address goes on leading to them. */
  sealed: Readonly<Record<string, Sealed>>
}

/** Browsers refuse more than 100 to 200 history changes in some seconds: Safari and Firefox throw, Chromium keeps quiet. */
const FLOOD_PAUSE_MS = 1000

const addresses = ({ sources }: OpenDocument) => sources.flatMap(({ address }) => (address === null ? [] : [address]))

export function createAddress(
  { getState }: Store,
  { history, clock, views }: Pick<Environment, 'history' | 'clock' | 'views'>,
) {
  const fields = views.flatMap((view) => view.fields)
  let carried: Carried = { unknownQuery: [], unknownFragment: [], embedded: null, sealed: {} }
  let paused = 0
  let stopRetry: (() => void) | null = null
  let written = ''

  function carry(parts: Partial<Carried>): void {
    carried = { ...carried, ...parts, sealed: { ...carried.sealed, ...parts.sealed } }
  }

  /** What is stored sealed that is the whole of a document. */
  function sealedOf({ id, sources }: OpenDocument): Sealed | undefined {
    return carried.sealed[id] ?? (sources.length === 1 ? sources[0]?.sealed : undefined)
  }

  /** Whether the address is not the one last written or read: the reader, not we, changed it. */
  const isForeign = (): boolean => history.href() !== written

  /** The link that the address is, and what could not be read of it. */
  function readLink(): ReturnType<typeof parseLink> {
    const { search, hash } = new URL(history.href())
    const read = parseLink(search, hash, fields)
    const { unknownQuery, unknownFragment, view } = read.link
    const stored = unknownQuery.find(([key]) => key === 'stored')?.[1]
    const { documents } = getState()
    const open =
      stored === undefined
        ? documents.find((one) => view.profile !== one.id && view.profile === linkedId(one))
        : documents.find((one) => sealedOf(one)?.stored === stored)
    if (open) {
      view.profile = open.id
      read.link.unknownQuery = unknownQuery.filter(([key]) => key !== 'stored')
      read.link.unknownFragment = unknownFragment.filter(([key]) => key !== 'key')
    }
    return read
  }

  /**
   * Neither the server nor who has the link without its key must learn what a sealed file is: its id is the hash of what is
   * sealed. In a link it has the name that it is stored under, also as a part of another document.
   */
  function leadToSealed(link: Link): void {
    const id = link.view.profile
    const document = getState().documents.find((one) => one.id === id)
    const sealed = document ? sealedOf(document) : carried.sealed[id]
    if (sealed) {
      link.view = { ...link.view, profile: '' }
      link.unknownQuery = [...link.unknownQuery, ['stored', sealed.stored]]
      link.unknownFragment = [...link.unknownFragment, ['key', sealed.key]]
    } else if (document?.sources.some((source) => source.sealed)) {
      link.view = { ...link.view, profile: linkedId(document) }
      link.unknownFragment = [...link.unknownFragment, ['key', linkedKeys(document)]]
    }
  }

  /** The view of a document that parameters of the fragment ask for. */
  function viewFor(document: string, parameters: Readonly<Record<string, string>>): ViewState {
    const text = new URLSearchParams({ v: '1', ...parameters }).toString()
    return { ...parseLink('', text, fields).link.view, profile: document }
  }

  /** The whole address of a document, by the names of its files. */
  function placeAddress(view: ViewState, names: readonly string[]): string {
    const link = { ...emptyLink(view), names: [...names] }
    leadToSealed(link)
    return addressOf(link)
  }

  function noteAddress(): void {
    written = history.href()
  }

  /** The link to what is on screen, as the address bar holds it. */
  function currentLink(): Link {
    const s = getState()
    const document = currentDocument(s)
    const link = emptyLink(s.view)
    link.unknownQuery = carried.unknownQuery
    link.unknownFragment = carried.unknownFragment
    // Those of a document of several files stand first and in its order: by that they are told when it is made again.
    const first = document && document.sources.length > 1 ? [document] : []
    link.sources = [...new Set([...first, ...s.documents].flatMap(addresses))]
    if (document) {
      link.names = document.sources.map(({ name }) => name)
      leadToSealed(link)
      if (!document.kept && carried.embedded?.id === document.id) link.embedded = carried.embedded.text
    } else if (s.missing) link.names = [...s.missing.names]
    return link
  }

  /** The whole address of a link on this page. */
  function addressOf(link: Link): string {
    const { search, hash } = formatLink(link, fields)
    const url = new URL(history.href())
    return new URL(`${url.pathname}${search}${hash}`, url).href
  }

  /** The link to send: the view, the document's address if it has one of its own, and no others. */
  function shareLink(embedded: string): string {
    const s = getState()
    const document = currentDocument(s)
    const link = emptyLink(s.view)
    if (document) {
      link.names = document.sources.map(({ name }) => name)
      link.sources = addresses(document)
      link.embedded = embedded
      leadToSealed(link)
    }
    return addressOf(link)
  }

  /** While a link is being restored the store changes in steps; none of them belongs into the history. */
  async function withoutHistory<T>(work: () => Promise<T>): Promise<T> {
    paused++
    try {
      return await work()
    } finally {
      paused--
    }
  }

  /** Writes the address: 'push' makes a step for the back button, 'replace' does not. */
  function commit(mode: 'push' | 'replace'): void {
    if (paused > 0) return
    const address = addressOf(currentLink())
    if (address === history.href()) return
    try {
      history[mode](address)
    } catch {
      // Told by the address below, as where a browser says nothing.
    }
    if (address === history.href()) {
      noteAddress()
      return
    }
    // Too many changes at once: the last state is written when the browser listens again.
    stopRetry ??= clock.after(FLOOD_PAUSE_MS, () => {
      stopRetry = null
      commit('replace')
    })
  }

  return {
    carry,
    isForeign,
    readLink,
    viewFor,
    placeAddress,
    noteAddress,
    shareLink,
    addressOf,
    withoutHistory,
    commit,
    stop: () => stopRetry?.(),
  }
}

export type Address = ReturnType<typeof createAddress>
