/**
 * How far the weight of a finding can be trusted, and from which size on it is worth a reader's time.
 *
 * A profile is a sample. What a zone weighs rests on n events that were caught, and its relative standard error is 1/√n:
 *
 * - CPU: a tick of the profiler is an event (runtime/proc.go: sigprof). A weight of v rests on v / period of them.
 * - Memory: an allocation of s bytes is caught with the probability p = 1 − e^(−s/rate), and is written as 1/p of them
 *   (runtime/mprof.go: MemProfileRate, runtime/pprof/protomem.go: scaleHeapSample). Of N objects so written N·p were
 *   caught, with the relative variance (1−p)/(N·p): as much as n = N·(e^(s/rate) − 1) events leave. Large objects are
 *   nearly all caught, so that few of them are enough.
 * - Mutex and block: a wait is an event. All are caught at the rate 1; else the profile does not say how many were.
 * - Goroutines are counted one by one: nothing is estimated.
 *
 * Errors of different stacks are independent, so that variances add up.
 */
import type { Profile } from '../model/profile.ts'
import { type Evidence, FLOOR } from './rule.ts'
import type { Confidence } from './zone.ts'

/** Below it the standard error is more than half of the value: at 95 % (two of them) it may be nothing at all. */
export const LEAST_EVENTS = 4
/** From here on the value is known to half of itself, at 95 %. */
export const SURE_EVENTS = 16
/** The floor's share of one second, in nanoseconds: what takes less of all waiting is not worth a reader's time. */
export const LEAST_WAIT = FLOOR * 1e9
/** The floor's share of 4 MiB, the smallest heap at which Go's collector starts (runtime/mgc.go: heapMinimum). */
export const LEAST_BYTES = FLOOR * 4 * 2 ** 20

/** What a zone rests on. */
export interface Size {
  /** Events, as many as leave an error like its own; Infinity where nothing was estimated. */
  events: number
  /** Bytes or nanoseconds, by whatever sample type the profile is read; null where the profile tells neither. */
  amount: number | null
}

export class Sampling {
  /** Squared standard error of the value of each sample; null: values are exact. */
  readonly variance: ((sample: number) => number) | null
  /** Bytes or nanoseconds of each sample. */
  readonly amounts: Float64Array | null
  private readonly least: number

  constructor(profile: Profile, sampleType: number, evidence: Evidence | null) {
    const { samples, sampleTypes, meta } = profile
    const values = samples.value[sampleType]
    const column = (type: string): Float64Array | null =>
      samples.value[sampleTypes.findIndex((t) => t.type === type)] ?? null
    const { type, unit } = sampleTypes[sampleType] ?? { type: '', unit: '' }
    this.amounts = null
    this.variance = null
    this.least = 0
    if (evidence === 'cpu') {
      const tick = unit === 'count' ? 1 : Number(meta.period)
      this.variance = tick > 0 ? (s) => Math.abs(values[s]) * tick : (s) => values[s] ** 2
    } else if (evidence === 'memory') {
      const state = /^(alloc|inuse)_/.exec(type)?.[1]
      const bytes = column(`${state}_space`)
      const objects = column(`${state}_objects`)
      const rate = Number(meta.period)
      this.amounts = bytes
      this.least = LEAST_BYTES
      if (bytes && objects && rate > 0) {
        this.variance = (s) =>
          objects[s] === 0 ? 0 : values[s] ** 2 / Math.abs(objects[s] * Math.expm1(bytes[s] / objects[s] / rate))
      }
    } else if (evidence === 'mutex' || evidence === 'block') {
      const waits = column('contentions')
      this.amounts = column('delay')
      this.least = LEAST_WAIT
      if (waits) this.variance = (s) => values[s] ** 2 / Math.max(1, Math.abs(waits[s]))
    }
  }

  /** `variance` and `amount` are sums over its samples. */
  sizeOf(value: number, variance: number, amount: number): Size {
    return {
      events: variance > 0 ? value ** 2 / variance : Number.POSITIVE_INFINITY,
      amount: this.amounts ? Math.abs(amount) : null,
    }
  }

  isEnough({ events, amount }: Size): boolean {
    return events >= LEAST_EVENTS && (amount === null || amount >= this.least)
  }
}

/** Few events make less certain of how much it is, whatever the frames say of what it is. */
export function certaintyOf(confidence: Confidence, { events }: Size): Confidence {
  if (events >= SURE_EVENTS) return confidence
  return confidence === 'certain' ? 'likely' : 'hint'
}
