/** The locations, functions and mappings of a pprof file, as they come; pprof-tables.ts makes tables of them. */
import { IntColumn, WordColumn } from '../model/columns.ts'
import { FormatError } from './format-error.ts'
import type { RawMapping, RawTables } from './pprof-tables.ts'
import { idText, RowIds } from './row-ids.ts'
import type { Wire } from './wire.ts'

export class DefinitionReader {
  readonly tables: RawTables = {
    functionIds: new RowIds(),
    functions: {
      row: new IntColumn(),
      name: new IntColumn(),
      systemName: new IntColumn(),
      file: new IntColumn(),
      startLine: new IntColumn(),
    },
    locationIds: new RowIds(),
    locations: {
      row: new IntColumn(),
      id: new WordColumn(),
      mapping: new IntColumn(),
      address: new WordColumn(),
      folded: new IntColumn(),
      lineStart: new IntColumn(),
    },
    lines: { func: new IntColumn(), line: new IntColumn(), column: new IntColumn() },
    mappingIds: new RowIds(),
    mappings: [],
    linesBeyond: 0,
  }

  constructor(private readonly wire: Wire) {}

  location(): void {
    const wire = this.wire
    const { end } = wire
    const { locationIds, locations, lines, mappingIds } = this.tables
    let lo = 0
    let hi = 0
    let mapping = -1
    let addressLo = 0
    let addressHi = 0
    let folded = 0
    const firstLine = lines.func.length
    while (wire.pos < end) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        lo = wire.lo
        hi = wire.hi
      } else if (tag === 16) {
        wire.varint64()
        mapping = wire.lo === 0 && wire.hi === 0 ? -1 : mappingIds.row(wire.lo, wire.hi)
      } else if (tag === 24) {
        wire.varint64()
        addressLo = wire.lo
        addressHi = wire.hi
      } else if (tag === 34) this.line(wire.stop(end))
      else if (tag === 40) folded = wire.unsigned() === 0 ? 0 : 1
      else wire.skip(tag % 8)
    }
    if (wire.pos !== end) throw wire.truncated()
    if (lo === 0 && hi === 0) throw new FormatError('bad-id', 'A location has no id.', { what: 'location', id: 0 })
    const row = locationIds.row(lo, hi)
    if (!locationIds.define(row)) throw duplicate('location', idText(lo, hi))
    locations.row.push(row)
    locations.id.push(lo, hi)
    locations.mapping.push(mapping)
    locations.address.push(addressLo, addressHi)
    locations.folded.push(folded)
    locations.lineStart.push(firstLine)
  }

  private line(stop: number): void {
    const wire = this.wire
    let func = -1
    let line = 0
    let column = 0
    while (wire.pos < stop) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        func = wire.lo === 0 && wire.hi === 0 ? -1 : this.tables.functionIds.row(wire.lo, wire.hi)
      } else if (tag === 16) line = this.lineNumber()
      else if (tag === 24) column = this.lineNumber()
      else wire.skip(tag % 8)
    }
    if (wire.pos !== stop) throw wire.truncated()
    if (func < 0) throw new FormatError('bad-reference', 'A line names no function.', { function: 0 })
    this.tables.lines.func.push(func)
    this.tables.lines.line.push(line)
    this.tables.lines.column.push(column)
  }

  /** No source has a line that needs more than 32 bits; one that says so is counted, and not known. */
  private lineNumber(): number {
    const line = this.wire.signed()
    if ((line | 0) === line) return line
    this.tables.linesBeyond++
    return 0
  }

  functionEntry(): void {
    const wire = this.wire
    const { end } = wire
    const { functionIds, functions } = this.tables
    let lo = 0
    let hi = 0
    let name = 0
    let systemName = 0
    let file = 0
    let startLine = 0
    while (wire.pos < end) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        lo = wire.lo
        hi = wire.hi
      } else if (tag === 16) name = wire.index()
      else if (tag === 24) systemName = wire.index()
      else if (tag === 32) file = wire.index()
      else if (tag === 40) startLine = this.lineNumber()
      else wire.skip(tag % 8)
    }
    if (wire.pos !== end) throw wire.truncated()
    if (lo === 0 && hi === 0) throw new FormatError('bad-id', 'A function has no id.', { what: 'function', id: 0 })
    const row = functionIds.row(lo, hi)
    if (!functionIds.define(row)) throw duplicate('function', idText(lo, hi))
    functions.row.push(row)
    functions.name.push(name)
    functions.systemName.push(systemName)
    functions.file.push(file)
    functions.startLine.push(startLine)
  }

  mapping(): void {
    const wire = this.wire
    const { end } = wire
    const { mappingIds, mappings } = this.tables
    let lo = 0
    let hi = 0
    const entry: RawMapping = { row: 0, id: 0n, start: 0n, limit: 0n, offset: 0n, file: 0, buildId: 0, has: 0 }
    while (wire.pos < end) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        lo = wire.lo
        hi = wire.hi
        entry.id = BigInt.asUintN(64, wire.int64OfHalves())
      } else if (tag === 16) entry.start = wire.uint64()
      else if (tag === 24) entry.limit = wire.uint64()
      else if (tag === 32) entry.offset = wire.uint64()
      else if (tag === 40) entry.file = wire.unsigned()
      else if (tag === 48) entry.buildId = wire.unsigned()
      else if (tag === 56 || tag === 64 || tag === 72 || tag === 80) {
        const bit = 1 << (tag / 8 - 7)
        entry.has = wire.unsigned() === 0 ? entry.has & ~bit : entry.has | bit
      } else wire.skip(tag % 8)
    }
    if (wire.pos !== end) throw wire.truncated()
    if (lo === 0 && hi === 0) throw new FormatError('bad-id', 'A mapping has no id.', { what: 'mapping', id: 0 })
    entry.row = mappingIds.row(lo, hi)
    if (!mappingIds.define(entry.row)) throw duplicate('mapping', idText(lo, hi))
    mappings.push(entry)
  }
}

function duplicate(what: string, id: string): FormatError {
  return new FormatError('bad-id', `Two ${what}s have the same id ${id}.`, { what, id })
}
