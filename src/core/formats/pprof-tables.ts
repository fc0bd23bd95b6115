/** Second half of reading: definitions in file order become tables by row, every reference checked. */

import type { DoubleColumn, IntColumn } from '../model/columns.ts'
import { fnv1a, fold30 } from '../model/name-hash.ts'
import type { FrameTable, FunctionTable, LocationTable } from '../model/profile.ts'
import { packStrings, Strings } from '../model/strings.ts'
import { FormatError } from './format-error.ts'
import type { RowIds } from './row-ids.ts'

/** Definitions as they came, in file order. Rows of functions, locations and mappings are RowIds rows. */
export interface RawTables {
  functionIds: RowIds
  functions: { row: IntColumn; name: IntColumn; file: IntColumn }
  locationIds: RowIds
  /** lines of location definition i are [lineStart[i], lineStart[i + 1]), innermost first as on the wire. */
  locations: { row: IntColumn; mapping: IntColumn; address: DoubleColumn; lineStart: IntColumn }
  lines: { func: IntColumn; line: IntColumn }
  mappingIds: RowIds
  mappings: { row: number; start: number; limit: number; file: number; buildId: number }[]
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
  for (let i = 0; i < raw.functions.row.length; i++) {
    const row = raw.functions.row.data[i]
    name[row] = check(raw.functions.name.data[i])
    file[row] = check(raw.functions.file.data[i])
  }
  for (let i = 0; i < extra.names.length; i++) name[defined + i] = strings.length + i
  const all = extra.names.length === 0 ? strings : withStrings(strings, extra.names)
  return {
    strings: all,
    functions: { length: total, name, file, ...symbols(all, name) },
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

function withStrings(strings: Strings, names: string[]): Strings {
  const more = packStrings(names)
  const base = strings.packed.bytes.length
  const bytes = new Uint8Array(base + more.bytes.length)
  bytes.set(strings.packed.bytes)
  bytes.set(more.bytes, base)
  const offset = new Uint32Array(strings.length + names.length + 1)
  offset.set(strings.packed.offset)
  for (let i = 1; i <= names.length; i++) offset[strings.length + i] = base + more.offset[i]
  return new Strings({ bytes, offset })
}

/** Groups functions by the bytes of their names. */
function symbols(strings: Strings, name: Int32Array): { symbol: Int32Array; hash: Int32Array } {
  const length = name.length
  const symbol = new Int32Array(length)
  const hash = new Int32Array(length)
  let size = 16
  while (size < length * 2) size *= 2
  const slots = new Int32Array(size).fill(-1)
  for (let f = 0; f < length; f++) {
    const bytes = strings.bytes(name[f])
    const h = fnv1a(bytes)
    hash[f] = fold30(h)
    let i = h & (size - 1)
    for (;;) {
      const other = slots[i]
      if (other < 0) {
        slots[i] = f
        symbol[f] = f
        break
      }
      if (name[other] === name[f] || (hash[other] === hash[f] && sameBytes(strings.bytes(name[other]), bytes))) {
        symbol[f] = other
        break
      }
      i = (i + 1) & (size - 1)
    }
  }
  return { symbol, hash }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function baseName(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return path.slice(cut + 1)
}
