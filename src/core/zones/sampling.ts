/**
 * How far the weight of a finding can be trusted, and from which size on it is worth a reader's time. What a value rests
 * on is in query/sampling.ts.
 */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import { sampleErrors } from '../query/sampling.ts'
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
    const { samples, sampleTypes } = profile
    const column = (type: string): Float64Array | null =>
      samples.value[sampleTypes.findIndex((t) => t.type === type)] ?? null
    const type = sampleTypes[sampleType]?.type ?? ''
    const errors = evidence && sampleTypes[sampleType] ? sampleErrors(profile, kindOf(evidence), sampleType) : null
    this.amounts = null
    this.variance = errors?.variance ?? null
    this.least = 0
    if (evidence === 'cpu') {
      // Where nobody knows what a tick is worth, a sample is one event.
      const values = samples.value[sampleType]
      this.variance ??= (s) => values[s] ** 2
    } else if (evidence === 'memory') {
      this.amounts = column(`${/^(alloc|inuse)_/.exec(type)?.[1]}_space`)
      this.least = LEAST_BYTES
    } else if (evidence === 'mutex' || evidence === 'block') {
      this.amounts = column('delay')
      this.least = LEAST_WAIT
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

/** Both kinds of memory profiles are sampled alike. */
const kindOf = (evidence: Evidence): ProfileKind => (evidence === 'memory' ? 'heap' : evidence)

/** Few events make less certain of how much it is, whatever the frames say of what it is. */
export function certaintyOf(confidence: Confidence, { events }: Size): Confidence {
  if (events >= SURE_EVENTS) return confidence
  return confidence === 'certain' ? 'likely' : 'hint'
}
