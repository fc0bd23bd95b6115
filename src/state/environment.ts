/** What a session needs of the browser. The page hands in what the browser has, a test what it likes. */
import { type Begun, takeWorker } from '../early/begun.ts'
import { type EngineWorker, spawnEngine } from '../engine/client.ts'
import { type BrowserStorage, browserStorage } from './storage.ts'
import type { ViewSpec } from './view-spec.ts'

export interface AddressBar {
  /** The whole address as it is now. */
  href(): string
  /** Writes the address with or without a step for the back button. May do nothing or throw where a browser has had too many. */
  push(address: string): void
  replace(address: string): void
  /** Leaves the page. */
  leave(address: string): void
  /** Called on back, on forward and when the reader edits the address; returns the function that stops. */
  listen(onMove: () => void): () => void
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs later; returns the function that gives it up. */
  after(ms: number, run: () => void): () => void
  /** Resolves once the page has painted what it shows; where it does not paint, after a moment. */
  painted(): Promise<void>
  /** Resolves once a flame graph has been on screen; where none comes, after a while. */
  pictured(): Promise<void>
}

export interface Environment {
  /** How documents can be looked at, in the order of their tabs; keys of their fields are all different. */
  views: readonly ViewSpec[]
  /** Starts a worker that runs engine/worker.ts. */
  spawn(): EngineWorker
  history: AddressBar
  storage: BrowserStorage
  /** What the page began for its address before; null = nothing. */
  begun: Begun | null
  clock: Clock
}

const browserHistory: AddressBar = {
  href: () => location.href,
  push: (address) => history.pushState(null, '', address),
  replace: (address) => history.replaceState(null, '', address),
  leave: (address) => location.assign(address),
  listen(onMove) {
    addEventListener('popstate', onMove)
    // Editing the fragment by hand fires both; the second finds nothing to do.
    addEventListener('hashchange', onMove)
    return () => {
      removeEventListener('popstate', onMove)
      removeEventListener('hashchange', onMove)
    }
  },
}

/** Pages in the background are not painted: they wait this long only. */
const HIDDEN_PAINT_MS = 100
/** One that is in sight is, however busy the machine; should it be covered meanwhile, it waits no longer than this. */
const LONGEST_PAINT_MS = 3000

/** The mark that the flame graph leaves (ui/graph/frame-clock.ts). */
const FIRST_PICTURE = 'first-flame'

const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  painted: () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve))
      setTimeout(resolve, document.hidden ? HIDDEN_PAINT_MS : LONGEST_PAINT_MS)
    }),
  pictured: () =>
    new Promise((resolve) => {
      const watch = new PerformanceObserver((list) => {
        if (list.getEntriesByName(FIRST_PICTURE).length > 0) done()
      })
      const done = () => {
        watch.disconnect()
        resolve()
      }
      watch.observe({ type: 'mark', buffered: true })
      setTimeout(done, LONGEST_PAINT_MS)
    }),
}

export function browserEnvironment(): Omit<Environment, 'views'> {
  const begun = globalThis.hotzoneBegun ?? null
  return {
    spawn: () => takeWorker(begun) ?? spawnEngine(),
    history: browserHistory,
    storage: browserStorage(begun),
    begun,
    clock: browserClock,
  }
}
