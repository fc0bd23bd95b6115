/** Second half of reading: definitions in file order become tables by row, every reference checked. */
import { halvesOf, IntColumn, type WordColumn } from '../model/columns.ts'
import { namelessIn } from '../model/nameless.ts'
import { type FrameTable, type FunctionTable, LINELESS, type LocationTable, NAMELESS } from '../model/profile.ts'
import { appendStrings, type Strings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { FormatError } from './format-error.ts'
import type { RowIds } from './row-ids.ts'

/** Definitions as they came, in file order. Rows of functions, locations and mappings are RowIds rows. */
export interface RawTables {
  functionIds: RowIds
  functions: { row: IntColumn; name: IntColumn; systemName: IntColumn; file: IntColumn; startLine: IntColumn }
  locationIds: RowIds
  /** lines of location definition i are [lineStart[i], lineStart[i + 1]), innermost first as on the wire. */
  locations: {
    row: IntColumn
    id: WordColumn
    mapping: IntColumn
    address: WordColumn
    folded: IntColumn
    lineStart: IntColumn
  }
  lines: { func: IntColumn; line: IntColumn; column: IntColumn }
  mappingIds: RowIds
  mappings: RawMapping[]
  /** Line and column numbers beyond 2^31, which were read as unknown. */
  linesBeyond: number
}

export interface RawMapping {
  row: number
  id: bigint
  start: bigint
  limit: bigint
  offset: bigint
  file: number
  buildId: number
  /** Bits: 1 functions, 2 file names, 4 line numbers, 8 inlined calls. */
  has: number
}

export interface LinkedTables {
  strings: Strings
  functions: FunctionTable
  frames: FrameTable
  locations: LocationTable
  /** No location has a function name. */
  unnamed: boolean
}

/** check: throws for a string index outside the table. */
export function linkTables(raw: RawTables, strings: Strings, check: (i: number) => number): LinkedTables {
  requireDefined(raw)
  const locations = raw.locationIds.length
  const mapping = linkMappings(raw)

  const rowOf = raw.locations.row.data
  const definition = new Int32Array(locations)
  let inOrder = true
  for (let i = 0; i < locations; i++) {
    definition[rowOf[i]] = i
    inOrder &&= rowOf[i] === i
  }
  const lineStart = raw.locations.lineStart.data
  const lineEnd = (i: number) => (i + 1 < locations ? lineStart[i + 1] : raw.lines.func.length)

  const frameStart = new Int32Array(locations + 1)
  const locationMapping = new Int32Array(locations)
  let unsymbolized = 0
  for (let row = 0; row < locations; row++) {
    const i = definition[row]
    const lines = lineEnd(i) - lineStart[i]
    if (lines === 0) unsymbolized++
    frameStart[row + 1] = frameStart[row] + Math.max(1, lines)
    const m = raw.locations.mapping.data[i]
    locationMapping[row] = m >= 0 ? mapping[m] : -1
  }

  const functions = new Functions(raw, strings, check)
  /** What pprof prints for a frame that nobody gave a name: its binary. */
  const binary = (location: number): string => {
    const m = locationMapping[location]
    const file = m >= 0 ? strings.get(check(raw.mappings[m].file)) : ''
    return namelessIn(file)
  }

  const frames: FrameTable = {
    length: frameStart[locations],
    func: new Int32Array(frameStart[locations]),
    line: new Int32Array(frameStart[locations]),
  }
  const hasColumns = anySet(raw.lines.column)
  const column = new Int32Array(hasColumns ? frames.length : 0)
  for (let row = 0; row < locations; row++) {
    const i = definition[row]
    let at = frameStart[row]
    if (lineEnd(i) === lineStart[i]) {
      frames.func[at] = functions.standIn(-1, binary(row))
      continue
    }
    // The wire has the innermost call first; a stack read from the root wants it last.
    for (let line = lineEnd(i) - 1; line >= lineStart[i]; line--, at++) {
      const func = raw.lines.func.data[line]
      frames.func[at] = functions.isNameless(func) ? functions.standIn(func, binary(row)) : func
      frames.line[at] = raw.lines.line.data[line]
      if (hasColumns) column[at] = raw.lines.column.data[line]
    }
  }
  if (hasColumns) frames.column = column
  return {
    ...functions.finish(),
    frames,
    locations: {
      length: locations,
      frameStart,
      mapping: locationMapping,
      address: inOrder ? raw.locations.address.finish() : reordered(raw.locations.address.finish(), definition),
      ...locationExtras(raw, definition, inOrder),
    },
    unnamed: locations > 0 && unsymbolized === locations,
  }
}

/** Columns that few files have anything to say in. */
function locationExtras(
  { locations: { row, id, folded } }: RawTables,
  definition: Int32Array,
  inOrder: boolean,
): Pick<LocationTable, 'folded' | 'id' | 'fileOrder'> {
  const extras: ReturnType<typeof locationExtras> = {}
  if (anySet(folded)) extras.folded = Uint8Array.from(definition, (i) => folded.data[i])
  if (!inOrder) extras.fileOrder = row.finish().slice()
  const ids = halvesOf(id.finish())
  for (let i = 0; i < definition.length; i++) {
    if (ids[i * 2] === row.data[i] + 1 && ids[i * 2 + 1] === 0) continue
    extras.id = inOrder ? id.finish() : reordered(id.finish(), definition)
    break
  }
  return extras
}

function reordered(words: BigUint64Array, definition: Int32Array): BigUint64Array<ArrayBuffer> {
  const out = new BigUint64Array(definition.length)
  for (let row = 0; row < out.length; row++) out[row] = words[definition[row]] as bigint
  return out
}

function anySet(column: IntColumn): boolean {
  for (let i = 0; i < column.length; i++) if (column.data[i] !== 0) return true
  return false
}

/** The function table: what the file defines, then rows that stand in for names that it does not give. */
class Functions {
  private readonly defined: number
  private readonly nameless: Uint8Array
  private readonly texts: string[] = []
  private readonly textRow = new Map<string, number>()
  /** Of each stand-in: what it stands in for (-1 = no function at all), and its text. */
  private readonly source = new IntColumn()
  private readonly text = new IntColumn()
  /** By text, then by source. */
  private readonly rows: Map<number, number>[] = []
  private readonly name: Int32Array
  private readonly systemName: Int32Array
  private readonly file: Int32Array
  private readonly startLine: Int32Array

  constructor(
    { functionIds, functions }: RawTables,
    private readonly strings: Strings,
    check: (i: number) => number,
  ) {
    this.defined = functionIds.length
    this.nameless = new Uint8Array(this.defined)
    this.name = new Int32Array(this.defined)
    this.systemName = new Int32Array(this.defined)
    this.file = new Int32Array(this.defined)
    this.startLine = new Int32Array(this.defined)
    for (let i = 0; i < functions.row.length; i++) {
      const row = functions.row.data[i]
      this.name[row] = check(functions.name.data[i])
      this.systemName[row] = check(functions.systemName.data[i])
      this.file[row] = check(functions.file.data[i])
      this.startLine[row] = functions.startLine.data[i]
      this.nameless[row] = Number(strings.bytes(this.name[row]).length === 0)
    }
  }

  isNameless(func: number): boolean {
    return this.nameless[func] === 1
  }

  /** The row that bears this text instead of the name that `func` has not; -1 = for a location without lines. */
  standIn(func: number, text: string): number {
    let at = this.textRow.get(text)
    if (at === undefined) {
      at = this.texts.push(text) - 1
      this.textRow.set(text, at)
      this.rows.push(new Map())
    }
    let row = this.rows[at].get(func)
    if (row === undefined) {
      row = this.defined + this.source.length
      this.rows[at].set(func, row)
      this.source.push(func)
      this.text.push(at)
    }
    return row
  }

  finish(): { strings: Strings; functions: FunctionTable } {
    const { defined, strings } = this
    const source = this.source.finish()
    const length = defined + source.length
    const grown = (column: Int32Array, value: (standIn: number) => number): Int32Array<ArrayBuffer> => {
      const out = new Int32Array(length)
      out.set(column)
      for (let i = 0; i < source.length; i++) out[defined + i] = value(i)
      return out
    }
    const from = (column: Int32Array) => grown(column, (i) => (source[i] < 0 ? 0 : column[source[i]]))
    const all = appendStrings(strings, this.texts)
    const name = grown(this.name, (i) => strings.length + this.text.data[i])
    const functions: FunctionTable = {
      length,
      name,
      file: from(this.file),
      startLine: from(this.startLine),
      ...symbolsOf(all, name),
    }
    if (this.systemName.some((s, f) => s !== this.name[f])) functions.systemName = from(this.systemName)
    if (source.length > 0) {
      functions.standIn = new Uint8Array(length)
      for (let i = 0; i < source.length; i++) functions.standIn[defined + i] = source[i] < 0 ? LINELESS : NAMELESS
    }
    return { strings: all, functions }
  }
}

function requireDefined(raw: RawTables): void {
  for (let row = 0; row < raw.locationIds.length; row++) {
    if (!raw.locationIds.isDefined(row)) {
      throw new FormatError('bad-reference', 'A sample points to a location that the file does not hold.', {
        what: 'location',
      })
    }
  }
  for (let row = 0; row < raw.functionIds.length; row++) {
    if (!raw.functionIds.isDefined(row)) {
      throw new FormatError('bad-reference', 'A line points to a function that the file does not hold.', {
        what: 'function',
      })
    }
  }
}

/** RowIds row of a mapping → its place in file order; -1 for one that was never defined, which pprof tolerates. */
function linkMappings(raw: RawTables): Int32Array {
  const place = new Int32Array(raw.mappingIds.length).fill(-1)
  raw.mappings.forEach((m, i) => {
    place[m.row] = i
  })
  return place
}
