/**
 * Which of several united profiles are compared, and on which scale: the first numbers of a query. Samples of the base
 * count less, as `pprof -diff_base` subtracts them; those of profiles that are neither base nor current count nothing.
 * Every stage after this one sees an ordinary profile with values of both signs.
 */
import { roundHalfAway } from '../model/measure.ts'
import type { Profile, ProfileMeta, ValueType } from '../model/profile.ts'
import type { SampleTypeRow } from '../model/rows.ts'
import { alikeSamples } from './alike-samples.ts'
import type { Scale } from './options.ts'
import { type Pair, pairOf } from './pair.ts'
import type { QuerySpec } from './query-spec.ts'
import { operationsOf, type SideFacts, scaleOf } from './scales.ts'
import { absoluteOfAlike } from './weights.ts'

export type SidesSpec = Pick<QuerySpec, 'sides' | 'scale' | 'operations' | 'percentOf' | 'matchMoved'>

export interface Sided {
  profile: Profile
  pair: Pair
  /** Per sample type. */
  scales: Scale[]
  /** Per sample type and source: what its values were multiplied by; 0 = it is not looked at. */
  factors: number[][]
  /** Per sample type: what 100 % is, the sum of the base, of the current one where there is none, or of what is left. */
  whole: number[]
}

/** Behind the unit of a value. */
const PER: Readonly<Record<Scale, string>> = { measured: '', second: '/s', share: '', operation: '/op' }

const unitOn = (unit: string, scale: Scale): string => `${unit}${PER[scale]}`

/** Null for a profile that was not united. */
export function applySides(profile: Profile, spec: SidesSpec): Sided | null {
  const { sources, samples, sampleTypes } = profile
  if (!sources) return null
  const pair = pairOf(spec.sides, sources.length)
  const { base, current } = pair
  const alike = base !== null && spec.percentOf === 'difference' ? alikeSamples(profile) : null
  const made = sampleTypes.map((type, t) => sideValues(profile, sources, type, t, pair, spec, alike))
  const of = samples.source
  const stack = samples.stack.map((row, s) => (of?.[s] === current || of?.[s] === base ? row : -1))
  const { wide: _, ...kept } = samples
  const whole = alike ? { alike } : base === null ? {} : { base }
  return {
    profile: {
      ...profile,
      sampleTypes: sampleTypes.map((type, t) => ({ ...type, unit: unitOn(type.unit, made[t].scale) })),
      samples: { ...kept, stack, value: made.map(({ value }) => value), ...whole },
    },
    pair,
    scales: made.map(({ scale }) => scale),
    factors: made.map(({ factors }) => factors),
    whole: made.map(({ whole }) => whole),
  }
}

function sideValues(
  { samples }: Profile,
  sources: readonly ProfileMeta[],
  type: ValueType,
  t: SampleTypeRow,
  { base, current }: Pair,
  spec: SidesSpec,
  alike: Int32Array | null,
): { scale: Scale; factors: number[]; value: Float64Array; whole: number } {
  const values = samples.value[t]
  const totals = sources.map(() => 0)
  for (let s = 0; s < samples.length; s++) totals[samples.source?.[s] ?? 0] += values[s]
  const counts = operationsOf(spec.operations, sources.length)
  const factsOf = (i: number): SideFacts => ({
    durationNs: Number(sources[i].durationNs),
    total: totals[i],
    operations: counts[i],
  })
  const scale = scaleOf(spec.scale, type, { base: factsOf(base ?? current), current: factsOf(current) })
  const factorOf = (source: number): number => {
    if (source !== base && source !== current) return 0
    if (scale === 'second') return 1e9 / Number(sources[source].durationNs)
    if (scale === 'operation') return 1 / counts[source]
    // As pprof -normalize does: the profile is scaled to the sum of the base.
    return scale === 'share' && source === current && base !== null ? totals[base] / totals[current] : 1
  }
  const factors = sources.map((_, source) => factorOf(source))
  const value = new Float64Array(samples.length)
  let ofBase = 0
  let ofAll = 0
  for (let s = 0; s < samples.length; s++) {
    const source = samples.source?.[s] ?? 0
    if (values[s] === 0 || factors[source] === 0) continue
    const scaled = values[s] * factors[source]
    // pprof keeps whole numbers when it scales.
    const kept = scale === 'share' ? roundHalfAway(scaled) : scaled
    value[s] = source === base ? -kept : kept
    ofAll += Math.abs(kept)
    if (source === base) ofBase += Math.abs(kept)
  }
  if (alike) return { scale, factors, value, whole: absoluteOfAlike(alike, value) }
  return { scale, factors, value, whole: ofBase > 0 ? ofBase : ofAll }
}
