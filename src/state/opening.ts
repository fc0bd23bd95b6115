/** The ways in: files, addresses, samples, pasted text, kept copies and links. */
import { isBenchmarkText } from '../core/benchmark/detect.ts'
import { BENCHMARK } from '../core/benchmark/document.ts'
import { COMPARISON, mostSources } from '../core/documents/document.ts'
import { isEvidencePath } from '../core/documents/named-file.ts'
import { EVIDENCE } from '../core/evidence/document.ts'
import { defaultView, querySpecOf, type ViewState } from '../core/view/view-state.ts'
import { type Begun, takeFile } from '../early/begun.ts'
import type { Body } from '../early/body.ts'
import { EngineFailure, type EnginePool } from '../engine/client.ts'
import type { EngineError, OpenRequest } from '../engine/protocol.ts'
import { type Documents, type GivenSource, isPartOf, type OpenOptions } from './documents.ts'
import type { AddressBar } from './environment.ts'
import { fetchProfile } from './fetch-profile.ts'
import type { KeptDocuments } from './kept.ts'
import { isPlain } from './named.ts'
import type { Notices } from './notices.ts'
import type { Job } from './queue.ts'
import { createQueue } from './queue.ts'
import { readEntries } from './sources.ts'
import type { BrowserStorage } from './storage.ts'
import {
  currentDocument,
  type MissingProfile,
  type OpenDocument,
  profilesOf,
  type Recent,
  type Store,
} from './store.ts'
import { wholeTree } from './whole-tree.ts'

/** First bytes of a zip archive. */
const ZIP = [0x50, 0x4b, 3, 4]

/** Few links carry a profile, and few people paste one. */
const loadEmbedded = () => import('./embedded.ts')

const nameOf = (url: URL) => decodeURIComponent(url.pathname.split('/').pop() ?? '') || url.host

/** The tree to come along with the profile; none where filters have to be asked about first. */
function firstTree(view: ViewState): OpenRequest['first'] {
  const query = querySpecOf(view)
  return isPlain(query) && !query.inverted ? { type: view.sampleType, ...wholeTree(view.order) } : undefined
}

interface Needs {
  store: Store
  engines: EnginePool
  documents: Documents
  storage: BrowserStorage
  begun: Begun | null
  kept: KeptDocuments
  history: AddressBar
  notices: Notices
}

export function createOpening({ store, engines, documents, storage, begun, kept, history, notices }: Needs) {
  const { notify, withdraw } = notices
  const { getState, setState } = store
  const { enqueue, cancelOpening } = createQueue(store, failed)

  /** Few readers open a whole folder: its code comes when one does. */
  async function investigating() {
    const { createInvestigating } = await import('./investigating.ts')
    return createInvestigating({ openFile, makeOne, failed })
  }

  function failed(name: string, error: EngineError): void {
    notify({ kind: 'failed', name, error, stays: currentDocument(getState())?.name ?? null })
  }

  /** Makes one document of the files. kind: null = what they are. */
  async function read(
    job: Job,
    sources: readonly GivenSource[],
    options: OpenOptions,
    kind: string | null = null,
  ): Promise<OpenDocument | null> {
    if (job.cancelled) return null
    const most = mostSources(kind)
    if (sources.length > most) {
      const message = `${sources.length} files, at most ${most} make one document`
      throw new EngineFailure({ code: 'too-many-files', message, facts: { files: sources.length, most } })
    }
    const client = engines.take()
    job.stop = () => client.dispose()
    try {
      const asked = sources.map((source) => (source.file === begun?.ahead ? { ...source, isReadAhead: true } : source))
      // The worker holds what it made of it; the file is held by its document.
      if (begun) begun.ahead = null
      const request = { sources: asked, kind, first: firstTree(viewAhead(options)) }
      const opened = await client.call('open', request, { onProgress: job.progress })
      const shown = documents.show(opened, client, sources, options)
      for (const { name, error } of opened.failed ?? []) failed(name, error)
      const { missing } = getState()
      if (missing && isPartOf(missing.id, shown.id)) void complete(missing)
      return shown
    } catch (thrown) {
      client.dispose()
      throw thrown
    }
  }

  /** A link asks for a document of several files, one of which has come: goes on once all are there. */
  async function complete(missing: MissingProfile): Promise<void> {
    const made = await openKept(missing.id, { view: missing.view })
    const files = made ? [] : await stillMissing()
    if (files.length === 0 || getState().missing?.id !== missing.id) return
    withdraw('more-files')
    notify({ kind: 'more-files', names: files.map(({ name }) => name) })
  }

  /** Looks again which files the link waits for. */
  async function stillMissing(): Promise<MissingProfile['files']> {
    const { missing } = getState()
    if (!missing) return []
    const open = getState().documents.flatMap((document) => document.sources)
    const files = await storage.lacking(missing.files, open)
    setState((s) => (s.missing?.id === missing.id ? { missing: { ...s.missing, files } } : {}))
    return files
  }

  /** Once the link has what it waits for, or nobody waits any more, no file is asked for. Returns the function that stops it. */
  function startWaiting(): () => void {
    return store.subscribe((s, before) => {
      if (!before.missing || s.missing?.id === before.missing.id) return
      withdraw('more-files')
      withdraw('other-file')
    })
  }

  /** The view that a profile will most likely be shown in; another one costs one more question. */
  function viewAhead(options: OpenOptions): ViewState {
    const { missing, view, current } = getState()
    return options.view ?? missing?.view ?? (current === null ? view : defaultView())
  }

  function openFile(file: Blob, name: string, options: OpenOptions = {}): Promise<OpenDocument | null> {
    return enqueue(name, (job) => read(job, [{ name, file, address: null }], options))
  }

  /**
   * Opens files in their order, the first one that opens on screen and the others beside it, as the command does. Benchmark texts become one table, behind the
   * profiles that its rows lead to. An archive is an investigation of what is in it; texts that are evidence, beside other
   * files, make one of them all.
   */
  async function openFiles(given: readonly File[]): Promise<void> {
    const files = await withoutArchives(given)
    // Each is a file of its own where a link waits for some of them.
    const isAwaited = getState().missing !== null
    const texts = files.length > 1 && !isAwaited ? await benchmarkTexts(files) : []
    const single = files.filter((file) => !texts.includes(file))
    const beside = (at: number) => ({ background: at > 0 && !isAwaited })
    const opened = await Promise.all([
      ...single.map((file, at) => openFile(file, file.name || 'profile', beside(at))),
      ...(texts.length > 0 ? [compareBenchmarks(texts.map((file) => ({ name: file.name, file, address: null })))] : []),
    ])
    const made = opened.filter((document) => document !== null)
    const [first] = made
    if (first && !isAwaited && single.length > 1 && opened[0] === null) documents.switchDocument(first.id)
    if (!isAwaited && made.length > 1 && made.some(({ kind }) => kind === EVIDENCE))
      await (await investigating()).investigate(made)
  }

  /** Opens the archives among files. Returns the others. */
  async function withoutArchives(files: readonly File[]): Promise<File[]> {
    const rest: File[] = []
    for (const file of files) {
      const head = await file
        .slice(0, ZIP.length)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0))
      if (mayBeArchive(new Uint8Array(head), file.name)) await openArchive(file)
      else rest.push(file)
    }
    return rest
  }

  function openArchive(file: File): Promise<OpenDocument | null> {
    const work = async (job: Job) =>
      (await investigating()).readArchive(file, file.name, (sources, kind) => read(job, sources, {}, kind))
    return enqueue(file.name, work)
  }

  /** Zip is told by its first bytes; a tar would have to be inflated, so that its name is asked first. */
  const mayBeArchive = (head: Uint8Array, name: string): boolean =>
    /\.(tar|tgz|tar\.gz)$/i.test(name) || ZIP.every((byte, i) => head[i] === byte)

  /** What lies in dropped folders, and beside them. */
  async function openFolder(entries: readonly FileSystemEntry[]): Promise<void> {
    // Entries can be read as long as the drop goes on: they are asked for before anything is waited for.
    const found = readEntries(entries, isEvidencePath)
    await (await investigating()).openFolder(await found, entries.map(({ name }) => name).join(' + '))
  }

  /** Told by their first bytes. */
  async function benchmarkTexts(files: readonly File[]): Promise<File[]> {
    const heads = await Promise.all(
      files.map((file) =>
        file
          .slice(0, 4096)
          .arrayBuffer()
          .catch(() => null),
      ),
    )
    return files.filter((_, i) => heads[i] && isBenchmarkText(new Uint8Array(heads[i])))
  }

  /** One table of benchmark texts, a column for each. */
  function compareBenchmarks(sources: readonly GivenSource[]): Promise<OpenDocument | null> {
    return makeOne(sources, BENCHMARK)
  }

  /** Null for what is no address of the web, which is said. */
  function placeOf(address: string): { url: URL; name: string } | null {
    let url: URL
    try {
      url = new URL(address, history.href())
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(url.protocol)
    } catch {
      failed(address, { code: 'fetch', message: `not a web address: ${address}`, facts: { reason: 'address' } })
      return null
    }
    try {
      return { url, name: nameOf(url) }
    } catch {
      // A path with a stray %: the host's name will do.
      return { url, name: url.host }
    }
  }

  /** Loads a profile over HTTP, from this site or any that allows it. */
  async function openUrl(address: string, options: OpenOptions = {}): Promise<OpenDocument | null> {
    const place = placeOf(address)
    if (!place) return null
    const { url, name } = place
    const work = async (job: Job) => {
      const { file, head } = await download(job, url)
      if (!mayBeArchive(head, name)) return read(job, [{ name, file, address }], options)
      return (await investigating()).readArchive(file, name, (sources, kind) => read(job, sources, options, kind))
    }
    return enqueue(name, work, options.signal)
  }

  /** Loads files as one document of a kind. Few links name several: its code comes with one that does. */
  async function openUrlsAs(kind: string, addresses: readonly string[], options: OpenOptions) {
    const places = addresses.flatMap((address) => {
      const place = placeOf(address)
      return place ? [{ ...place, address }] : []
    })
    const { loadAs } = await import('./several-files.ts')
    const load = (job: Job) =>
      loadAs(kind, places, job, options, {
        read,
        download: async (...asked) => (await download(...asked)).file,
        failed,
      })
    return enqueue(places.map(({ name }) => name).join(kind === COMPARISON ? ' → ' : ' + '), load, options.signal)
  }

  function download(job: Job, url: URL): Promise<Body> {
    const abort = new AbortController()
    job.stop = () => abort.abort()
    const onBytes = (bytes: number, totalBytes: number) =>
      job.progress({ stage: 'read', share: totalBytes > 0 ? bytes / totalBytes : 0, bytes, totalBytes })
    return fetchProfile(url, history.href(), abort.signal, onBytes, takeFile(begun, url.href))
  }

  /** A sample of this site. It is kept out of the link's sources: every copy of the app knows it by its id. */
  function openSample(file: string): Promise<OpenDocument | null> {
    return enqueue(file, async (job) =>
      read(
        job,
        [{ name: file, file: (await download(job, new URL(`samples/${file}`, history.href()))).file, address: null }],
        {},
      ),
    )
  }

  /**
   * A document that this browser kept, or whose files it kept; null when it did not. addresses: where a link says that the
   * files came from.
   */
  async function openKept(
    id: string,
    options: OpenOptions = {},
    addresses: readonly string[] = [],
  ): Promise<OpenDocument | null> {
    const open = getState().documents.flatMap((document) => document.sources)
    const found = await storage.keptDocument(id, open)
    if (!found) return null
    const sources = found.sources.map((source, i) => ({ ...source, address: addresses[i] ?? null }))
    const work = (job: Job) => read(job, sources, { ...options, kept: found.whole }, found.kind)
    return enqueue(found.name, work, options.signal)
  }

  /** Opens a row of the list of kept documents. Another tab may have forgotten it since the list was read. */
  async function openRecent({ id, name }: Recent): Promise<void> {
    if (await storage.keptDocument(id)) {
      await openKept(id)
      return
    }
    notify({ kind: 'forgotten', name })
    await kept.refreshRecents()
  }

  /** Adds up the profiles that are open, as pprof does with several files, into one document of all their files. */
  async function mergeProfiles(): Promise<OpenDocument | null> {
    const profiles = profilesOf(getState()).filter((profile) => profile.sources.length === 1)
    return makeOne(
      profiles.flatMap(({ sources }) => sources),
      'profile',
    )
  }

  /** One document of a kind, made of all these files. */
  async function makeOne(
    sources: readonly GivenSource[],
    kind: string,
    name = sources.map((source) => source.name).join(' + '),
    options: OpenOptions = {},
  ): Promise<OpenDocument | null> {
    return enqueue(name, (job) => read(job, sources, options, kind))
  }

  /** Two to twenty profiles as one comparison: the one that was captured first is the base, the last is compared with it. */
  async function compareDocuments(all: readonly OpenDocument[]): Promise<OpenDocument | null> {
    const { comparisonOf } = await import('./comparing.ts')
    return comparisonOf(all, { store, makeOne, failed, switchDocument: documents.switchDocument })
  }

  /** Compares an open profile with one that is opened beside it: a file, or the id of a kept document. */
  async function compareWith(one: OpenDocument, other: File | string): Promise<OpenDocument | null> {
    const beside = { background: true }
    const opened = await (typeof other === 'string' ? openKept(other, beside) : openFile(other, other.name, beside))
    return opened && compareDocuments([one, opened])
  }

  /** A profile carried inside a link. */
  function openEmbedded(text: string, name: string, options: OpenOptions): Promise<OpenDocument | null> {
    const work = async (job: Job) => {
      const { bytesFromBase64, inflateRaw } = await loadEmbedded()
      return read(job, [{ name, file: await inflateRaw(bytesFromBase64(text)), address: null }], options)
    }
    return enqueue(name, work, options.signal)
  }

  /** A document of files that somebody else gets (stored.ts). */
  function openFetched(
    name: string,
    get: (job: Job) => Promise<{ sources: readonly GivenSource[]; kind: string | null }>,
    options: OpenOptions,
  ): Promise<OpenDocument | null> {
    const work = async (job: Job) => {
      const { sources, kind } = await get(job)
      return read(job, sources, options, kind)
    }
    return enqueue(name, work, options.signal)
  }

  /** Pasted text. Few people paste: its code comes when somebody does. */
  async function openText(text: string): Promise<void> {
    const { openPasted } = await import('./pasted.ts')
    await openPasted(text, { history, openUrl, openFile })
  }

  return {
    openFile,
    openFiles,
    openUrl,
    openSample,
    openKept,
    openRecent,
    openEmbedded,
    openFetched,
    openText,
    makeOne,
    mergeProfiles,
    compareBenchmarks,
    compareDocuments,
    openFolder,
    investigate: async (all: readonly OpenDocument[]) => (await investigating()).investigate(all),
    compareWith,
    openUrlsAs,
    stillMissing,
    cancelOpening,
    startWaiting,
  }
}

export type Opening = ReturnType<typeof createOpening>
