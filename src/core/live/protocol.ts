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
  /** What names of its saved profiles begin with; '' = not known. */
  prefix: string
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

/** GET live/saved: captures that lie on this disk since earlier. GET live/saved/<name> gives the bytes of one. */
export interface SavedCaptures {
  /** Where captures are saved; it may not be there yet. */
  folder: string
  /** The newest first. */
  files: SavedFile[]
  /** How many there are besides, all older. */
  leftOut: number
}

export interface SavedFile {
  name: string
  /** When it was written, in milliseconds since 1970. */
  time: number
  size: number
}

/** POST live/<number>/<kind>?seconds=N: a line of JSON for each, the last one saved or problem. Ending the request gives the capture up. */
export type CaptureEvent = { bytes: number; total: number } | { saved: Saved } | { problem: SourceProblem }
