/** Several profiles as one, the way pprof merges the files it is given: equal samples are added up. */
import { type BuiltLabel, ProfileBuilder } from './builder.ts'
import { scale } from './measure.ts'
import type { Profile, ValueType } from './profile.ts'

/** The profiles count different things. */
export class MergeError extends Error {
  override readonly name = 'MergeError'
}

/** Throws MergeError. One profile comes back as it is. */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const [first] = profiles
  if (!first) throw new MergeError('There is no profile to merge.')
  return profiles.length === 1 ? first : merged(profiles.map((profile) => ({ profile })))
}

export interface Comparison {
  /** Samples of the base bear the label pprof::base=true, so that they stay apart and per cent are taken of them. */
  marked: boolean
  /** The profile is first scaled to the base's sum of each sample type. */
  normalize: boolean
}

/** What `pprof -base` and `-diff_base` make: the profile without what the base holds. Throws MergeError. */
export function subtractProfile(profile: Profile, base: Profile, { marked, normalize }: Comparison): Profile {
  const ratios = profile.sampleTypes.map((_, t) => {
    const own = sum(profile.samples.value[t])
    return own === 0 ? 0 : sum(base.samples.value[t] ?? new Float64Array(0)) / own
  })
  return merged([
    { profile, ratios: normalize ? ratios : undefined },
    {
      profile: base,
      ratios: base.sampleTypes.map(() => -1),
      labels: marked ? [{ key: 'pprof::base', str: 'true', num: 0, unit: '' }] : [],
    },
  ])
}

const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0)

interface Part {
  profile: Profile
  /** Values are multiplied by them and rounded, type by type. */
  ratios?: readonly number[]
  /** Added to every sample. */
  labels?: readonly BuiltLabel[]
}

function merged(parts: readonly Part[]): Profile {
  const profiles = parts.map(({ profile }) => profile)
  const [first] = profiles
  const types = first.sampleTypes.map((_, t) => finestType(profiles, t))
  const builder = new ProfileBuilder(types)
  for (const part of parts) addTo(builder, part, types)
  const metas = profiles.map((p) => p.meta)
  const times = metas.map((m) => m.timeNs).filter((t) => t !== 0)
  const profile = builder.finish(
    {
      timeNs: times.length > 0 ? Math.min(...times) : 0,
      durationNs: metas.reduce((total, m) => total + m.durationNs, 0),
      period: Math.max(...metas.map((m) => m.period)),
      periodType: first.meta.periodType,
      comments: [...new Set(metas.flatMap((m) => m.comments))],
      docUrl: metas.find((m) => m.docUrl !== '')?.docUrl ?? '',
      notes: metas.flatMap((m) => m.notes),
    },
    first.defaultSampleType,
  )
  return hasNothing(profile) ? merged([{ profile }]) : profile
}

/** Samples that cancelled each other out. */
function hasNothing({ samples }: Profile): boolean {
  for (let s = 0; s < samples.length; s++) if (samples.value.every((column) => column[s] === 0)) return true
  return false
}

/** The type with the smallest unit, so that nothing is lost. A trailing s is no difference, as in pprof. */
function finestType(profiles: readonly Profile[], t: number): ValueType {
  let finest = profiles[0].sampleTypes[t]
  for (const { sampleTypes } of profiles) {
    const type = sampleTypes[t]
    const sameCount = sampleTypes.length === profiles[0].sampleTypes.length
    if (!sameCount || !type || stem(type.type) !== stem(finest.type)) {
      throw new MergeError(`Profiles of ${listed(profiles[0])} and of ${listed({ sampleTypes })} cannot be merged.`)
    }
    if (type.unit === finest.unit) continue
    const there = scale(1, type.unit, finest.unit)
    const back = scale(1, finest.unit, type.unit)
    if (there.value * back.value < 0.999 || there.value * back.value > 1.001 || there.value === 1) {
      throw new MergeError(`${type.type} is counted in ${finest.unit} and in ${type.unit}, which cannot be merged.`)
    }
    if (there.value < 1) finest = type
  }
  return finest
}

const stem = (type: string) => type.replace(/s$/, '')
const listed = ({ sampleTypes }: Pick<Profile, 'sampleTypes'>) =>
  sampleTypes.map((t) => `${t.type}/${t.unit}`).join(', ')

function addTo(builder: ProfileBuilder, part: Part, types: readonly ValueType[]): void {
  const { profile, ratios: factors, labels: added = [] } = part
  const { strings, functions, frames, locations, stacks, samples, meta } = profile
  const ratios = types.map((type, t) => {
    const { unit } = profile.sampleTypes[t]
    return unit === type.unit ? 1 : scale(1, unit, type.unit).value
  })
  const funcs = Int32Array.from({ length: functions.length }, (_, f) =>
    builder.func(strings.get(functions.name[f]), strings.get(functions.file[f]), functions.startLine?.[f] ?? 0),
  )
  const binaries = meta.mappings.map((m) => builder.binary(m))
  const rows = new Int32Array(locations.length)
  for (let l = 0; l < locations.length; l++) {
    const own = []
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
      own.push({ func: funcs[frames.func[f]], line: frames.line[f] })
    }
    const m = locations.mapping[l]
    const binary = m >= 0 ? binaries[m] : -1
    // The same code lies elsewhere in every process: addresses count from where the binary was loaded.
    const shift = m >= 0 ? builder.startOf(binary) - meta.mappings[m].start : 0
    rows[l] = builder.location(own, binary, locations.address[l] + shift)
  }
  const stack: number[] = []
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] < 0) continue
    const own = samples.value.map((column, t) => (factors ? roundHalfAway(column[s] * factors[t]) : column[s]))
    // pprof forgets a scaled sample unless something is left of what was scaled.
    if (own.every((v, t) => v === 0 || (factors?.some((f) => f !== 1) && factors[t] === 1))) continue
    const values = own.map((v, t) => v * ratios[t])
    stack.length = 0
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) stack.push(rows[stacks.location[row]])
    builder.sample(stack, values, [...labelsOf(profile, s), ...added])
  }
}

/** Go's math.Round. */
const roundHalfAway = (v: number) => Math.sign(v) * Math.round(Math.abs(v))

export function labelsOf({ samples, strings }: Profile, sample: number): BuiltLabel[] {
  const { labels } = samples
  const list: BuiltLabel[] = []
  if (!labels) return list
  for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
    list.push({
      key: strings.get(labels.key[l]),
      str: strings.get(labels.str[l]),
      num: labels.num[l],
      unit: strings.get(labels.unit[l]),
    })
  }
  return list
}
