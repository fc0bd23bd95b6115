/**
 * A trace as tables. Times are nanoseconds of the trace's clock, rows are indexes into the other tables, -1 = none. Rows
 * of intervals, ranges, metrics, logs and samples are in the order in which they began.
 */
import type { Frame } from './names.ts'

/** States of a goroutine, as numbered in traces. */
export const RUNNABLE = 1
export const RUNNING = 2
export const SYSCALL = 3
export const WAITING = 4

/** Their names, by number. */
export const STATES = ['', 'runnable', 'running', 'syscall', 'waiting'] as const
export type State = Exclude<(typeof STATES)[number], ''>

/** What a goroutine waits for, told by the reason that Go gives, as `go tool trace` sorts them for its profiles. */
export function waitOf(reason: string): 'network' | 'sync' | 'other' {
  if (reason === 'network') return 'network'
  return /chan|sync|select/.test(reason) ? 'sync' : 'other'
}

/** States of a processor. */
export const BUSY = 1
export const IDLE = 2

/** Kinds of ranges. */
export const GC = 0
export const PAUSE = 1
export const SWEEP = 2
export const ASSIST = 3
export const TASK = 4
export const REGION = 5

/** Kinds of metrics. */
export const PROCESSORS = 0
export const HEAP = 1
export const HEAP_GOAL = 2

export interface Goroutine {
  id: number
  /** Row of texts: the function that it began with, 0 = no stack says. */
  func: number
  /** Row of the goroutine that started it, -1 = there before the trace, or started by none. */
  creator: number
  /** Where it was started, a row of stacks. */
  createdAt: number
  /** Row of stacks: one that holds nothing but the function that it began with, 0 = it was there before the trace. */
  begins: number
  /** When it was created, or first seen. */
  from: number
  /** When it ended; the end of the trace for what is still there. */
  to: number
  isCreated: boolean
  isEnded: boolean
  /** When it ran first, 0 = never. */
  ran: number
  /** When it blocked for good, 0 = it did not. */
  forever: number
  /** Row of texts: what it was at work as last, for workers of the collector. */
  label: number
  /** Row of the interval that it is in when the trace ends, -1 = it ended. */
  open: number
}

export interface Intervals {
  length: number
  /** Row. */
  goroutine: Int32Array
  /** RUNNABLE to WAITING. */
  state: Uint8Array
  /** Row of texts: why it stopped running. */
  reason: Int32Array
  /** Of the event that began it: its own stack where it stopped, that of who woke or created it where it is runnable. */
  stack: Int32Array
  /** Number of the processor that it runs on, or that it is in a system call with. */
  processor: Int32Array
  /** Row of the goroutine that made it runnable: that woke it, created it, or handed over to it. -1 = no goroutine did: the network poller, a timer, the scheduler itself. */
  by: Int32Array
  from: Float64Array
  to: Float64Array
}

export interface ProcessorIntervals {
  length: number
  processor: Int32Array
  /** BUSY or IDLE. */
  state: Uint8Array
  from: Float64Array
  to: Float64Array
}

export interface Ranges {
  length: number
  /** GC to REGION. */
  kind: Uint8Array
  /** Row of texts: kind of the pause, name of task or region. */
  name: Int32Array
  /** -1 = of none; of a task of which only a part was read, of one that is not there any more. */
  goroutine: Int32Array
  /** Of sweeps. */
  processor: Int32Array
  /** Of tasks and regions: its id. */
  task: Float64Array
  stack: Int32Array
  from: Float64Array
  to: Float64Array
  /** 1 = both ends are in the trace. */
  isWhole: Uint8Array
}

export interface Metrics {
  length: number
  /** PROCESSORS to HEAP_GOAL. */
  kind: Uint8Array
  time: Float64Array
  value: Float64Array
}

/** What goroutines were at work as, each time that it was said: of workers of the collector, "GC (dedicated)". */
export interface Labels {
  length: number
  time: Float64Array
  goroutine: Int32Array
  /** Row of texts. */
  label: Int32Array
}

export interface Log {
  time: number
  goroutine: number
  task: number
  /** Rows of texts. */
  key: number
  value: number
  stack: number
}

export interface Samples {
  length: number
  time: Float64Array
  goroutine: Int32Array
  processor: Int32Array
  stack: Int32Array
}

/** How many events of each kind Go's reader counts. */
export interface EventCounts {
  sync: number
  transition: number
  metric: number
  rangeBegin: number
  rangeActive: number
  rangeEnd: number
  sample: number
  label: number
  task: number
  region: number
  log: number
  experimental: number
}

/** Why a trace is not whole. */
export interface Missing {
  /** cut: the file ends within a generation; damaged: from there on it makes no sense; too-large: it goes on. */
  why: 'cut' | 'damaged' | 'too-large'
  /** A sentence. */
  says: string
  /** Of the file that were not read. */
  bytes: number
}

export interface Trace {
  /** The format: "1.26", which Go 1.27 writes too. */
  version: string
  /** When its first generation begins, and its last ends; where only a part was read, when that begins and ends. */
  from: number
  to: number
  /** When the first thing happened. */
  started: number
  /** When the first generation was written, in ms since 1970; null before Go 1.25. */
  wallMs: number | null
  generations: number
  counts: EventCounts
  /** Experimental batches that were passed over. */
  skipped: number
  /** Null = all of it was read. */
  missing: Missing | null
  texts: readonly string[]
  frames: readonly Frame[]
  /** Frames of stack i: stackFrame[stackStart[i], stackStart[i + 1]), leaf first. Stack 0 has none. */
  stackStart: Int32Array
  stackFrame: Int32Array
  goroutines: readonly Goroutine[]
  intervals: Intervals
  processors: ProcessorIntervals
  ranges: Ranges
  metrics: Metrics
  labels: Labels
  logs: readonly Log[]
  samples: Samples
}

export const eventsOf = ({ counts }: Trace) => Object.values<number>({ ...counts }).reduce((a, b) => a + b, 0)

/** Whether the interval ended before the trace did. */
export const isEnded = ({ goroutines, intervals }: Trace, i: number) => goroutines[intervals.goroutine[i]].open !== i
