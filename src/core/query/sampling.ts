/**
 * How many of the profiler's own samples stand behind a value, and how far chance may have moved it. Only for
 * profiles that Go samples and scales: CPU by time, heap by bytes. Everything else counts all there is.
 */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'

/** Per sample row. */
export interface RawSamples {
  count: Float64Array
  /** Of the value, in its unit squared; what adds up where standard errors do not. */
  variance: Float64Array
}

export function isSampled(kind: ProfileKind): boolean {
  return kind === 'cpu' || kind === 'heap' || kind === 'allocs'
}

/** null where the profile does not say how it was sampled. */
export function rawSamples(profile: Profile, kind: ProfileKind, sampleType: number): RawSamples | null {
  if (kind === 'cpu') return cpuSamples(profile, sampleType)
  return kind === 'heap' || kind === 'allocs' ? heapSamples(profile, sampleType) : null
}

/** Each tick of the profiling clock is one sample, worth one period. */
function cpuSamples({ sampleTypes, samples, meta }: Profile, sampleType: number): RawSamples | null {
  const ticks = sampleTypes.findIndex((t) => t.type === 'samples' && t.unit === 'count')
  const values = samples.value[sampleType]
  const period = Number(meta.period)
  if (ticks < 0 && period <= 0) return null
  const count = ticks < 0 ? values.map((v) => Math.abs(v) / period) : samples.value[ticks].map(Math.abs)
  return { count, variance: values.map((v, s) => (count[s] > 0 ? (v * v) / count[s] : 0)) }
}

/**
 * The runtime samples an object of s bytes with probability p = 1 - e^(-s / period) and divides by p when it
 * writes the profile: multiplying gives the samples back. Large objects are nearly always seen, so that they
 * add next to nothing to the error.
 */
function heapSamples(profile: Profile, sampleType: number): RawSamples | null {
  const { sampleTypes, samples, meta } = profile
  const what = /^(alloc|inuse)_(space|objects)$/.exec(sampleTypes[sampleType].type)?.[1]
  const space = sampleTypes.findIndex((t) => t.type === `${what}_space`)
  const objects = sampleTypes.findIndex((t) => t.type === `${what}_objects`)
  const period = Number(meta.period)
  if (what === undefined || space < 0 || objects < 0 || period <= 0) return null
  const size = objectSizes(profile)
  const values = samples.value[sampleType]
  const count = new Float64Array(samples.length)
  const variance = new Float64Array(samples.length)
  for (let s = 0; s < samples.length; s++) {
    const all = Math.abs(samples.value[objects][s])
    if (all === 0) continue
    const bytes = size[s] > 0 ? size[s] : Math.abs(samples.value[space][s]) / all
    const seen = period <= 1 ? 1 : -Math.expm1(-bytes / period)
    // What was sampled is a whole number; scaling and rounding blur it.
    count[s] = Math.max(1, Math.round(all * seen))
    variance[s] = ((values[s] * values[s]) / count[s]) * (1 - seen)
  }
  return { count, variance }
}

/** The label `bytes` of each sample, 0 without: the exact size of the objects it counts. */
function objectSizes({ samples, strings }: Profile): Float64Array {
  const sizes = new Float64Array(samples.length)
  const { labels } = samples
  if (!labels) return sizes
  for (let s = 0; s < samples.length; s++) {
    for (let l = labels.start[s]; l < labels.start[s + 1]; l++) {
      if (labels.str[l] === 0 && strings.get(labels.key[l]) === 'bytes') sizes[s] = labels.num[l]
    }
  }
  return sizes
}
