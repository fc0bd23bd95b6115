/**
 * The tables of several profiles as one: strings, functions, locations, mappings and stacks told apart by what they say
 * (intern.ts), each row made when somebody asks for it. What is done with the samples is another matter: unite.ts keeps
 * them apart, merge.ts adds up those that are equal.
 */
import { WordColumn } from '../model/columns.ts'
import { mappingKey } from '../model/mapping-key.ts'
import { namelessIn } from '../model/nameless.ts'
import type { FunctionTable, LocationTable, Mapping, Profile } from '../model/profile.ts'
import type { FunctionRow, LocationRow, MappingRow, StackRow, StringRow } from '../model/rows.ts'
import type { Strings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { utf8 } from '../model/utf8.ts'
import { ListTable, PairTable, StringTable } from './intern.ts'

/** Numbers of a function in its list. */
const FUNCTION = { name: 0, file: 1, startLine: 2, systemName: 3, standIn: 4 } as const
const FUNCTION_NUMBERS = Object.keys(FUNCTION).length
/** What comes before the frames in the list of a location: mapping, both halves of the address, folded, inlined. */
const LOCATION_HEAD = 5
/** Func, line and column. */
const PER_FRAME = 3

export class UnitedTables {
  readonly mappings: Mapping[] = []
  readonly texts = new StringTable()
  readonly functions = new ListTable()
  readonly locations = new ListTable()
  readonly stacks: PairTable
  private readonly mappingRow = new Map<string, number>()
  private hasSystemNames = false
  private hasStandIns = false
  private hasStartLines = false

  /** stacks: about as many as there will be. */
  constructor(stacks: number) {
    this.stacks = new PairTable(stacks)
    // The empty stack.
    this.stacks.row(-1, -1)
  }

  /** A profile whose rows are to become rows of these tables. */
  add(profile: Profile): AddedRows {
    const { systemName, standIn, startLine } = profile.functions
    this.hasSystemNames ||= systemName !== undefined
    this.hasStandIns ||= standIn !== undefined
    this.hasStartLines ||= startLine !== undefined
    return new AddedRows(this, profile)
  }

  mapping(mapping: Mapping): MappingRow {
    const key = mappingKey(mapping)
    let row = this.mappingRow.get(key)
    if (row === undefined) {
      row = this.mappings.push({ ...mapping, id: BigInt(this.mappings.length + 1) }) - 1
      this.mappingRow.set(key, row)
    }
    return row
  }

  stackTable() {
    return { length: this.stacks.length, parent: this.stacks.first(), location: this.stacks.second() }
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

/** Rows of one profile → rows of the united tables; each is added when it is asked for. */
export class AddedRows {
  private readonly textRow: Int32Array
  private readonly funcRow: Int32Array
  private readonly locationRow: Int32Array
  private readonly mappingRow: Int32Array
  /** By mapping of the profile: how far the united one lies from it. */
  private readonly shift: bigint[] = []
  private readonly stackRow: Int32Array
  private readonly funcList = new Int32Array(FUNCTION_NUMBERS)
  private list = new Int32Array(64)

  constructor(
    private readonly tables: UnitedTables,
    private readonly profile: Profile,
  ) {
    const { strings, functions, locations, stacks, meta } = profile
    this.textRow = new Int32Array(strings.length).fill(-1)
    this.funcRow = new Int32Array(functions.length).fill(-1)
    this.locationRow = new Int32Array(locations.length).fill(-1)
    this.mappingRow = new Int32Array(meta.mappings.length).fill(-1)
    this.stackRow = new Int32Array(stacks.length).fill(-1)
    this.stackRow[0] = 0
  }

  text(i: StringRow): StringRow {
    if (this.textRow[i] < 0) this.textRow[i] = this.tables.texts.row(this.profile.strings.bytes(i))
    return this.textRow[i]
  }

  func(f: FunctionRow): FunctionRow {
    if (this.funcRow[f] < 0) this.funcRow[f] = this.tables.functions.row(this.numbersOf(f))
    return this.funcRow[f]
  }

  /** A frame that nobody gave a name has that of its binary, whose file pprof takes from the first profile that has it. */
  private funcIn(f: FunctionRow, m: MappingRow): FunctionRow {
    const { functions, meta } = this.profile
    if (m < 0 || !functions.standIn?.[f]) return this.func(f)
    const { file } = this.tables.mappings[this.mapping(m)] as Mapping
    if (file === meta.mappings[m]?.file) return this.func(f)
    const list = this.numbersOf(f)
    list[FUNCTION.name] = this.tables.texts.row(utf8(namelessIn(file)))
    return this.tables.functions.row(list)
  }

  /** Overwritten by the next call. */
  private numbersOf(f: FunctionRow): Int32Array {
    const { funcList: list } = this
    const { name, file, startLine, systemName, standIn } = this.profile.functions
    list[FUNCTION.name] = this.text(name[f])
    list[FUNCTION.file] = this.text(file[f])
    list[FUNCTION.startLine] = startLine?.[f] ?? 0
    // Without the column it is the file's own name, which stands in for nothing.
    list[FUNCTION.systemName] = systemName ? this.text(systemName[f]) : standIn?.[f] ? 0 : list[FUNCTION.name]
    list[FUNCTION.standIn] = standIn?.[f] ?? 0
    return list
  }

  mapping(m: MappingRow): MappingRow {
    if (this.mappingRow[m] < 0) {
      const own = this.profile.meta.mappings[m] as Mapping
      this.mappingRow[m] = this.tables.mapping(own)
      this.shift[m] = (this.tables.mappings[this.mappingRow[m]] as Mapping).start - own.start
    }
    return this.mappingRow[m]
  }

  location(l: LocationRow): LocationRow {
    if (this.locationRow[l] >= 0) return this.locationRow[l]
    const { locations, frames } = this.profile
    const from = locations.frameStart[l]
    const count = locations.frameStart[l + 1] - from
    const length = LOCATION_HEAD + count * PER_FRAME
    if (length > this.list.length) this.list = new Int32Array(length * 2)
    const { list } = this
    // pprof adds the mapping first, then the functions.
    const m = locations.mapping[l]
    list[0] = m >= 0 ? this.mapping(m) : -1
    // The same code lies elsewhere in every process: addresses count from where the binary was loaded.
    const address = BigInt.asUintN(64, (locations.address[l] as bigint) + (m >= 0 ? (this.shift[m] as bigint) : 0n))
    list[1] = Number(BigInt.asIntN(32, address))
    list[2] = Number(BigInt.asIntN(32, address >> 32n))
    list[3] = locations.folded?.[l] ?? 0
    list[4] = locations.inlined?.[l] ?? 0
    for (let f = 0; f < count; f++) {
      const at = LOCATION_HEAD + f * PER_FRAME
      list[at] = this.funcIn(frames.func[from + f], m)
      list[at + 1] = frames.line[from + f]
      list[at + 2] = frames.column?.[from + f] ?? 0
    }
    this.locationRow[l] = this.tables.locations.row(list, length)
    return this.locationRow[l]
  }

  /** Of -1 (left out) it is -1. */
  stack(row: StackRow): StackRow {
    if (row < 0 || this.stackRow[row] >= 0) return row < 0 ? -1 : this.stackRow[row]
    const { parent, location } = this.profile.stacks
    // From the leaf up, in the order in which pprof comes by the locations; callers then before what they call.
    const path: number[] = []
    for (let r = row; this.stackRow[r] < 0; r = parent[r]) {
      path.push(r)
      this.location(location[r])
    }
    for (let i = path.length - 1; i >= 0; i--) {
      const r = path[i] as number
      this.stackRow[r] = this.tables.stacks.row(this.stackRow[parent[r]], this.locationRow[location[r]])
    }
    return this.stackRow[row]
  }

  /** All rows of functions and of stacks. */
  all(): { func: Int32Array; stack: Int32Array } {
    for (let f = 0; f < this.funcRow.length; f++) this.func(f)
    for (let row = 0; row < this.stackRow.length; row++) this.stack(row)
    return { func: this.funcRow, stack: this.stackRow }
  }
}
