/**
 * Several profiles as one: their tables united, and for each sample the profile it is from (SampleTable.source). Filters,
 * granularities, trees, sums and rules work on it as on any other profile; weights (query/weights.ts) are asked for one
 * source or for all. Nothing is added up here: what pprof makes of several files is merge.ts.
 */
import { picked } from '../model/columns.ts'
import { areConvertible, scale } from '../model/measure.ts'
import type { LabelTable, Profile, ValueType } from '../model/profile.ts'
import { depthFirst } from '../model/stack-order.ts'
import { type AddedRows, UnitedTables } from './united-tables.ts'

/** Profiles that can be looked at together; a source is one byte per sample. */
export const MOST_SOURCES = 20

/** How many profiles one is made of. */
export const sourceCount = ({ sources }: Profile): number => sources?.length ?? 1

export interface United {
  profile: Profile
  /** Per profile that was united: its rows of functions and of stacks → rows of the united one. */
  rows: { func: Int32Array; stack: Int32Array }[]
}

/**
 * The profiles in their order; sources count on through profiles that are united already. Sample types of one name and of
 * units that convert are one, in the finer unit; a type that a source lacks is 0 for its samples. Time, period and the
 * sample type to open on are those of the first. Throws RangeError for none and for more than MOST_SOURCES.
 */
export function unite(profiles: readonly Profile[]): United {
  const [first] = profiles
  const count = profiles.reduce((sum, profile) => sum + sourceCount(profile), 0)
  if (!first || count > MOST_SOURCES) throw new RangeError(`1 to ${MOST_SOURCES} profiles can be united, not ${count}`)
  const sampleTypes = unitedTypes(profiles)
  const tables = new UnitedTables(profiles.reduce((sum, { stacks }) => sum + stacks.length, 0))
  const length = profiles.reduce((sum, { samples }) => sum + samples.length, 0)
  const stack = new Int32Array(length)
  const source = new Uint8Array(length)
  const value = sampleTypes.map(() => new Float64Array(length))
  const wide = sampleTypes.map(() => new Map<number, bigint>())
  const labels = new Labels(length)
  let at = 0
  let firstSource = 0
  const added: ReturnType<AddedRows['all']>[] = []
  for (const profile of profiles) {
    const { samples } = profile
    const rows = tables.add(profile)
    const all = rows.all()
    added.push(all)
    for (let s = 0; s < samples.length; s++) {
      stack[at + s] = samples.stack[s] < 0 ? -1 : all.stack[samples.stack[s]]
      source[at + s] = firstSource + (samples.source?.[s] ?? 0)
    }
    const columns = columnsOf(profile, sampleTypes)
    profile.sampleTypes.forEach((type, t) => {
      const to = columns[t]
      const factor = scale(1, type.unit, sampleTypes[to].unit).value
      for (let s = 0; s < samples.length; s++) value[to][at + s] = samples.value[t][s] * factor
      if (factor === 1) for (const [s, exact] of samples.wide?.[t] ?? []) wide[to].set(at + s, exact)
    })
    labels.add(profile, rows)
    at += samples.length
    firstSource += sourceCount(profile)
  }
  const ordered = depthFirst(tables.stackTable(), stack)
  // Texts of labels are rows of the tables too.
  const labelTable = labels.finish()
  const profile: Profile = {
    sampleTypes,
    defaultSampleType: columnsOf(first, sampleTypes)[first.defaultSampleType] ?? 0,
    ...tables.finish(),
    stacks: ordered.stacks,
    samples: {
      length,
      stack: ordered.stack,
      value,
      ...(wide.some((map) => map.size > 0) ? { wide } : {}),
      labels: labelTable,
      source,
    },
    meta: {
      ...first.meta,
      mappings: tables.mappings,
      comments: [...new Set(profiles.flatMap(({ meta }) => meta.comments))],
      notes: profiles.flatMap(({ meta }) => meta.notes),
    },
    sources: profiles.flatMap(({ sources, meta }) => sources ?? [meta]),
  }
  const renumbered = (rows: Int32Array) => (ordered.row ? picked(ordered.row, rows) : rows)
  return { profile, rows: added.map(({ func, stack }) => ({ func, stack: renumbered(stack) })) }
}

const isOne = (a: ValueType, b: ValueType) => a.type === b.type && areConvertible(a.unit, b.unit)

/** In the order of their first profile, in the finest unit that one of them has. */
function unitedTypes(profiles: readonly Profile[]): ValueType[] {
  const types: ValueType[] = []
  for (const profile of profiles) {
    columnsOf(profile, types).forEach((at, t) => {
      const type = profile.sampleTypes[t]
      if (at < 0) types.push({ ...type })
      else if (scale(1, type.unit, types[at].unit).value < 1) types[at].unit = type.unit
    })
  }
  return types
}

/** The united type of each sample type of a profile, -1 = none yet. Types of one name in one profile stay apart. */
function columnsOf({ sampleTypes }: Profile, united: readonly ValueType[]): number[] {
  const taken = new Set<number>()
  return sampleTypes.map((type) => {
    const at = united.findIndex((known, i) => !taken.has(i) && isOne(known, type))
    taken.add(at)
    return at
  })
}

/** The labels of all samples, one profile after the other. */
class Labels {
  private readonly start: Int32Array
  private readonly parts: { labels: LabelTable; rows: AddedRows; at: number }[] = []
  private samples = 0
  private length = 0

  constructor(samples: number) {
    this.start = new Int32Array(samples + 1)
  }

  add({ samples }: Profile, rows: AddedRows): void {
    const { labels } = samples
    for (let s = 0; s < samples.length; s++) {
      this.start[this.samples + s + 1] = this.length + (labels ? labels.start[s + 1] : 0)
    }
    if (labels) this.parts.push({ labels, rows, at: this.length })
    this.length += labels ? labels.start[samples.length] : 0
    this.samples += samples.length
  }

  finish(): LabelTable | null {
    if (this.length === 0) return null
    const key = new Int32Array(this.length)
    const str = new Int32Array(this.length)
    const unit = new Int32Array(this.length)
    const num = new Float64Array(this.length)
    const wide = new Map<number, bigint>()
    for (const { labels, rows, at } of this.parts) {
      const count = labels.start[labels.start.length - 1]
      for (let l = 0; l < count; l++) {
        key[at + l] = rows.text(labels.key[l])
        str[at + l] = rows.text(labels.str[l])
        unit[at + l] = rows.text(labels.unit[l])
      }
      num.set(labels.num.subarray(0, count), at)
      for (const [l, exact] of labels.wide ?? []) wide.set(at + l, exact)
    }
    return { start: this.start, key, str, num, unit, ...(wide.size > 0 ? { wide } : {}) }
  }
}
