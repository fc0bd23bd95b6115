/** A session without a browser: engines on this thread, a history in memory, files in a database that is gone afterwards. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import type { EngineWorker } from '../../engine/client.ts'
import type { DocumentKind } from '../../engine/kinds/kind.ts'
import type { EngineCall, FromEngine, ToEngine } from '../../engine/protocol.ts'
import { serveEngine } from '../../engine/serve.ts'
import type { AddressBar, Clock, Environment } from '../../state/environment.ts'
import { createSession, type Session } from '../../state/session.ts'
import { browserStorage } from '../../state/storage.ts'
import type { AppState } from '../../state/store.ts'

/** A worker that is an engine on this thread. Calls that are held wait for `release`. */
export class TestWorker implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null
  onerror: EngineWorker['onerror'] = null
  onmessageerror: EngineWorker['onmessageerror'] = null
  /** What was asked, in its order. */
  readonly asked: EngineCall[] = []
  ended = false
  private readonly held = new Map<EngineCall, (() => void)[]>()
  private readonly serve: ReturnType<typeof serveEngine>

  /** kinds: of documents that it opens; left out = all. */
  constructor(kinds?: readonly DocumentKind[]) {
    this.serve = serveEngine((message) => this.send(message), kinds ? { known: kinds } : {})
  }

  postMessage(message: ToEngine | 'warm up'): void {
    if (message === 'warm up') return
    this.asked.push(message.call)
    const answer = () => void this.serve(message)
    const waiting = this.held.get(message.call)
    if (waiting) waiting.push(answer)
    else setTimeout(answer)
  }

  terminate(): void {
    this.ended = true
  }

  hold(call: EngineCall): void {
    this.held.set(call, [])
  }

  release(call: EngineCall): void {
    const waiting = this.held.get(call) ?? []
    this.held.delete(call)
    for (const answer of waiting) answer()
  }

  /** As a worker that ran out of memory. */
  crash(): void {
    const event = { message: 'out of memory', preventDefault: () => {} }
    ;(this.onerror as ((event: unknown) => void) | null)?.(event)
  }

  private send(message: FromEngine): void {
    if (!this.ended) (this.onmessage as ((event: unknown) => void) | null)?.({ data: message })
  }
}

/** A tab's history. */
export class TestHistory implements AddressBar {
  readonly entries: string[]
  at = 0
  /** As a browser that had too many changes: nothing is written. */
  deaf = false
  readonly left: string[] = []
  private readonly listeners = new Set<() => void>()

  constructor(address = 'https://hotzone.example/') {
    this.entries = [address]
  }

  href = (): string => this.entries[this.at] ?? ''

  push(address: string): void {
    if (this.deaf) return
    const { href } = new URL(address, this.href())
    this.entries.splice(++this.at, Infinity, href)
  }

  replace(address: string): void {
    if (!this.deaf) this.entries[this.at] = new URL(address, this.href()).href
  }

  leave(address: string): void {
    this.left.push(address)
  }

  listen(onMove: () => void): () => void {
    this.listeners.add(onMove)
    return () => this.listeners.delete(onMove)
  }

  /** The back button (-1), the forward button (1). */
  go(step: number): void {
    this.at += step
    for (const listener of this.listeners) listener()
  }

  /** The reader types another address. */
  edit(address: string): void {
    this.push(address)
    for (const listener of this.listeners) listener()
  }
}

/** Time passes when the test says so; what is on screen is painted at once. */
export class TestClock implements Clock {
  private time = Date.UTC(2026, 0, 1)
  private readonly waiting = new Set<{ at: number; run: () => void }>()

  now = (): number => this.time

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.time + ms, run }
    this.waiting.add(entry)
    return () => this.waiting.delete(entry)
  }

  painted = async (): Promise<void> => {}
  pictured = this.painted

  pass(ms: number): void {
    this.time += ms
    for (const entry of [...this.waiting]) {
      if (entry.at > this.time || !this.waiting.delete(entry)) continue
      entry.run()
    }
  }
}

/** One browser: several tabs share what it keeps. */
export function testBrowser() {
  globalThis.indexedDB = new IDBFactory()
  return { storage: browserStorage() }
}

export interface TestTab {
  session: Session
  history: TestHistory
  clock: TestClock
  /** Every worker that was started. */
  workers: TestWorker[]
  /** Resolves once the state is as wanted; fails when it is not in time. */
  until(what: (s: AppState) => boolean): Promise<AppState>
  close(): void
}

export function testTab(
  address?: string,
  environment: Partial<Environment> = testBrowser(),
  kinds?: readonly DocumentKind[],
): TestTab {
  const history = new TestHistory(address)
  const clock = new TestClock()
  const workers: TestWorker[] = []
  const spawn = () => {
    const worker = new TestWorker(kinds)
    workers.push(worker)
    return worker
  }
  const session = createSession({
    spawn,
    history,
    clock,
    views: [],
    begun: null,
    storage: browserStorage(),
    ...environment,
  })
  const close = session.start()
  const until = (what: (s: AppState) => boolean) =>
    new Promise<AppState>((resolve, reject) => {
      const { store } = session
      if (what(store.getState())) {
        resolve(store.getState())
        return
      }
      const late = setTimeout(() => reject(new Error(`still waiting: ${what}`)), 4000)
      const stop = store.subscribe((s) => {
        if (!what(s)) return
        clearTimeout(late)
        stop()
        resolve(s)
      })
    })
  return { session, history, clock, workers, until, close }
}
