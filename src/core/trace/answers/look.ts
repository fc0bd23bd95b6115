/** What all answers share: the trace, the time that was asked about, and when it was so. */
import { isOfRuntime } from '../functions.ts'
import { IDLE, PAUSE, PROCESSORS, type Trace } from '../trace.ts'
import { Places } from './places.ts'
import { Spans } from './spans.ts'
import type { ExampleOf } from './spread.ts'

/** Two times of the trace's clock. */
export interface Within {
  from: number
  to: number
}

export interface Times {
  length: number
  from: Float64Array
  to: Float64Array
}

export class Look {
  readonly places: Places
  /** By row of texts: whether goroutines that began with it are the program's. */
  readonly isOwn: readonly boolean[]
  /** While the world was stopped. */
  readonly pauses: Spans
  /** While a processor had nothing to do, the world not being stopped. */
  readonly idle: Spans
  /** How many processors there were: the last that was said. */
  readonly processors: number
  readonly from: number
  readonly to: number

  constructor(
    readonly trace: Trace,
    within: Within | null,
  ) {
    const { ranges, processors, metrics, texts } = trace
    this.from = Math.max(trace.started, trace.from, within?.from ?? 0)
    this.to = Math.min(trace.to, within?.to ?? trace.to)
    this.isWhole = this.from <= trace.started && this.to >= trace.to
    this.places = new Places(trace)
    this.isOwn = texts.map((text) => !isOfRuntime(text))
    this.pauses = this.spans(ranges, (i) => ranges.kind[i] === PAUSE)
    this.idle = this.spans(processors, (i) => processors.state[i] === IDLE).without(this.pauses)
    let count = new Set(processors.processor).size
    for (let i = 0; i < metrics.length && (metrics.time[i] < this.to || this.isWhole); i++)
      if (metrics.kind[i] === PROCESSORS) count = metrics.value[i]
    this.processors = count
  }

  private readonly isWhole: boolean

  get durationNs(): number {
    return Math.max(0, this.to - this.from)
  }

  /** Nanoseconds of a time that lie within what was asked about, -1 = none. What takes no time is in the range that it begins. */
  ns(from: number, to: number): number {
    if (this.isWhole) return to - from
    const ns = Math.min(to, this.to) - Math.max(from, this.from)
    return ns > 0 || (from === to && from >= this.from && from < this.to) ? ns : -1
  }

  /** When it begins to count. */
  at(from: number): number {
    return this.isWhole ? from : Math.max(from, this.from)
  }

  /** Whether something happened within what was asked about. */
  has(time: number): boolean {
    return this.isWhole || (time >= this.from && time < this.to)
  }

  /** When at least one of some rows goes on, within what was asked about. */
  spans({ length, from, to }: Times, counts: (i: number) => boolean): Spans {
    const begins = new Float64Array(length)
    const ends = new Float64Array(length)
    let count = 0
    for (let i = 0; i < length; i++) {
      if (!counts(i)) continue
      const ns = this.ns(from[i], to[i])
      if (ns < 0) continue
      begins[count] = this.at(from[i])
      ends[count++] = this.at(from[i]) + ns
    }
    return Spans.union(begins.subarray(0, count), ends.subarray(0, count))
  }

  /** Row of the interval behind each one of the same goroutine, -1 = none. */
  get next(): Int32Array {
    this.found ??= nextOf(this.trace)
    return this.found
  }

  private found: Int32Array | null = null

  readonly example: ExampleOf = (interval, range, at, ns) => {
    const { intervals, ranges, goroutines, started } = this.trace
    const row = interval >= 0 ? intervals.goroutine[interval] : range >= 0 ? ranges.goroutine[range] : -1
    const stack = interval >= 0 ? intervals.stack[interval] : range >= 0 ? ranges.stack[range] : 0
    return { goroutine: goroutines[row]?.id ?? -1, row, interval, range, atNs: at - started, ns, stack }
  }
}

function nextOf({ intervals, goroutines }: Trace): Int32Array {
  const next = new Int32Array(intervals.length)
  const last = new Int32Array(goroutines.length).fill(-1)
  for (let i = intervals.length - 1; i >= 0; i--) {
    next[i] = last[intervals.goroutine[i]]
    last[intervals.goroutine[i]] = i
  }
  return next
}
