/**
 * Several profiles as one, the way pprof merges the files it is given (google/pprof profile/merge.go and
 * internal/measurement ScaleProfiles): what all of them count, in the finest unit, equal samples added up. Their tables
 * are united as for comparisons (united-tables.ts), of what samples use and in the order in which they use it.
 */

import { DoubleColumn } from '../model/columns.ts'
import { areConvertible, roundHalfAway, scale } from '../model/measure.ts'
import type { LabelTable, Mapping, Note, Profile, ValueType } from '../model/profile.ts'
import type { SampleRow, StackRow } from '../model/rows.ts'
import { depthFirst } from '../model/stack-order.ts'
import { utf8 } from '../model/utf8.ts'
import { ListTable } from './intern.ts'
import { unite } from './unite.ts'
import { type AddedRows, UnitedTables } from './united-tables.ts'

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

/**
 * Profiles of one run that count different things as one that counts all of them: samples of one stack and of equal labels
 * are one.
 */
export function joinTypes(profiles: readonly Profile[]): Profile {
  const { sources: _, samples, ...profile } = unite(profiles).profile
  const { source: __, ...rest } = samples
  return merged([{ profile: { ...profile, samples: rest } }])
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

const BASE_KEY = 'pprof::base'
const BASE_VALUE = 'true'

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
  const tables = new UnitedTables(profiles.reduce((sum, { stacks }) => sum + stacks.length, 0))
  const sums = new SampleSums(types.length)
  parts.forEach((part, p) => {
    addPart(tables, sums, part, columns[p], types)
  })
  const wanted = profiles.map((profile, p) => defaultType(profile, columns[p], names)).find((name) => name !== '') ?? ''
  const row = names.indexOf(wanted)
  const { stacks, stack } = depthFirst(tables.stackTable(), sums.stacks())
  const profile: Profile = {
    sampleTypes: types,
    defaultSampleType: row >= 0 ? row : names.length - 1,
    ...tables.finish(),
    stacks,
    samples: { length: sums.length, stack, value: sums.values(), labels: sums.labels() },
    meta: {
      ...combinedMeta(profiles, periodType),
      mappings: tables.mappings,
      defaultType: wanted,
      notes: notesOf(profiles, names),
    },
  }
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

/** pprof gives a profile without mappings one of which nothing is known. */
const NO_MAPPING: Mapping = {
  ...{ id: 1n, start: 0n, limit: 0n, offset: 0n, file: '', buildId: '' },
  ...{ hasFunctions: false, hasFilenames: false, hasLineNumbers: false, hasInlineFrames: false },
}

function withMapping(profile: Profile): Profile {
  const { meta, locations } = profile
  if (meta.mappings.length > 0) return profile
  return {
    ...profile,
    meta: { ...meta, mappings: [NO_MAPPING] },
    locations: { ...locations, mapping: new Int32Array(locations.length) },
  }
}

/** Adds the samples of one profile. columns: rows of its sample types that stand for `types`. */
function addPart(
  tables: UnitedTables,
  sums: SampleSums,
  { profile: given, ratios, marked = false }: Part,
  columns: readonly number[],
  types: readonly ValueType[],
): void {
  const profile = withMapping(given)
  const { samples } = profile
  const rows = tables.add(profile)
  const units = columns.map((column, t) => scale(1, profile.sampleTypes[column].unit, types[t].unit).value)
  const base = marked ? { key: tables.texts.row(utf8(BASE_KEY)), value: tables.texts.row(utf8(BASE_VALUE)) } : null
  const labels = new SampleLabels(profile, rows, base)
  // The first mapping is the program itself.
  if (tables.mappings.length === 0) rows.mapping(0)
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] < 0) continue
    let values: readonly number[] | null = samples.value.map((column) => column[s])
    if (ratios) values = scaled(values, ratios)
    const all = values
    values =
      all &&
      scaled(
        columns.map((column) => all[column]),
        units,
      )
    if (values?.some((v) => v !== 0) === true) sums.add(rows.stack(samples.stack[s]), labels.of(s), values)
  }
}

/** Numbers of a label in the list of a sample: key, text, unit, and both halves of the number. */
const PER_LABEL = 5

/** Labels of a profile's samples as lists of numbers that are equal where pprof takes the labels for equal. */
class SampleLabels {
  private readonly keyText = new Map<number, string>()

  constructor(
    private readonly profile: Profile,
    private readonly rows: AddedRows,
    /** Texts of the label that every sample gets. */
    private readonly base: { key: number; value: number } | null,
  ) {
    const { samples, strings } = profile
    for (const key of new Set(samples.labels?.key)) this.keyText.set(rows.text(key), strings.get(key))
    if (base) this.keyText.set(base.key, BASE_KEY)
  }

  /** Those that say something: texts before numbers, by key, several of one key in their order. */
  of(sample: SampleRow): number[] {
    const { labels } = this.profile.samples
    const { rows, base, keyText } = this
    const found: number[][] = []
    for (let l = labels?.start[sample] ?? 0; labels && l < labels.start[sample + 1]; l++) {
      const key = rows.text(labels.key[l])
      const text = rows.text(labels.str[l])
      const unit = text === 0 ? rows.text(labels.unit[l]) : 0
      const num = text === 0 ? (labels.wide?.get(l) ?? BigInt(labels.num[l])) : 0n
      const saysNothing = text === 0 && num === 0n && unit === 0
      const isReplaced = text !== 0 && key === base?.key
      if (saysNothing || isReplaced) continue
      found.push([key, text, unit, Number(BigInt.asIntN(32, num)), Number(BigInt.asIntN(32, num >> 32n))])
    }
    if (base) found.push([base.key, base.value, 0, 0, 0])
    if (found.length > 1) {
      const textOf = ([key]: number[]) => keyText.get(key as number) ?? ''
      const byKey = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
      found.sort((a, b) => Number(a[1] === 0) - Number(b[1] === 0) || byKey(textOf(a), textOf(b)))
    }
    return found.flat()
  }
}

/** Samples told apart by stack and labels, with the sums of their values. */
class SampleSums {
  private readonly samples = new ListTable()
  private readonly columns: DoubleColumn[]

  constructor(types: number) {
    this.columns = Array.from({ length: types }, () => new DoubleColumn())
  }

  get length(): number {
    return this.samples.length
  }

  add(stack: StackRow, labels: readonly number[], values: readonly number[]): void {
    const row = this.samples.row(Int32Array.of(stack, ...labels))
    this.columns.forEach((column, t) => {
      if (row === column.length) column.push(0)
      column.data[row] += values[t]
    })
  }

  stacks(): Int32Array<ArrayBuffer> {
    return this.samples.column(0)
  }

  values(): Float64Array[] {
    return this.columns.map((column) => column.finish())
  }

  labels(): LabelTable | null {
    const start = new Int32Array(this.length + 1)
    for (let s = 0; s < this.length; s++) start[s + 1] = start[s] + (this.samples.list(s).length - 1) / PER_LABEL
    const count = start[this.length]
    if (count === 0) return null
    const [key, str, unit] = Array.from({ length: 3 }, () => new Int32Array(count)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ]
    const num = new Float64Array(count)
    const wide = new Map<number, bigint>()
    for (let s = 0; s < this.length; s++) {
      const list = this.samples.list(s)
      for (let l = start[s], at = 1; at < list.length; l++, at += PER_LABEL) {
        key[l] = list[at]
        str[l] = list[at + 1]
        unit[l] = list[at + 2]
        const exact = BigInt.asUintN(32, BigInt(list[at + 3])) | (BigInt(list[at + 4]) << 32n)
        num[l] = Number(exact)
        if (BigInt(num[l]) !== exact) wide.set(l, exact)
      }
    }
    return { start, key, str, num, unit, ...(wide.size > 0 ? { wide } : {}) }
  }
}
