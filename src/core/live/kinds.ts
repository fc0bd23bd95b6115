/** What a running Go service can be asked for, in the order in which people ask: one row for each button. */

export interface CaptureKind {
  id: string
  /** Below the address of its index, /debug/pprof/. */
  path: string
  /** Recorded over some seconds: how many when nobody says. 0 = a picture of one moment. */
  seconds: number
  /** The service names it in its index; others are asked for to know whether they are there. */
  listed: boolean
}

export const CAPTURE_KINDS = [
  { id: 'heap', path: 'heap', seconds: 0, listed: true },
  { id: 'cpu', path: 'profile', seconds: 30, listed: true },
  { id: 'goroutine', path: 'goroutine', seconds: 0, listed: true },
  { id: 'goroutineleak', path: 'goroutineleak', seconds: 0, listed: true },
  { id: 'allocs', path: 'allocs', seconds: 0, listed: true },
  { id: 'mutex', path: 'mutex', seconds: 0, listed: true },
  { id: 'block', path: 'block', seconds: 0, listed: true },
  { id: 'trace', path: 'trace', seconds: 5, listed: true },
  { id: 'vars', path: '../vars', seconds: 0, listed: false },
] as const satisfies readonly CaptureKind[]

export type CaptureKindId = (typeof CAPTURE_KINDS)[number]['id']

export const captureKind = (id: string): (CaptureKind & { id: CaptureKindId }) | undefined =>
  CAPTURE_KINDS.find((kind) => kind.id === id)

/** What a capture can be: also an answer of a database. */
export type CaptureId = CaptureKindId | 'query'

/** Longest that a capture may be asked to take. */
export const MOST_SECONDS = 3600
