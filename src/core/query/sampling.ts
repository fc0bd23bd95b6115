/**
 * How many of the profiler's own samples stand behind a value, and how far chance may have moved it.
 *
 * A profile is a sample. A value rests on n events that were caught, and its relative standard error is 1/√n:
 *
 * - CPU: a tick of the profiling clock is an event, worth one period (runtime/proc.go: sigprof).
 * - Memory: an object of s bytes is caught with the probability p = 1 − e^(−s/rate) and is written as 1/p of them
 *   (runtime/mprof.go: MemProfileRate, runtime/pprof/protomem.go: scaleHeapSample). Of N objects so written n = N·p were
 *   caught, with the relative variance (1−p)/n. Large objects are nearly all caught, so that few of them are enough.
 * - Mutex and block: a wait is an event. All are caught at the rate 1; else the profile does not say how many were.
 * - Goroutines and threads are counted one by one: nothing is estimated.
 *
 * Errors of different samples are independent, so that variances add up.
 */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import { findKey } from './labels.ts'

/** Objects that are expected to be missed, below which an object that is in one profile and not in another is a change. */
const LEAST_MISSED = 0.02

/** By row of the sample table. */
export interface SampleErrors {
  /** Events that were caught. */
  count: (sample: number) => number
  /** Squared standard error of the value, in its unit squared; what adds up where standard errors do not. */
  variance: (sample: number) => number
  /** The value of one object where the profiler may have missed one; 0 where it cannot, and where events are all there is. */
  object?: (sample: number) => number
}

/** The same as columns, for the error that is shown beside a value and for telling a change from chance. */
export interface RawSamples {
  count: Float64Array
  /**
   * With the square of half an object added where one may have been missed: an object is there or not, and the normal curve
   * for which two standard errors stand is half an object off. Next to what small ones are scaled up to that is nothing.
   */
  variance: Float64Array
}

/** Whether values are scaled up from samples, so that the error of a value is shown beside it. */
export function isSampled(kind: ProfileKind): boolean {
  return kind === 'cpu' || kind === 'heap' || kind === 'allocs'
}

/** Of all samples; null as in sampleErrors. */
export function rawSamples(profile: Profile, kind: ProfileKind, sampleType: number): RawSamples | null {
  const errors = sampleErrors(profile, kind, sampleType)
  if (!errors) return null
  const { object = () => 0 } = errors
  const { length } = profile.samples
  const raw = { count: new Float64Array(length), variance: new Float64Array(length) }
  for (let s = 0; s < length; s++) {
    raw.count[s] = errors.count(s)
    raw.variance[s] = errors.variance(s) + (object(s) / 2) ** 2
  }
  return raw
}

/** null where everything is counted, and where the profile does not say how it was sampled. */
export function sampleErrors(profile: Profile, kind: ProfileKind, sampleType: number): SampleErrors | null {
  if (kind === 'cpu') return tickErrors(profile, sampleType)
  if (kind === 'heap' || kind === 'allocs') return objectErrors(profile, sampleType)
  return kind === 'mutex' || kind === 'block' ? waitErrors(profile, sampleType) : null
}

function tickErrors({ sampleTypes, samples, meta }: Profile, sampleType: number): SampleErrors | null {
  const ticks = samples.value[sampleTypes.findIndex((t) => t.type === 'samples' && t.unit === 'count')]
  const values = samples.value[sampleType]
  const period = Number(meta.period)
  if (!ticks && period <= 0) return null
  const count = (s: number) => Math.abs(ticks ? ticks[s] : values[s] / period)
  return { count, variance: (s) => (values[s] === 0 ? 0 : values[s] ** 2 / count(s)) }
}

/** The runtime divided by the probability when it wrote the profile: multiplying gives the events back. */
function objectErrors(profile: Profile, sampleType: number): SampleErrors | null {
  const { sampleTypes, samples, meta } = profile
  const what = /^(alloc|inuse)_(space|objects)$/.exec(sampleTypes[sampleType].type)?.[1]
  const space = samples.value[sampleTypes.findIndex((t) => t.type === `${what}_space`)]
  const objects = samples.value[sampleTypes.findIndex((t) => t.type === `${what}_objects`)]
  const period = Number(meta.period)
  if (!space || !objects || period <= 0) return null
  const values = samples.value[sampleType]
  const exactSize = objectSizes(profile)
  const size = (s: number) => exactSize(s) || Math.abs(space[s] / objects[s])
  const caught = (bytes: number) => (period <= 1 ? 1 : -Math.expm1(-bytes / period))
  // Go cuts the fraction off the number of objects that it writes, which of a few large ones is much: bytes tell better.
  const count = (s: number, bytes = size(s)) =>
    objects[s] === 0 ? 0 : Math.max(1, Math.round((Math.abs(space[s]) / bytes) * caught(bytes)))
  return {
    count: (s) => count(s),
    variance: (s) => {
      if (objects[s] === 0) return 0
      const bytes = size(s)
      return (values[s] ** 2 / count(s, bytes)) * (1 - caught(bytes))
    },
    object: (s) => {
      if (objects[s] === 0) return 0
      const bytes = size(s)
      const missed = count(s, bytes) * (1 - caught(bytes))
      return missed < LEAST_MISSED ? 0 : (values[s] * bytes) / Math.abs(space[s])
    },
  }
}

function waitErrors({ sampleTypes, samples }: Profile, sampleType: number): SampleErrors | null {
  const waits = samples.value[sampleTypes.findIndex((t) => t.type === 'contentions')]
  const values = samples.value[sampleType]
  if (!waits) return null
  const count = (s: number) => Math.max(1, Math.abs(waits[s]))
  return { count, variance: (s) => values[s] ** 2 / count(s) }
}

/** The label `bytes` of a sample, 0 without: the exact size of the objects it counts. */
function objectSizes(profile: Profile): (sample: number) => number {
  const { labels } = profile.samples
  const key = findKey(profile, 'bytes')
  if (!labels || key < 0) return () => 0
  const { start, str, num } = labels
  return (s) => {
    for (let l = start[s]; l < start[s + 1]; l++) if (labels.key[l] === key && str[l] === 0) return num[l]
    return 0
  }
}
