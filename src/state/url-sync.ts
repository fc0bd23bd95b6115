/** Follows the address: on load, on back and forward, and when the reader edits it. */
import { BENCHMARK } from '../core/benchmark/document.ts'
import { COMPARISON, INVESTIGATION, parseDocumentId } from '../core/documents/document.ts'
import { EVIDENCE } from '../core/evidence/document.ts'
import type { Link } from '../core/view/permalink.ts'
import type { Address } from './address.ts'
import type { Documents } from './documents.ts'
import type { AddressBar } from './environment.ts'
import type { Notices } from './notices.ts'
import type { Opening } from './opening.ts'
import type { Samples } from './samples.ts'
import type { OpenDocument, Store } from './store.ts'

interface Needs {
  store: Store
  history: AddressBar
  address: Address
  documents: Documents
  opening: Opening
  samples: Samples
  notify: Notices['notify']
}

export function createUrlSync({ store, history, address, documents, opening, samples, notify }: Needs) {
  const { getState, setState } = store
  const { carry, commit, isForeign, noteAddress, readLink, withoutHistory } = address
  const { activate, closeDocument, suspend } = documents
  const { compareBenchmarks, investigate, openEmbedded, openKept, openUrl, openUrlsAs, stillMissing } = opening
  /** Of the link that is followed: a later one wins over one that still opens a file. */
  let latest = new AbortController()

  /** Goes to where a link points, as far as this browser can. */
  async function restore(link: Link, first: boolean): Promise<void> {
    latest.abort()
    latest = new AbortController()
    const { signal } = latest
    setState({
      following:
        link.view.profile !== '' ||
        link.sources.length + link.bases.length + link.unknownQuery.length > 0 ||
        link.embedded !== '',
    })
    try {
      await goTo(link, first, signal)
    } finally {
      if (!signal.aborted) setState({ following: false })
    }
  }

  async function goTo(link: Link, first: boolean, signal: AbortSignal): Promise<void> {
    const { view, sources, bases, embedded, names } = link
    const wanted = view.profile
    setState({ missing: null, dialog: null })
    // A key belongs to what it opens: documents say their own.
    carry({
      unknownQuery: link.unknownQuery,
      unknownFragment: link.unknownFragment.filter(([key]) => key !== 'key'),
    })

    const onScreen = getState().documents.find((p) => p.id === wanted)
    if (onScreen) {
      activate(wanted, view)
      return
    }
    // A file dropped from here on is the one that the link waits for.
    const ids = parseDocumentId(wanted)?.sources ?? []
    const files = ids.map((id, i) => ({ id, name: (names.length === ids.length && names[i]) || '' }))
    if (wanted !== '') setState({ missing: { id: wanted, names, files, sample: null, view, sure: false } })
    if (embedded !== '') {
      const opened = await openEmbedded(embedded, names[0] ?? 'profile.pb', { view, signal })
      if (opened) carry({ embedded: { id: opened.id, text: embedded } })
      if (signal.aborted) return
      if (opened) {
        activate(opened.id, view)
        return
      }
    }
    const here = wanted === '' ? null : await openKept(wanted, { view, signal }, sources)
    if (signal.aborted) return
    const opened = here ?? (await stored(link, signal))
    if (signal.aborted) return
    // One source is where the wanted profile came from; several were opened side by side and come back so.
    if (first && bases.length > 0 && !opened) await openUrlsAs(COMPARISON, [...bases, ...sources], { view, signal })
    else if (first && link.together && !opened) await openUrlsAs(INVESTIGATION, sources, { view, signal })
    else if (first && (!opened || sources.length > 1)) await openSources(link, opened, signal)
    if (signal.aborted || opened) return
    if (wanted === '') {
      if (first && getState().current !== null) return
      suspend()
      setState({ current: null, view })
      return
    }
    const sample = await samples.sampleWithId(wanted)
    // A file was opened meanwhile: nothing is missing any more, or the others of a sum.
    if (signal.aborted || getState().missing?.sure !== false) return
    suspend()
    setState({ current: null, view, missing: { id: wanted, names, files, sample, view, sure: true } })
    await stillMissing()
  }

  /** From the store of this page's server. Few links lead there: its code comes with one that may. */
  async function stored(link: Link, signal: AbortSignal): Promise<OpenDocument | null> {
    if (link.view.profile === '' && link.unknownQuery.length === 0) return null
    const { openStored } = await import('./stored.ts')
    return openStored(link, { signal, href: history.href(), carry, opening, notify })
  }

  /** Loads the addresses of a link; the profile it names (or the first) gets its view. */
  async function openSources(link: Link, shown: OpenDocument | null, signal: AbortSignal): Promise<void> {
    const { view } = link
    const wanted = parseDocumentId(view.profile)
    if (!shown && wanted?.kind === COMPARISON && wanted.sources.length === link.sources.length) {
      const made = await openUrlsAs(COMPARISON, link.sources, { view, signal })
      if (made && made.id !== view.profile) notify({ kind: 'source-changed', name: made.name })
      return
    }
    if (!shown && wanted?.kind === INVESTIGATION && wanted.sources.length === link.sources.length) {
      await openUrlsAs(INVESTIGATION, link.sources, { view, signal })
      return
    }
    // What the document on screen is made of has come with it; whatever else is named was open beside it.
    const sources = [...link.sources]
    for (const { address: at } of shown?.sources ?? []) {
      const found = at === null ? -1 : sources.indexOf(at)
      if (found >= 0) sources.splice(found, 1)
    }
    const results = await Promise.all(
      sources.map((source, i) => openUrl(source, { background: shown !== null || i > 0, signal })),
    )
    const opened = results.filter((p) => p !== null)
    if (shown || opened.length === 0 || signal.aborted) return
    const whole = await madeOf(link, opened, signal)
    if (whole || signal.aborted) {
      if (whole) activate(whole.id, view)
      return
    }
    const named = opened.find((p) => p.id === view.profile)
    const target = named ?? opened[0]
    if (view.profile !== '' && !named && target) notify({ kind: 'source-changed', name: target.name })
    if (target) activate(target.id, view)
  }

  /** What becomes of several sources together: the document of all of them that the link names, or one table of benchmark texts. */
  async function madeOf({ view, sources }: Link, opened: readonly OpenDocument[], signal: AbortSignal) {
    const named = parseDocumentId(view.profile)
    if (named && named.sources.length > 1) return openKept(view.profile, { view, signal }, sources)
    if (named || opened.length < 2) return null
    if (opened.some(({ kind }) => kind === EVIDENCE)) return investigate(opened)
    if (opened.some(({ kind }) => kind !== BENCHMARK)) return null
    const table = await compareBenchmarks(opened.flatMap((document) => document.sources))
    if (table) for (const { id } of opened) closeDocument(id)
    return table
  }

  function follow(first: boolean): void {
    if (!first && !isForeign()) return
    noteAddress()
    const { link, notes } = readLink()
    for (const note of notes) notify({ kind: 'link-note', note })
    void withoutHistory(() => restore(link, first)).then(() => {
      // What was shown instead of what the link asked for must not pile up in the history.
      if (getState().current !== null) commit('replace')
    })
  }

  /** Restores the address and keeps following it; returns the function that stops. */
  function startUrlSync(): () => void {
    const stop = history.listen(() => follow(false))
    follow(true)
    return stop
  }

  return { startUrlSync }
}
