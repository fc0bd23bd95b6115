/**
 * Several profiles as one: their tables united, and for each sample the profile it is from (SampleTable.source). Filters,
 * granularities, trees, sums and rules work on it as on any other profile; weights (query/weights.ts) are asked for one
 * source or for all. Nothing is added up here: what pprof makes of several files is model/merge.ts.
 */
import { picked, WordColumn } from '../model/columns.ts'
import { areConvertible, scale } from '../model/measure.ts'
import type { FunctionTable, LabelTable, LocationTable, Mapping, Profile, ValueType } from '../model/profile.ts'
import { depthFirst } from '../model/stack-order.ts'
import type { Strings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { ListTable, StringTable } from './intern.ts'

/** Profiles that can be looked at together; a source is one byte per sample. */
export const MOST_SOURCES = 20

/** How many profiles one is made of. */
export const sourceCount = ({ samples }: Profile): number => samples.sources ?? 1

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
  const tables = new Tables()
  const length = profiles.reduce((sum, { samples }) => sum + samples.length, 0)
  const stack = new Int32Array(length)
  const source = new Uint8Array(length)
  const value = sampleTypes.map(() => new Float64Array(length))
  const wide = sampleTypes.map(() => new Map<number, bigint>())
  const labels = new Labels(length)
  let at = 0
  let firstSource = 0
  const added: RowMaps[] = []
  for (const profile of profiles) {
    const { samples } = profile
    const rows = tables.add(profile)
    added.push(rows)
    for (let s = 0; s < samples.length; s++) {
      stack[at + s] = samples.stack[s] < 0 ? -1 : rows.stack[samples.stack[s]]
      source[at + s] = firstSource + (samples.source?.[s] ?? 0)
    }
    const columns = columnsOf(profile, sampleTypes)
    profile.sampleTypes.forEach((type, t) => {
      const to = columns[t]
      const factor = scale(1, type.unit, sampleTypes[to].unit).value
      for (let s = 0; s < samples.length; s++) value[to][at + s] = samples.value[t][s] * factor
      if (factor === 1) for (const [s, exact] of samples.wide?.[t] ?? []) wide[to].set(at + s, exact)
    })
    labels.add(profile, rows.text)
    at += samples.length
    firstSource += sourceCount(profile)
  }
  const ordered = depthFirst(tables.stackTable(), stack)
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
      labels: labels.finish(),
      source,
      sources: count,
    },
    meta: {
      ...first.meta,
      mappings: tables.mappings,
      comments: [...new Set(profiles.flatMap(({ meta }) => meta.comments))],
      notes: profiles.flatMap(({ meta }) => meta.notes),
    },
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

/** Rows of one profile → rows of the united one. */
interface RowMaps {
  text: Int32Array
  func: Int32Array
  stack: Int32Array
}

/** Numbers of a function in its list, see `functionList`. */
const FUNCTION = { name: 0, file: 1, startLine: 2, systemName: 3, standIn: 4 } as const
/** What comes before the frames in the list of a location: mapping, both halves of the address, folded, inlined. */
const LOCATION_HEAD = 5
/** Func, line and column. */
const PER_FRAME = 3

class Tables {
  readonly mappings: Mapping[] = []
  private readonly texts = new StringTable()
  private readonly functions = new ListTable()
  private readonly locations = new ListTable()
  private readonly stacks = new ListTable()
  private readonly mappingRow = new Map<string, number>()
  private hasSystemNames = false
  private hasStandIns = false
  private hasStartLines = false

  constructor() {
    // The empty stack.
    this.stacks.row(Int32Array.of(-1, -1))
  }

  add(profile: Profile): RowMaps {
    const text = this.addStrings(profile.strings)
    const func = this.addFunctions(profile.functions, text)
    const location = this.addLocations(profile, func)
    const { stacks } = profile
    const stack = new Int32Array(stacks.length)
    const pair = new Int32Array(2)
    for (let row = 1; row < stacks.length; row++) {
      pair[0] = stack[stacks.parent[row]]
      pair[1] = location[stacks.location[row]]
      stack[row] = this.stacks.row(pair)
    }
    return { text, func, stack }
  }

  private addStrings(strings: Strings): Int32Array {
    const rows = new Int32Array(strings.length)
    for (let i = 0; i < rows.length; i++) rows[i] = this.texts.row(strings.bytes(i))
    return rows
  }

  private addFunctions({ length, name, file, startLine, systemName, standIn }: FunctionTable, text: Int32Array) {
    this.hasSystemNames ||= systemName !== undefined
    this.hasStandIns ||= standIn !== undefined
    this.hasStartLines ||= startLine !== undefined
    const rows = new Int32Array(length)
    const list = new Int32Array(Object.keys(FUNCTION).length)
    for (let f = 0; f < length; f++) {
      list[FUNCTION.name] = text[name[f]]
      list[FUNCTION.file] = text[file[f]]
      list[FUNCTION.startLine] = startLine?.[f] ?? 0
      // Without the column it is the file's own name, which stands in for nothing.
      list[FUNCTION.systemName] = systemName ? text[systemName[f]] : standIn?.[f] ? 0 : text[name[f]]
      list[FUNCTION.standIn] = standIn?.[f] ?? 0
      rows[f] = this.functions.row(list)
    }
    return rows
  }

  private addLocations({ locations, frames, meta }: Profile, func: Int32Array): Int32Array {
    const mapping = meta.mappings.map((m) => this.mapping(m))
    const shift = meta.mappings.map((m, i) => (this.mappings[mapping[i]] as Mapping).start - m.start)
    const rows = new Int32Array(locations.length)
    let list = new Int32Array(64)
    for (let l = 0; l < rows.length; l++) {
      const from = locations.frameStart[l]
      const count = locations.frameStart[l + 1] - from
      const length = LOCATION_HEAD + count * PER_FRAME
      if (length > list.length) list = new Int32Array(length * 2)
      const m = locations.mapping[l]
      // The same code lies elsewhere in every process: addresses count from where the binary was loaded.
      const address = BigInt.asUintN(64, (locations.address[l] as bigint) + (m >= 0 ? (shift[m] as bigint) : 0n))
      list[0] = m >= 0 ? mapping[m] : -1
      list[1] = Number(BigInt.asIntN(32, address))
      list[2] = Number(BigInt.asIntN(32, address >> 32n))
      list[3] = locations.folded?.[l] ?? 0
      list[4] = locations.inlined?.[l] ?? 0
      for (let f = 0; f < count; f++) {
        const at = LOCATION_HEAD + f * PER_FRAME
        list[at] = func[frames.func[from + f]]
        list[at + 1] = frames.line[from + f]
        list[at + 2] = frames.column?.[from + f] ?? 0
      }
      rows[l] = this.locations.row(list, length)
    }
    return rows
  }

  /** The same binary is one mapping wherever it was loaded. */
  private mapping(mapping: Mapping): number {
    const id = [mapping.buildId || mapping.file, mapping.limit - mapping.start, mapping.offset].join('\0')
    let row = this.mappingRow.get(id)
    if (row === undefined) {
      row = this.mappings.push({ ...mapping, id: BigInt(this.mappings.length + 1) }) - 1
      this.mappingRow.set(id, row)
    }
    return row
  }

  stackTable() {
    return { length: this.stacks.length, parent: this.stacks.column(0), location: this.stacks.column(1) }
  }

  finish(): Pick<Profile, 'strings' | 'functions' | 'frames' | 'locations'> {
    const strings = this.texts.finish()
    return { strings, functions: this.functionTable(strings), ...this.locationTables() }
  }

  private functionTable(strings: Strings): FunctionTable {
    const column = (i: number) => this.functions.column(i)
    const name = column(FUNCTION.name)
    return {
      length: name.length,
      name,
      file: column(FUNCTION.file),
      ...symbolsOf(strings, name),
      ...(this.hasStartLines ? { startLine: column(FUNCTION.startLine) } : {}),
      ...(this.hasSystemNames ? { systemName: column(FUNCTION.systemName) } : {}),
      ...(this.hasStandIns ? { standIn: Uint8Array.from(column(FUNCTION.standIn)) } : {}),
    }
  }

  private locationTables(): Pick<Profile, 'frames' | 'locations'> {
    const { length } = this.locations
    const frameStart = new Int32Array(length + 1)
    for (let l = 0; l < length; l++) {
      frameStart[l + 1] = frameStart[l] + (this.locations.list(l).length - LOCATION_HEAD) / PER_FRAME
    }
    const frameCount = frameStart[length]
    const func = new Int32Array(frameCount)
    const line = new Int32Array(frameCount)
    const column = new Int32Array(frameCount)
    const address = new WordColumn(length)
    for (let l = 0; l < length; l++) {
      const list = this.locations.list(l)
      address.push(list[1], list[2])
      for (let f = frameStart[l], at = LOCATION_HEAD; at < list.length; f++, at += PER_FRAME) {
        func[f] = list[at]
        line[f] = list[at + 1]
        column[f] = list[at + 2]
      }
    }
    const folded = Uint8Array.from(this.locations.column(3))
    const inlined = Uint8Array.from(this.locations.column(4))
    const locations: LocationTable = {
      length,
      frameStart,
      mapping: this.locations.column(0),
      address: address.finish(),
      ...(folded.includes(1) ? { folded } : {}),
      ...(inlined.includes(1) ? { inlined } : {}),
    }
    return { frames: { length: frameCount, func, line, ...(column.some((c) => c !== 0) ? { column } : {}) }, locations }
  }
}

/** The labels of all samples, one profile after the other. */
class Labels {
  private readonly start: Int32Array
  private readonly parts: { labels: LabelTable; text: Int32Array; at: number }[] = []
  private samples = 0
  private length = 0

  constructor(samples: number) {
    this.start = new Int32Array(samples + 1)
  }

  add({ samples }: Profile, text: Int32Array): void {
    const { labels } = samples
    for (let s = 0; s < samples.length; s++) {
      this.start[this.samples + s + 1] = this.length + (labels ? labels.start[s + 1] : 0)
    }
    if (labels) this.parts.push({ labels, text, at: this.length })
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
    for (const { labels, text, at } of this.parts) {
      const count = labels.start[labels.start.length - 1]
      for (let l = 0; l < count; l++) {
        key[at + l] = text[labels.key[l]]
        str[at + l] = text[labels.str[l]]
        unit[at + l] = text[labels.unit[l]]
      }
      num.set(labels.num.subarray(0, count), at)
      for (const [l, exact] of labels.wide ?? []) wide.set(at + l, exact)
    }
    return { start: this.start, key, str, num, unit, ...(wide.size > 0 ? { wide } : {}) }
  }
}
