/** Opening profiles: from files, addresses, samples, pasted text, kept copies and links. One at a time. */
import { Strings } from '../core/model/strings.ts'
import { defaultView, querySpecOf, type ViewState } from '../core/view/view-state.ts'
import { EngineClient, prewarm } from '../engine/client.ts'
import type { EngineError, Opened, OpenRequest, Progress } from '../engine/protocol.ts'
import { commit } from './address.ts'
import { dropAnswers, giveTree, reasonOf, wholeTree } from './answers.ts'
import { bytesFromBase64, inflateRaw } from './embedded.ts'
import { fetchProfile } from './fetch-profile.ts'
import { isPlain } from './named.ts'
import { amendKept, forget, keep, keptFile, listKept } from './storage.ts'
import { currentProfile, get, hasSampleType, notify, type OpenedProfile, type Recent, set, useStore } from './store.ts'

export interface OpenOptions {
  /** View to show it in; the default view otherwise. */
  view?: ViewState
  /** Opens beside what is on screen. */
  background?: boolean
  source?: string
  /** Read again from this browser's store: it need not be kept once more. */
  kept?: boolean
}

interface Job {
  name: string
  cancelled: boolean
  /** Stops the work that is under way. */
  stop: () => void
}

const jobs: Job[] = []
let tail: Promise<unknown> = Promise.resolve()

const startOf = (name: string) => ({
  name,
  progress: { stage: 'read' as const, share: 0, bytes: 0, totalBytes: 0 },
  waiting: jobs.length - 1,
})

/** Runs one opening after the other; `work` gets the job to hang its own way of stopping on. */
function queue<T>(name: string, work: (job: Job) => Promise<T>): Promise<T | null> {
  const job: Job = { name, cancelled: false, stop: () => {} }
  jobs.push(job)
  const run = async (): Promise<T | null> => {
    try {
      if (job.cancelled) return null
      set({ opening: startOf(name) })
      return await work(job)
    } catch (thrown) {
      const error = reasonOf(thrown)
      if (!job.cancelled && error.code !== 'cancelled') failed(name, error)
      return null
    } finally {
      jobs.splice(jobs.indexOf(job), 1)
      set({ opening: null })
    }
  }
  const done = tail.then(run)
  tail = done
  return done
}

function failed(name: string, error: EngineError): void {
  notify({ kind: 'failed', name, error, stays: currentProfile()?.info.name ?? null })
}

/** Stops the opening that is under way and those that wait. What was open stays as it is. */
export function cancelOpening(): void {
  for (const job of jobs) {
    job.cancelled = true
    job.stop()
  }
  set({ opening: null })
}

async function read(job: Job, file: Blob, name: string, options: OpenOptions): Promise<OpenedProfile | null> {
  const client = new EngineClient()
  job.stop = () => client.dispose()
  try {
    const request = { name, source: file, first: firstTree(viewAhead(options)) }
    const onProgress = (progress: Progress) => {
      if (!job.cancelled) set({ opening: { name, progress, waiting: jobs.length - 1 } })
    }
    const { info, first } = await client.call('open', request, { onProgress })
    const opened: OpenedProfile = {
      id: info.id,
      info,
      client,
      file,
      names: new Strings(info.names),
      files: new Strings(info.files),
      source: options.source ?? null,
      kept: options.kept ?? false,
    }
    return show(opened, options, first)
  } catch (thrown) {
    client.dispose()
    throw thrown
  }
}

/** The view that a profile will most likely be shown in; another one costs one more question. */
function viewAhead(options: OpenOptions): ViewState {
  const { missing, view, current } = get()
  return options.view ?? missing?.view ?? (current === null ? view : defaultView())
}

/** The tree to come along with the profile; none where filters have to be asked about first. */
function firstTree(view: ViewState): OpenRequest['first'] {
  const query = querySpecOf(view)
  return isPlain(query) && !query.inverted ? { type: view.sampleType, ...wholeTree(view.order) } : undefined
}

/** Puts an opened profile on screen (or beside it). A profile that is open already is shown, not opened twice. */
function show(opened: OpenedProfile, options: OpenOptions, first: Opened['first']): OpenedProfile {
  const twin = get().profiles.find((p) => p.id === opened.id)
  if (twin) opened.client.dispose()
  const profile = twin ?? opened
  if (!twin) {
    profile.client.onCrash = (error) => void revive(profile, error)
    set((s) => ({ profiles: [...s.profiles, profile] }))
    for (const note of profile.info.notes) notify({ kind: 'profile-note', name: profile.info.name, note })
    void remember(profile)
  }
  const { missing } = get()
  // The file that a link asked for, or another one dropped in its place: the link's view applies either way.
  if (missing && !options.background) {
    if (missing.id !== profile.id && options.source === undefined) {
      notify({ kind: 'other-profile', name: profile.info.name })
    }
    bringUp(profile.id, missing.view, twin ? null : first)
  } else if (!options.background || get().current === null) bringUp(profile.id, options.view, twin ? null : first)
  else commit('replace')
  return profile
}

/** Remembers the view of the profile on screen, for when it comes back. */
export function park(): void {
  const { current, view } = get()
  if (current !== null) set((s) => ({ parked: { ...s.parked, [current]: view } }))
}

/** Makes a profile the current one, in the given view or the one it was left in. first: a tree that came with it. */
export function bringUp(id: string, view?: ViewState, first: Opened['first'] = null): void {
  const s = get()
  park()
  // A link that names no profile is about the one that is opened next.
  const waiting = s.current === null && s.view.profile === '' ? s.view : null
  const next = { ...(view ?? get().parked[id] ?? waiting ?? defaultView(id)), profile: id }
  const profile = s.profiles.find((p) => p.id === id)
  if (profile && !hasSampleType(profile.info, next.sampleType)) {
    notify({ kind: 'type-lost', name: next.sampleType })
    next.sampleType = ''
  }
  if (profile) giveTree(profile, next, first)
  const other = s.current === id ? {} : { undo: [], redo: [], entry: null }
  set({ current: id, view: next, missing: null, zonePlace: {}, matchAt: -1, ...other })
  commit(s.view.profile === id ? 'replace' : 'push')
}

async function remember(profile: OpenedProfile): Promise<void> {
  const { info, file } = profile
  const type = info.sampleTypes[info.defaultSampleType]
  const row: Recent = {
    id: info.id,
    name: info.name,
    size: file.size,
    date: Date.now(),
    kind: info.kind,
    total: type?.total ?? 0,
    unit: type?.unit ?? '',
    zone: get().recents?.find((r) => r.id === info.id)?.zone ?? null,
  }
  const kept = await keep(row, file)
  // For whoever measures or drives the page: from here on a reload brings the profile back, if it can be kept.
  performance.mark('remembered')
  if (kept) {
    set((s) => ({ profiles: s.profiles.map((p) => (p.id === profile.id ? { ...p, kept: true } : p)) }))
    commit('replace')
  } else if (!profile.kept) notify({ kind: 'not-kept', name: info.name })
  await refreshRecents()
}

export async function refreshRecents(): Promise<void> {
  const rows = await listKept()
  set({ recents: rows ?? [], canKeep: rows !== null })
}

/** Once the zones are known the list of kept profiles can name the hottest. */
export function startRemembering(): () => void {
  return useStore.subscribe((s, before) => {
    const answer = s.answers.zones
    if (!answer || answer === before.answers.zones || answer.state !== 'fresh') return
    if (answer.sampleType !== answer.profile.info.defaultSampleType) return
    const hottest = answer.value.zones.filter((z) => z.state === 'found').sort((a, b) => b.share - a.share)[0]
    const zone = hottest ? { id: hottest.id, share: hottest.share } : null
    void amendKept(answer.profile.id, { zone }).then(refreshRecents)
  })
}

/** The engine died (out of memory, a bug): make it again from the file and go on where it was. */
async function revive(profile: OpenedProfile, error: EngineError): Promise<void> {
  const s = get()
  if (!s.profiles.some((p) => p.client === profile.client)) return
  dropAnswers(profile)
  profile.client.dispose()
  const client = new EngineClient()
  try {
    await client.call('open', { name: profile.info.name, source: profile.file })
    const again = { ...profile, client }
    client.onCrash = (next) => void closeCrashed(again, next)
    set((now) => ({ profiles: now.profiles.map((p) => (p.id === profile.id ? again : p)) }))
  } catch {
    client.dispose()
    closeCrashed(profile, error)
  }
}

/** A profile whose engine dies twice would die for ever. */
function closeCrashed(profile: OpenedProfile, error: EngineError): void {
  notify({ kind: 'crashed', name: profile.info.name, error })
  closeProfile(profile.id)
}

export function closeProfile(id: string): void {
  const s = get()
  const at = s.profiles.findIndex((p) => p.id === id)
  const profile = s.profiles[at]
  if (!profile) return
  const profiles = s.profiles.filter((p) => p !== profile)
  const parked = { ...s.parked }
  delete parked[id]
  profile.client.dispose()
  dropAnswers(profile)
  set({ profiles, parked })
  if (s.current !== id) {
    commit('replace')
    return
  }
  const next = profiles[Math.min(at, profiles.length - 1)]
  set({ current: null, view: defaultView() })
  if (next) bringUp(next.id)
  else commit('push')
}

export function openFile(file: Blob, name: string, options: OpenOptions = {}): Promise<OpenedProfile | null> {
  return queue(name, (job) => read(job, file, name, options))
}

/** Opens files in their order; the last one that opens is on screen. */
export async function openFiles(files: readonly File[]): Promise<void> {
  await Promise.all(files.map((file) => openFile(file, file.name || 'profile')))
}

const nameOf = (url: URL) => decodeURIComponent(url.pathname.split('/').pop() ?? '') || url.host

/** Loads a profile over HTTP, from this site or any that allows it. */
export async function openUrl(address: string, options: OpenOptions = {}): Promise<OpenedProfile | null> {
  let url: URL
  try {
    url = new URL(address, location.href)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(url.protocol)
  } catch {
    failed(address, { code: 'fetch', message: `not a web address: ${address}`, facts: { reason: 'address' } })
    return null
  }
  let name = url.host
  try {
    name = nameOf(url)
  } catch {
    // A path with a stray %: the host's name will do.
  }
  return queue(name, async (job) => {
    const abort = new AbortController()
    job.stop = () => abort.abort()
    const file = await fetchProfile(url, abort.signal, (bytes, totalBytes) =>
      set({
        opening: {
          name,
          progress: { stage: 'read', share: totalBytes > 0 ? bytes / totalBytes : 0, bytes, totalBytes },
          waiting: jobs.length - 1,
        },
      }),
    )
    return read(job, file, name, { ...options, source: options.source ?? address })
  })
}

/** A sample of this site. It is kept out of the link's sources: every copy of the app knows it by its id. */
export function openSample(file: string): Promise<OpenedProfile | null> {
  return queue(file, async (job) => {
    const abort = new AbortController()
    job.stop = () => abort.abort()
    const blob = await fetchProfile(new URL(`samples/${file}`, document.baseURI), abort.signal, () => {})
    return read(job, blob, file, {})
  })
}

/** A profile that this browser kept; null when it did not. */
export async function openKept(id: string, options: OpenOptions = {}): Promise<OpenedProfile | null> {
  const kept = await keptFile(id)
  if (!kept) return null
  return openFile(kept.file, kept.name, { ...options, kept: true })
}

/** A profile carried inside a link. */
export function openEmbedded(text: string, name: string, options: OpenOptions): Promise<OpenedProfile | null> {
  return queue(name, async (job) => read(job, await inflateRaw(bytesFromBase64(text)), name, options))
}

/** Pasted text: an address, a profile in base64, or text that the engine names when it cannot read it. */
export async function openText(text: string): Promise<void> {
  const trimmed = text.trim()
  if (trimmed === '') return
  if (/^https?:\/\/\S+$/.test(trimmed)) {
    const url = new URL(trimmed)
    if (url.origin === location.origin && url.pathname === location.pathname) location.assign(trimmed)
    else await openUrl(trimmed)
    return
  }
  const base64 = /^[A-Za-z0-9+/_=\s-]{40,}$/.test(trimmed) ? bytesFromBase64(trimmed.replace(/\s/g, '')) : null
  await openFile(new Blob([base64 ?? text]), base64 ? 'pasted.pb.gz' : 'pasted.txt')
}

export async function forgetKept(id: string): Promise<void> {
  await forget(id)
  set((s) => ({ profiles: s.profiles.map((p) => (p.id === id ? { ...p, kept: false } : p)) }))
  await refreshRecents()
}

/** Starts an engine ahead, so that the first file does not wait for it. An address that names a profile has work for it at once. */
export function prewarmEngine(): void {
  prewarm(location.search === '')
}
