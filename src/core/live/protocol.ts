/** What the page and the server say to each other about services that run. Paths are below API_PATH (core/service/offer.ts). */
import type { CaptureKindId } from './kinds.ts'
import type { SourceProblem } from './source-error.ts'

/** go: the debug server of a Go program; the others are databases of profiles. */
export type ServiceKind = 'go' | 'pyroscope' | 'parca'

/** What was named on the command line, told by its number: the page names no address, and learns of no credentials. */
export interface Service {
  kind: ServiceKind
  /** Host, port and what lies behind them: for people. */
  name: string
}

/** GET live/<number>: what a Go service has. */
export interface ServiceState {
  /** In the order of CAPTURE_KINDS. */
  kinds: CaptureKindId[]
  /** How many of each there are in the program, as its index says: goroutines, sampled allocations. */
  counts: Partial<Record<CaptureKindId, number>>
  /** Why it cannot be asked; kinds is empty then. */
  problem: SourceProblem | null
}

/** A capture that the server saved. GET live/captures/<id> gives its bytes. */
export interface Saved {
  id: number
  /** Of the file. */
  name: string
  /** Where it lies, for the person whose disk it is. */
  path: string
  size: number
}

/** POST live/<number>/<kind>?seconds=N: a line of JSON for each, the last one saved or problem. Ending the request gives the capture up. */
export type CaptureEvent = { bytes: number; total: number } | { saved: Saved } | { problem: SourceProblem }
