/** Second half of reading: definitions in file order become tables by row, every reference checked. */
import type { DoubleColumn, IntColumn } from '../model/columns.ts'
import type { FrameTable, FunctionTable, LocationTable } from '../model/profile.ts'
import { appendStrings, type Strings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { FormatError } from './format-error.ts'
import type { RowIds } from './row-ids.ts'

/** Definitions as they came, in file order. Rows of functions, locations and mappings are RowIds rows. */
export interface RawTables {
  functionIds: RowIds
  functions: { row: IntColumn; name: IntColumn; file: IntColumn; startLine: IntColumn }
  locationIds: RowIds
  /** lines of location definition i are [lineStart[i], lineStart[i + 1]), innermost first as on the wire. */
  locations: { row: IntColumn; mapping: IntColumn; address: DoubleColumn; lineStart: IntColumn }
  lines: { func: IntColumn; line: IntColumn }
  mappingIds: RowIds
  mappings: { row: number; start: number; limit: number; offset: number; file: number; buildId: number }[]
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
  const defined = raw.functionIds.length
  const mapping = linkMappings(raw)
  const extra = new ExtraNames()

  const lineCount = new Int32Array(locations)
  const definition = new Int32Array(locations)
  for (let i = 0; i < raw.locations.row.length; i++) definition[raw.locations.row.data[i]] = i
  const lineStart = raw.locations.lineStart.data
  const lineEnd = (i: number) => (i + 1 < raw.locations.row.length ? lineStart[i + 1] : raw.lines.func.length)

  const frameStart = new Int32Array(locations + 1)
  const locationMapping = new Int32Array(locations)
  const address = new Float64Array(locations)
  let unsymbolized = 0
  for (let row = 0; row < locations; row++) {
    const i = definition[row]
    lineCount[row] = lineEnd(i) - lineStart[i]
    if (lineCount[row] === 0) unsymbolized++
    frameStart[row + 1] = frameStart[row] + Math.max(1, lineCount[row])
    const m = raw.locations.mapping.data[i]
    locationMapping[row] = m >= 0 ? mapping[m] : -1
    address[row] = raw.locations.address.data[i]
  }

  const nameless = new Uint8Array(defined)
  for (let i = 0; i < raw.functions.row.length; i++) {
    const name = check(raw.functions.name.data[i])
    nameless[raw.functions.row.data[i]] = Number(strings.bytes(name).length === 0)
  }
  /** What pprof prints for a frame that nobody gave a name: its binary. */
  const unnamed = (location: number): number => {
    const m = locationMapping[location]
    const file = m >= 0 ? strings.get(check(raw.mappings[m].file)) : ''
    return defined + extra.row(file === '' ? '<unknown>' : `[${baseName(file)}]`)
  }

  const frames: FrameTable = {
    length: frameStart[locations],
    func: new Int32Array(frameStart[locations]),
    line: new Int32Array(frameStart[locations]),
  }
  for (let row = 0; row < locations; row++) {
    const i = definition[row]
    let at = frameStart[row]
    if (lineCount[row] === 0) {
      frames.func[at] = unnamed(row)
      continue
    }
    // The wire has the innermost call first; a stack read from the root wants it last.
    for (let line = lineEnd(i) - 1; line >= lineStart[i]; line--, at++) {
      const func = raw.lines.func.data[line]
      frames.func[at] = nameless[func] === 1 ? unnamed(row) : func
      frames.line[at] = raw.lines.line.data[line]
    }
  }

  const total = defined + extra.names.length
  const name = new Int32Array(total)
  const file = new Int32Array(total)
  const startLine = new Int32Array(total)
  for (let i = 0; i < raw.functions.row.length; i++) {
    const row = raw.functions.row.data[i]
    name[row] = check(raw.functions.name.data[i])
    file[row] = check(raw.functions.file.data[i])
    startLine[row] = raw.functions.startLine.data[i]
  }
  for (let i = 0; i < extra.names.length; i++) name[defined + i] = strings.length + i
  const all = extra.names.length === 0 ? strings : appendStrings(strings, extra.names)
  return {
    strings: all,
    functions: { length: total, name, file, startLine, ...symbolsOf(all, name) },
    frames,
    locations: { length: locations, frameStart, mapping: locationMapping, address },
    unnamed: locations > 0 && unsymbolized === locations,
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

class ExtraNames {
  readonly names: string[] = []
  private readonly rows = new Map<string, number>()

  row(name: string): number {
    let row = this.rows.get(name)
    if (row === undefined) {
      row = this.names.length
      this.rows.set(name, row)
      this.names.push(name)
    }
    return row
  }
}

function baseName(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return path.slice(cut + 1)
}
