/**
 * What is captured of services that run: single captures, a series that grows, and one of everything. Made once for a page
 * whose server offers services; what is captured becomes documents of the session.
 */
import { createStore } from 'zustand/vanilla'
import { COMPARISON, INVESTIGATION, MOST_SOURCES } from '../../core/documents/document.ts'
import type { DatabaseQuery } from '../../core/live/database.ts'
import { type CaptureId, type CaptureKindId, captureKind } from '../../core/live/kinds.ts'
import type { Saved, SavedFile, Service, ServiceState } from '../../core/live/protocol.ts'
import type { SourceProblem } from '../../core/live/source-error.ts'
import { FIRST_VERSION, HEAD, traceVersion } from '../../core/trace/head.ts'
import type { GivenSource, OpenOptions } from '../documents.ts'
import type { Session } from '../session.ts'
import {
  askService,
  type Captured,
  CaptureFailure,
  captureFrom,
  queryFrom,
  savedCaptures,
  savedFile,
} from './captures.ts'

export interface Running {
  id: number
  /** Number of the service. */
  service: number
  kind: CaptureId
  /** How long it records; 0 = a picture of one moment. */
  seconds: number
  /** Milliseconds since 1970. */
  since: number
  bytes: number
}

/** A capture that came, or why it did not. */
export interface Done {
  id: number
  service: number
  kind: CaptureId
  at: number
  saved: Saved | null
  /** Of the document that it became; null = it can be opened from its file alone. */
  document: string | null
  problem: SourceProblem | null
}

export interface Series {
  service: number
  kind: CaptureKindId
  seconds: number
  every: number
  count: number
  /** Milliseconds since 1970 of the next one; null while one is captured, and at the end. */
  next: number | null
  state: 'running' | 'stopped' | 'full' | 'failed'
  document: string | null
  problem: SourceProblem | null
}

export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'left-out'

export interface Step {
  kind: CaptureKindId
  /** Captured a second time, after the pause. */
  again: boolean
  state: StepState
  problem: SourceProblem | null
}

export interface Investigation {
  service: number
  steps: readonly Step[]
  /** Milliseconds since 1970 until which it waits before what is captured again; null = it does not. */
  pauseUntil: number | null
  state: 'running' | 'done' | 'stopped'
  document: string | null
  /** Path of a trace that no part of the story can be, since it is of before Go 1.22. */
  trace: string | null
}

export interface LiveState {
  services: readonly (Service & { state: ServiceState | null })[]
  running: readonly Running[]
  /** The latest first. */
  done: readonly Done[]
  series: Series | null
  investigation: Investigation | null
  saved: Earlier | null
}

/** What was saved before this page; null in LiveState = not known yet. */
export interface Earlier {
  folder: string
  /** Of the services that are open, by their programs, as far as these are known. The newest first. */
  own: readonly SavedFile[]
  /** Of other programs, or of one that their names do not tell. */
  others: readonly SavedFile[]
  leftOut: number
  /** Why it is not known, or why one of them could not be opened. */
  problem: SourceProblem | null
}

/** An execution trace of a Go whose traces are not read. */
async function isOlderTrace(file: Blob): Promise<boolean> {
  const version = traceVersion(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()))
  return version !== null && version < FIRST_VERSION
}

/** What tells most about a program that misbehaves, in the order in which it is asked. */
const INVESTIGATED: readonly CaptureKindId[] = ['heap', 'cpu', 'goroutine', 'trace', 'vars']
const AGAIN: readonly CaptureKindId[] = ['heap', 'vars']

export function createLive(session: Session, offered: readonly Service[]) {
  const store = createStore<LiveState>()(() => ({
    services: offered.map((service) => ({ ...service, state: null })),
    running: [],
    done: [],
    series: null,
    investigation: null,
    saved: null,
  }))
  const { getState, setState } = store
  /** What ends a capture that is under way, by its id. */
  const aborts = new Map<number, AbortController>()
  let lastId = 0
  let stopSeries = () => {}
  let stopInvestigation = () => {}

  /** Asks a service what it has. */
  async function ask(number: number): Promise<void> {
    let state: ServiceState
    try {
      state = await askService(number)
    } catch (error) {
      if (!(error instanceof CaptureFailure) || !error.problem) throw error
      state = { kinds: [], counts: {}, prefix: '', problem: error.problem }
    }
    setState(({ services }) => ({ services: services.map((s, i) => (i === number ? { ...s, state } : s)) }))
  }

  /** Asks which captures were saved before. */
  async function askSaved(): Promise<void> {
    try {
      const { folder, files, leftOut } = await savedCaptures()
      const { services, done } = getState()
      const here = new Set(done.map(({ saved }) => saved?.name))
      const earlier = files.filter(({ name }) => !here.has(name))
      const prefixes = services.map(({ state }) => state?.prefix ?? '').filter((prefix) => prefix !== '')
      const isOwn = ({ name }: SavedFile) => prefixes.some((prefix) => name.startsWith(prefix))
      const [own, others] = [earlier.filter(isOwn), earlier.filter((file) => !isOwn(file))]
      setState({ saved: { folder, own, others, leftOut, problem: null } })
    } catch (error) {
      if (!(error instanceof CaptureFailure)) throw error
      setState({ saved: { folder: '', own: [], others: [], leftOut: 0, problem: error.problem } })
    }
  }

  /** Opens one of them, as a file that is dropped. */
  async function openSaved(name: string): Promise<void> {
    const say = (problem: SourceProblem | null) => setState(({ saved }) => ({ saved: saved && { ...saved, problem } }))
    say(null)
    try {
      await session.openFile(await savedFile(name), name)
    } catch (error) {
      if (!(error instanceof CaptureFailure)) throw error
      say(error.problem)
    }
  }

  /** One capture, in the list of those that run and then of those that came. Throws CaptureFailure. */
  async function take(service: number, kind: CaptureKindId | DatabaseQuery, seconds: number, signal?: AbortSignal) {
    const id = ++lastId
    const abort = new AbortController()
    aborts.set(id, abort)
    signal?.addEventListener('abort', () => abort.abort(), { once: true })
    if (signal?.aborted) abort.abort()
    const isQuery = typeof kind === 'object'
    const name: CaptureId = isQuery ? 'query' : kind
    const one: Running = { id, service, kind: name, seconds, since: Date.now(), bytes: 0 }
    setState(({ running }) => ({ running: [...running, one] }))
    const onBytes = (bytes: number) =>
      setState(({ running }) => ({ running: running.map((r) => (r.id === id ? { ...r, bytes } : r)) }))
    try {
      const captured = isQuery
        ? await queryFrom(service, kind, abort.signal)
        : await captureFrom(service, kind, seconds, abort.signal, onBytes)
      note({ id, service, kind: name, saved: captured.saved, problem: null })
      return { id, ...captured }
    } catch (error) {
      if (error instanceof CaptureFailure && error.problem)
        note({ id, service, kind: name, saved: null, problem: error.problem })
      throw error
    } finally {
      aborts.delete(id)
      setState(({ running }) => ({ running: running.filter((r) => r.id !== id) }))
    }
  }

  function note(one: Pick<Done, 'id' | 'service' | 'kind' | 'saved' | 'problem'>): void {
    setState(({ done }) => ({ done: [{ ...one, at: Date.now(), document: null }, ...done] }))
  }

  function noteDocument(ids: readonly number[], document: string): void {
    setState(({ done }) => ({ done: done.map((d) => (ids.includes(d.id) ? { ...d, document } : d)) }))
  }

  const isHere = () => session.get().current === null
  const shown = (isShown: boolean): OpenOptions => (isShown ? {} : { background: 'always' })

  /** A capture that the reader asked for. It comes on screen where nothing else is there or on its way. */
  async function capture(service: number, kind: CaptureKindId, seconds: number): Promise<void> {
    let taken: Captured & { id: number }
    try {
      taken = await take(service, kind, seconds)
    } catch (error) {
      if (error instanceof CaptureFailure) return
      throw error
    }
    const { running, series, investigation } = getState()
    const isBusy = running.length > 0 || series?.state === 'running' || investigation?.state === 'running'
    const opened = await session.openFile(taken.file, nameOf(kind, taken.saved), shown(isHere() && !isBusy))
    if (opened) noteDocument([taken.id], opened.id)
  }

  /** Profiles out of a database: one, or two as a comparison. names: of the files, for people. */
  async function query(service: number, asked: readonly DatabaseQuery[], names: readonly string[]): Promise<void> {
    let taken: (Captured & { id: number })[]
    try {
      taken = await Promise.all(asked.map((one) => take(service, one, 0)))
    } catch (error) {
      if (error instanceof CaptureFailure) return
      throw error
    }
    const sources = taken.map(({ file }, i) => ({ name: `${names[i]}.pb.gz`, file, address: null }))
    const [only] = sources
    const options = shown(isHere())
    const made =
      sources.length > 1
        ? await session.makeOne(sources, COMPARISON, sources.map(({ name }) => name).join(' → '), options)
        : only && (await session.openFile(only.file, only.name, options))
    const ids = taken.map(({ id }) => id)
    if (made) noteDocument(ids, made.id)
  }

  function cancel(id: number): void {
    aborts.get(id)?.abort()
  }

  /** Captures one kind again and again, until it is stopped or a document holds no more. */
  async function startSeries(service: number, kind: CaptureKindId, seconds: number, every: number): Promise<void> {
    stopSeries()
    const abort = new AbortController()
    const { signal } = abort
    const change = (part: Partial<Series>) =>
      setState(({ series }) => (series && !signal.aborted ? { series: { ...series, ...part } } : {}))
    stopSeries = () => {
      change({ state: 'stopped', next: null })
      abort.abort()
    }
    setState({
      series: {
        ...{ service, kind, seconds, every, count: 0, next: null },
        ...{ state: 'running', document: null, problem: null },
      },
    })
    const sources: GivenSource[] = []
    const ids: number[] = []
    try {
      for (;;) {
        const began = Date.now()
        const { id, saved, file } = await take(service, kind, seconds, signal)
        sources.push({ name: nameOf(kind, saved), file, address: null })
        ids.push(id)
        const document = await showSeries(sources)
        if (document !== null) noteDocument(ids, document)
        change({ count: sources.length, document: document ?? getState().series?.document ?? null })
        if (sources.length === MOST_SOURCES) {
          change({ state: 'full' })
          return
        }
        const next = Math.max(Date.now(), began + every * 1000)
        change({ next })
        await pause(next, signal)
        change({ next: null })
      }
    } catch (error) {
      if (!(error instanceof CaptureFailure)) throw error
      change({ state: error.problem ? 'failed' : 'stopped', problem: error.problem, next: null })
    }
  }

  /** The document of all captures so far in place of the one before, in its view. Null where it could not be made. */
  async function showSeries(sources: readonly GivenSource[]): Promise<string | null> {
    const { series } = getState()
    const before = session.get().documents.find(({ id }) => id === series?.document)
    const isShown = before ? session.get().current === before.id : isHere()
    const { view } = session.get()
    const [only] = sources
    const options = {
      ...shown(isShown),
      // From the third on there is a course to be seen.
      ...(before && isShown
        ? { view: { ...view, page: sources.length === 3 ? OVER_TIME : view.page, sides: '' } }
        : {}),
    }
    const made =
      sources.length === 1 && only
        ? await session.openFile(only.file, only.name, options)
        : await session.makeOne([...sources], COMPARISON, sources.map(({ name }) => name).join(' → '), options)
    if (made && before) session.closeDocument(before.id)
    return made?.id ?? null
  }

  /** Everything that tells about a program that misbehaves, as one story. pause: seconds before what is captured again. */
  async function investigate(
    service: number,
    lengths: Readonly<Partial<Record<CaptureKindId, number>>>,
    pauseSeconds: number,
  ): Promise<void> {
    stopInvestigation()
    const abort = new AbortController()
    const { signal } = abort
    const known = getState().services[service]?.state?.kinds ?? []
    const step = (kind: CaptureKindId, again: boolean): Step => ({
      ...{ kind, again, problem: null },
      state: known.includes(kind) ? 'waiting' : 'left-out',
    })
    const change = (part: Partial<Investigation>) =>
      setState(({ investigation }) =>
        investigation && !signal.aborted ? { investigation: { ...investigation, ...part } } : {},
      )
    const mark = (at: number, part: Partial<Step>) =>
      change({
        steps: (getState().investigation?.steps ?? []).map((one, i) => (i === at ? { ...one, ...part } : one)),
      })
    stopInvestigation = () => {
      change({ state: 'stopped', pauseUntil: null })
      abort.abort()
    }
    const steps = [...INVESTIGATED.map((kind) => step(kind, false)), ...AGAIN.map((kind) => step(kind, true))]
    setState({
      investigation: { service, steps, pauseUntil: null, state: 'running', document: null, trace: null },
    })
    const began = Date.now()
    const sources: GivenSource[] = []
    const ids: number[] = []
    let paused = false
    for (const [at, { kind, again, state }] of steps.entries()) {
      if (state === 'left-out') continue
      try {
        if (again && !paused) {
          paused = true
          const until = Math.max(Date.now(), began + pauseSeconds * 1000)
          change({ pauseUntil: until })
          await pause(until, signal)
          change({ pauseUntil: null })
        }
        mark(at, { state: 'running' })
        const { id, saved, file } = await take(service, kind, lengths[kind] ?? captureKind(kind)?.seconds ?? 0, signal)
        mark(at, { state: 'done' })
        if (await isOlderTrace(file)) change({ trace: saved.path })
        else {
          sources.push({ name: nameOf(kind, saved), file, address: null })
          ids.push(id)
        }
      } catch (error) {
        if (!(error instanceof CaptureFailure)) throw error
        // One that the reader gave up alone, or that cannot be had: the others go on.
        if (signal.aborted) break
        mark(at, { state: 'failed', problem: error.problem })
      }
    }
    const name = offered[service]?.name ?? ''
    const options = shown(isHere())
    const [only] = sources
    const made =
      sources.length > 1
        ? await session.makeOne(sources, INVESTIGATION, name, options)
        : only && (await session.openFile(only.file, only.name, options))
    if (made) noteDocument(ids, made.id)
    change({ state: 'done', document: made?.id ?? null })
  }

  return {
    store,
    ask,
    askSaved,
    openSaved,
    capture,
    query,
    cancel,
    startSeries: (...args: Parameters<typeof startSeries>) => void startSeries(...args),
    stopSeries: () => stopSeries(),
    investigate: (...args: Parameters<typeof investigate>) => void investigate(...args),
    stopInvestigation: () => stopInvestigation(),
  }
}

export type Live = ReturnType<typeof createLive>

/** Short, for tabs: the file itself is named after all its sample types. */
function nameOf(kind: CaptureId, { name }: Saved): string {
  const [, end] = /(\.\d{3,}\..*)$/.exec(name) ?? []
  return end === undefined ? name : `${kind}${end}`
}

/** Id of the view that shows a series. */
const OVER_TIME = 'over-time'

/** until: milliseconds since 1970. Throws CaptureFailure where it is given up. */
function pause(until: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer)
      reject(new CaptureFailure(null))
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      },
      Math.max(0, until - Date.now()),
    )
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
  })
}
