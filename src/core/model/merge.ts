/**
 * Several profiles as one, the way pprof merges the files it is given (google/pprof profile/merge.go and
 * internal/measurement ScaleProfiles): what all of them count, in the finest unit, equal samples added up.
 */
import { type BuiltLabel, type BuiltMapping, ProfileBuilder } from './builder.ts'
import { areConvertible, scale } from './measure.ts'
import type { Note, Profile, ValueType } from './profile.ts'

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
  if (normalize) requireSameTypes(profile, base)
  const ratios = profile.sampleTypes.map((_, t) => {
    const own = sum(profile.samples.value[t])
    return own === 0 ? 0 : sum(base.samples.value[t] ?? new Float64Array(0)) / own
  })
  return merged([
    { profile, ratios: normalize ? ratios : undefined },
    { profile: base, ratios: base.sampleTypes.map(() => -1), marked },
  ])
}

const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0)

interface Part {
  profile: Profile
  /** Values are multiplied by them and rounded, type by type. */
  ratios?: readonly number[]
  /** Its samples get the label pprof::base. */
  marked?: boolean
}

const BASE_LABEL: BuiltLabel = { key: 'pprof::base', str: 'true', num: 0, unit: '' }

function merged(parts: readonly Part[]): Profile {
  const profiles = parts.map(({ profile }) => profile)
  const periodType = finest(profiles.map(periodTypeOf), periodsDiffer)
  const names = commonTypes(profiles)
  const columns = profiles.map((profile) => names.map((name) => rowOf(profile, name)))
  const types = names.map((_, i) =>
    finest(
      profiles.map((profile, p) => profile.sampleTypes[columns[p][i]]),
      unitsDiffer,
    ),
  )
  const builder = new ProfileBuilder(types)
  parts.forEach((part, p) => {
    new Addition(builder, part.profile).run(part, columns[p], types)
  })
  const wanted = profiles.map((profile, p) => defaultType(profile, columns[p], names)).find((name) => name !== '') ?? ''
  const row = names.indexOf(wanted)
  const profile = builder.finish(
    { ...combinedMeta(profiles, periodType), defaultType: wanted, notes: notesOf(profiles, names) },
    row >= 0 ? row : names.length - 1,
  )
  return hasNothing(profile) ? merged([{ profile }]) : profile
}

/** Samples that cancelled each other out. */
function hasNothing({ samples }: Profile): boolean {
  for (let s = 0; s < samples.length; s++) if (samples.value.every((column) => column[s] === 0)) return true
  return false
}

/** Names of the sample types that every profile has, in the order of the first one. */
function commonTypes(profiles: readonly Profile[]): string[] {
  const count = new Map<string, number>()
  for (const { sampleTypes } of profiles)
    for (const { type } of sampleTypes) count.set(type, (count.get(type) ?? 0) + 1)
  const names = profiles[0].sampleTypes.map(({ type }) => type).filter((type) => count.get(type) === profiles.length)
  if (names.length > 0) return names
  const sets = [...new Set(profiles.map(listed))]
  throw new MergeError(`Profiles of ${sets.join(' and of ')} have no sample type in common and cannot be merged.`)
}

const rowOf = ({ sampleTypes }: Profile, name: string) => sampleTypes.findIndex(({ type }) => type === name)
const listed = ({ sampleTypes }: Profile) => sampleTypes.map((t) => `${t.type}/${t.unit}`).join(', ')
const periodTypeOf = ({ meta }: Profile): ValueType => meta.periodType ?? { type: '', unit: '' }

/** The type with the smallest unit, so that nothing is lost. */
function finest(types: readonly ValueType[], refuse: (a: ValueType, b: ValueType) => MergeError): ValueType {
  let least = types[0] as ValueType
  for (const type of types.slice(1)) {
    if (type.type !== least.type || !areConvertible(type.unit, least.unit)) throw refuse(least, type)
    if (scale(1, type.unit, least.unit).value < 1) least = type
  }
  return { ...least }
}

const unitsDiffer = (a: ValueType, b: ValueType) =>
  new MergeError(`${a.type} is counted in ${a.unit} and in ${b.unit}, which cannot be merged.`)

const periodsDiffer = (a: ValueType, b: ValueType) =>
  new MergeError(`One profile is sampled by ${periodText(a)}, another by ${periodText(b)}: they cannot be merged.`)

const periodText = ({ type, unit }: ValueType) => (type === '' ? 'nothing that it names' : `${type}/${unit}`)

/** pprof normalizes before it looks for what two profiles have in common. */
function requireSameTypes(a: Profile, b: Profile): void {
  const [own, other] = [periodTypeOf(a), periodTypeOf(b)]
  if (own.type !== other.type || own.unit !== other.unit) throw periodsDiffer(own, other)
  if (listed(a) === listed(b)) return
  throw new MergeError(`Profiles of ${listed(a)} and of ${listed(b)} cannot be normalized to each other.`)
}

/** What the profile opens on once it holds only these types; '' = it does not say. */
function defaultType({ sampleTypes, meta }: Profile, columns: readonly number[], names: readonly string[]): string {
  const same = columns.length === sampleTypes.length && columns.every((column, i) => column === i)
  return same || names.includes(meta.defaultType) ? meta.defaultType : names[0]
}

function combinedMeta(profiles: readonly Profile[], periodType: ValueType) {
  const metas = profiles.map(({ meta }) => meta)
  const { dropFrames, keepFrames } = metas[0]
  let timeNs = 0n
  let period = 0n
  for (const meta of metas) {
    if (timeNs === 0n || meta.timeNs < timeNs) timeNs = meta.timeNs
    const own = inUnit(meta.period, meta.periodType?.unit ?? '', periodType.unit)
    if (period === 0n || period < own) period = own
  }
  return {
    timeNs,
    durationNs: metas.reduce((total, m) => total + m.durationNs, 0n),
    period,
    periodType: periodType.type === '' && periodType.unit === '' ? null : periodType,
    comments: [...new Set(metas.flatMap((m) => m.comments))],
    docUrl: metas.find((m) => m.docUrl !== '')?.docUrl ?? '',
    dropFrames,
    keepFrames,
  }
}

function inUnit(value: bigint, from: string, to: string): bigint {
  return from === to ? value : BigInt(Math.trunc(scale(Number(value), from, to).value))
}

/** Their own, and which sample types not all of them have. */
function notesOf(profiles: readonly Profile[], names: readonly string[]): Note[] {
  const lost = new Set(profiles.flatMap(({ sampleTypes }) => sampleTypes.map((t) => t.type)))
  for (const name of names) lost.delete(name)
  const notes = profiles.flatMap(({ meta }) => meta.notes)
  return lost.size === 0
    ? notes
    : [...notes, { code: 'types-left-out', count: lost.size, detail: [...lost].join(', ') }]
}

/** pprof's Profile.ScaleN: null when nothing is left of what was scaled. */
function scaled(values: readonly number[], ratios: readonly number[]): readonly number[] | null {
  if (ratios.every((ratio) => ratio === 1)) return values
  const out = values.map((v, t) => (ratios[t] === 1 ? v : roundHalfAway(v * ratios[t])))
  return out.some((v, t) => v !== 0 && ratios[t] !== 1) ? out : null
}

/** Go's math.Round. */
const roundHalfAway = (v: number) => Math.sign(v) * Math.round(Math.abs(v))

/** pprof gives a profile without mappings one of which nothing is known. */
const noMapping: BuiltMapping = {}

/** Adds the samples of one profile, with the functions, locations and mappings that they use, in the order of use. */
class Addition {
  private readonly funcs: Int32Array
  private readonly rows: Int32Array
  private readonly binaries: Int32Array

  constructor(
    private readonly builder: ProfileBuilder,
    private readonly profile: Profile,
  ) {
    this.funcs = new Int32Array(profile.functions.length).fill(-1)
    this.rows = new Int32Array(profile.locations.length).fill(-1)
    this.binaries = new Int32Array(Math.max(1, profile.meta.mappings.length)).fill(-1)
  }

  /** columns: rows of the profile's sample types that stand for `types`. */
  run({ ratios, marked = false }: Part, columns: readonly number[], types: readonly ValueType[]): void {
    const { builder, profile } = this
    const { stacks, samples } = profile
    const units = columns.map((column, t) => scale(1, profile.sampleTypes[column].unit, types[t].unit).value)
    // The first mapping is the program itself.
    if (!builder.hasBinaries) this.binary(0)
    const stack: number[] = []
    for (let s = 0; s < samples.length; s++) {
      if (samples.stack[s] < 0) continue
      let values: readonly number[] | null = samples.value.map((column) => column[s])
      if (ratios) values = scaled(values, ratios)
      values =
        values &&
        scaled(
          columns.map((column) => (values as readonly number[])[column]),
          units,
        )
      if (values?.some((v) => v !== 0) !== true) continue
      stack.length = 0
      for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
        stack.push(this.location(stacks.location[row]))
      }
      builder.sample(stack, values, marked ? this.markedLabels(s) : labelsOf(profile, s))
    }
  }

  private markedLabels(sample: number): BuiltLabel[] {
    return [...labelsOf(this.profile, sample).filter((l) => l.key !== BASE_LABEL.key || l.str === ''), BASE_LABEL]
  }

  private location(l: number): number {
    if (this.rows[l] >= 0) return this.rows[l]
    const { builder, profile } = this
    const { frames, locations, meta } = profile
    const own = []
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
      own.push({ func: this.func(frames.func[f]), line: frames.line[f], column: frames.column?.[f] ?? 0 })
    }
    const m = meta.mappings.length === 0 ? 0 : locations.mapping[l]
    const binary = m >= 0 ? this.binary(m) : -1
    // The same code lies elsewhere in every process: addresses count from where the binary was loaded.
    const shift = m >= 0 ? builder.startOf(binary) - (meta.mappings[m]?.start ?? 0n) : 0n
    const address = BigInt.asUintN(64, locations.address[l] + shift)
    this.rows[l] = builder.location(own, binary, address, locations.folded?.[l] === 1)
    return this.rows[l]
  }

  private func(f: number): number {
    if (this.funcs[f] >= 0) return this.funcs[f]
    const { strings, functions } = this.profile
    const { name, file, startLine, systemName, standIn } = functions
    this.funcs[f] = this.builder.funcOf({
      name: strings.get(name[f]),
      file: strings.get(file[f]),
      startLine: startLine?.[f] ?? 0,
      ...(systemName ? { systemName: strings.get(systemName[f]) } : {}),
      standIn: standIn?.[f] ?? 0,
    })
    return this.funcs[f]
  }

  private binary(m: number): number {
    if (this.binaries[m] < 0) this.binaries[m] = this.builder.binary(this.profile.meta.mappings[m] ?? noMapping)
    return this.binaries[m]
  }
}

/** Those that say something. */
function labelsOf({ samples, strings }: Profile, sample: number): BuiltLabel[] {
  const { labels } = samples
  const list: BuiltLabel[] = []
  if (!labels) return list
  for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
    const str = strings.get(labels.str[l])
    const num = str === '' ? (labels.wide?.get(l) ?? labels.num[l]) : 0
    const unit = str === '' ? strings.get(labels.unit[l]) : ''
    if (str !== '' || num !== 0 || unit !== '') list.push({ key: strings.get(labels.key[l]), str, num, unit })
  }
  return list
}
