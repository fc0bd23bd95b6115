/**
 * The pprof reader: one pass over the wire into columns, fed piece by piece so that it can run behind
 * the decompressor. Order of fields is free (Go writes the string table last), so references are
 * checked and resolved at the end.
 *
 * Schema: https://github.com/google/pprof/blob/main/proto/profile.proto; what makes a profile valid:
 * CheckValid in google/pprof's profile/profile.go, which this follows refusal by refusal.
 */
import { ByteColumn, DoubleColumn, IntColumn } from '../model/columns.ts'
import type { LabelTable, Mapping, Note, Profile, ValueType } from '../model/profile.ts'
import { depthFirst } from '../model/stack-order.ts'
import { StackTrie } from '../model/stack-trie.ts'
import { Strings } from '../model/strings.ts'
import { FormatError } from './format-error.ts'
import { linkTables, type RawTables } from './pprof-tables.ts'
import { idText, RowIds } from './row-ids.ts'
import { Wire } from './wire.ts'

/** What one profile may hold; past these the rest is left out and a note says how much. */
export interface ReaderLimits {
  samples: number
  stacks: number
}

export const defaultLimits: ReaderLimits = { samples: 30_000_000, stacks: 48_000_000 }

/** Bytes copied at first to end a field that was cut in two. */
const FIRST_STEP = 256
/** After so many samples it is known how long one is, and room is made for as many as there may be. */
const SAMPLES_TO_JUDGE = 8192
const MAX_FIRST_SAMPLES = 1 << 22
/** Of large profiles, captured and made ones; only a first guess. */
const BYTES_PER_STACK_ROW = 50

interface RawValueType {
  type: number
  unit: number
}

export class PprofReader {
  private readonly wire = new Wire()
  /** The start of a field whose end has not arrived yet. */
  private readonly carry = new ByteColumn(4096)
  /** Bytes of an unwanted field still to be dropped. */
  private dropping = 0
  private consumed = 0

  private readonly sampleTypes: RawValueType[] = []
  private periodType: RawValueType | null = null
  private readonly stringBytes = new ByteColumn(1 << 14)
  private readonly stringEnd = new IntColumn(1024)
  private readonly trie: StackTrie
  /** Rows of the stack table; those of the last samples come when the trie settles. */
  private readonly sampleStack = new IntColumn(1024)
  private samples = 0
  private values: DoubleColumn[] | null = null
  private skippedSamples = 0
  private stack = new Int32Array(256)
  private valueScratch = new Float64Array(64)
  private labelColumns: {
    start: IntColumn
    key: IntColumn
    str: IntColumn
    num: DoubleColumn
    unit: IntColumn
  } | null = null
  private readonly tables: RawTables = {
    functionIds: new RowIds(),
    functions: { row: new IntColumn(), name: new IntColumn(), file: new IntColumn(), startLine: new IntColumn() },
    locationIds: new RowIds(),
    locations: {
      row: new IntColumn(),
      mapping: new IntColumn(),
      address: new DoubleColumn(),
      lineStart: new IntColumn(),
    },
    lines: { func: new IntColumn(), line: new IntColumn() },
    mappingIds: new RowIds(),
    mappings: [],
  }
  private timeNs = 0
  private durationNs = 0
  private period = 0
  private defaultType = 0
  private docUrl = 0
  private readonly comments: number[] = []
  private fieldsSeen = 0

  /** seed: see StackTrie. expectedBytes: about how long the uncompressed file will be; 0 = unknown. */
  constructor(
    seed: number,
    private readonly limits: ReaderLimits = defaultLimits,
    private readonly expectedBytes = 0,
  ) {
    this.trie = new StackTrie(seed, this.expectedBytes / BYTES_PER_STACK_ROW)
  }

  /** Enough was read to say that this is a profile, if perhaps a damaged one. */
  get recognised(): boolean {
    return this.sampleTypes.length > 0 && this.fieldsSeen > 2
  }

  /** Reads the next piece of the uncompressed file. Throws FormatError; the reader is then spent. */
  push(piece: Uint8Array): void {
    const begun = this.drop(piece, this.completeCarried(piece))
    if (begun === piece.length) return
    const rest = begun === 0 ? piece : piece.subarray(begun)
    const used = this.readFields(rest)
    if (used < rest.length) this.carry.append(rest.subarray(used))
  }

  /** Ends the field that the last piece began; answers how many bytes of this piece that took. */
  private completeCarried(piece: Uint8Array): number {
    const { carry } = this
    let taken = 0
    for (let step = FIRST_STEP; carry.length > 0 && taken < piece.length; step *= 2) {
      // A little at a time, so that little is copied.
      const part = piece.subarray(taken, taken + step)
      carry.append(part)
      taken += part.length
      const used = this.readFields(carry.data.subarray(0, carry.length))
      if (used === 0) continue
      // What is left over lies in this piece too: it could not have been there before.
      taken -= carry.length - used
      carry.length = 0
    }
    return taken
  }

  /** Passes over what remains of an unwanted field; answers where the next one begins. */
  private drop(piece: Uint8Array, from: number): number {
    const dropped = Math.min(this.dropping, piece.length - from)
    this.dropping -= dropped
    this.consumed += dropped
    return from + dropped
  }

  /** Checks and links everything read. Throws FormatError. */
  finish(): Profile {
    if (this.carry.length > 0 || this.dropping > 0) {
      throw new FormatError('truncated', 'The data end in the middle of a field.', {
        offset: this.consumed + this.carry.length,
      })
    }
    if (this.fieldsSeen === 0) throw new FormatError('empty-file', 'There are no bytes in it.')
    const strings = this.finishStrings()
    if (this.sampleTypes.length === 0) {
      throw new FormatError('no-sample-types', 'The profile does not say what it counts.')
    }
    const columns = this.values?.length ?? this.sampleTypes.length
    if (columns !== this.sampleTypes.length) {
      throw new FormatError('bad-values', 'A sample has another number of values than there are sample types.', {
        sample: 0,
        values: columns,
        types: this.sampleTypes.length,
      })
    }
    const check = (i: number) => {
      if (i < 0 || i >= strings.length) throw badString(i, strings.length)
      return i
    }
    const text = (i: number) => strings.get(check(i))
    const valueType = (raw: RawValueType): ValueType => ({ type: text(raw.type), unit: text(raw.unit) })
    const sampleTypes = this.sampleTypes.map(valueType)
    this.trie.settle(this.sampleStack)
    const { stacks, stack } = depthFirst(this.trie.finish(), this.sampleStack.finish())
    const notes: Note[] = []
    const linked = linkTables(this.tables, strings, check)
    const { samples } = this
    const value = this.values
      ? this.values.map((column) => column.finish())
      : sampleTypes.map(() => new Float64Array(0))
    const wanted = text(this.defaultType)
    const named = wanted === '' ? -1 : sampleTypes.findIndex((t) => t.type === wanted)
    if (this.skippedSamples > 0) notes.push({ code: 'limit-samples', count: this.skippedSamples })
    if (linked.unnamed) notes.push({ code: 'no-function-names' })
    return {
      sampleTypes,
      defaultSampleType: named >= 0 ? named : sampleTypes.length - 1,
      strings: linked.strings,
      functions: linked.functions,
      frames: linked.frames,
      locations: linked.locations,
      stacks,
      samples: { length: samples, stack, value, labels: this.finishLabels(samples, check) },
      meta: {
        timeNs: this.timeNs,
        durationNs: this.durationNs,
        period: this.period,
        periodType: this.periodType ? valueType(this.periodType) : null,
        comments: this.comments.map(text),
        docUrl: text(this.docUrl),
        mappings: this.tables.mappings.map(
          (m): Mapping => ({
            start: m.start,
            limit: m.limit,
            offset: m.offset,
            file: text(m.file),
            buildId: text(m.buildId),
          }),
        ),
        notes,
      },
    }
  }

  /** Reads whole top-level fields; answers how many bytes they took. */
  private readFields(bytes: Uint8Array): number {
    const wire = this.wire
    wire.bytes = bytes
    wire.base = this.consumed
    const size = bytes.length
    let done = 0
    while (done < size) {
      wire.pos = done
      wire.end = size
      if (!completeVarint(bytes, done, size)) break
      const tag = wire.unsigned()
      const field = Math.floor(tag / 8)
      const wireType = tag % 8
      if (field === 0) throw wire.notPprof('field number 0')
      if (wireType === 2) {
        if (!completeVarint(bytes, wire.pos, size)) break
        const length = wire.unsigned()
        const start = wire.pos
        if (length > size - start) {
          if (field <= 15) break
          // An unknown field is dropped as it comes instead of being kept whole.
          this.fieldsSeen++
          this.dropping = length - (size - start)
          done = size
          break
        }
        wire.end = start + length
        this.message(field, start)
        done = start + length
      } else if (wireType === 0) {
        if (!completeVarint(bytes, wire.pos, size)) break
        this.scalar(field)
        done = wire.pos
      } else if (wireType === 1 || wireType === 5) {
        const length = wireType === 1 ? 8 : 4
        if (size - wire.pos < length) break
        done = wire.pos + length
      } else throw wire.notPprof(`wire type ${wireType}`)
      this.fieldsSeen++
    }
    this.consumed += done
    return done
  }

  private message(field: number, start: number): void {
    const wire = this.wire
    if (field === 2) this.sample()
    else if (field === 4) this.location()
    else if (field === 5) this.functionEntry()
    else if (field === 6) {
      this.stringBytes.append(wire.bytes.subarray(start, wire.end))
      this.stringEnd.push(this.stringBytes.length)
    } else if (field === 1) this.sampleTypes.push(this.valueType())
    else if (field === 3) this.mapping()
    else if (field === 11) this.periodType = this.valueType()
    else if (field === 13) {
      while (wire.pos < wire.end) this.comments.push(wire.unsigned())
    } else if (field <= 15) throw wire.notPprof(`field ${field} is not a message`)
  }

  private scalar(field: number): void {
    const wire = this.wire
    if (field === 9) this.timeNs = wire.signed()
    else if (field === 10) this.durationNs = wire.signed()
    else if (field === 12) this.period = wire.signed()
    else if (field === 13) this.comments.push(wire.unsigned())
    else if (field === 14) this.defaultType = wire.unsigned()
    else if (field === 15) this.docUrl = wire.unsigned()
    else if (field < 7 || field === 11) throw wire.notPprof(`field ${field} is not a number`)
    else wire.varint64()
  }

  private sample(): void {
    const wire = this.wire
    const { bytes, end } = wire
    let depth = 0
    let count = 0
    let labels = 0
    while (wire.pos < end) {
      const tag = bytes[wire.pos++]
      if (tag === 0x0a) {
        // location_id, packed
        depth = this.packedLocations(depth, wire.stop(end))
      } else if (tag === 0x08) depth = this.pushLocation(depth)
      else if (tag === 0x12) {
        const stop = wire.stop(end)
        while (wire.pos < stop) count = this.pushValue(count)
        if (wire.pos !== stop) throw wire.truncated()
      } else if (tag === 0x10) count = this.pushValue(count)
      else if (tag === 0x1a) {
        const stop = wire.stop(end)
        this.label(stop)
        labels++
      } else {
        wire.pos--
        this.unknown()
      }
    }
    this.endSample(depth, count, labels)
  }

  private endSample(depth: number, count: number, labels: number): void {
    if (this.values === null) this.values = Array.from({ length: count }, () => new DoubleColumn(1024))
    const { values } = this
    const index = this.samples + this.skippedSamples
    const types = this.sampleTypes.length > 0 ? this.sampleTypes.length : values.length
    if (count !== values.length || count !== types) {
      throw new FormatError('bad-values', 'A sample has another number of values than there are sample types.', {
        sample: index,
        values: count,
        types,
      })
    }
    if (this.samples >= this.limits.samples || this.trie.length + depth > this.limits.stacks) {
      this.skippedSamples++
      if (this.labelColumns && labels > 0) this.dropLabels(labels)
      return
    }
    this.trie.stage(this.stack, depth)
    this.samples++
    if (this.trie.full) this.trie.settle(this.sampleStack)
    if (this.samples === SAMPLES_TO_JUDGE) this.reserveSamples()
    for (let i = 0; i < count; i++) values[i].push(this.valueScratch[i])
    this.labelColumns?.start.push(this.labelColumns.key.length)
  }

  private reserveSamples(): void {
    const { wire } = this
    const share = (wire.base + wire.end) / this.expectedBytes
    const room = Math.min(MAX_FIRST_SAMPLES, this.limits.samples, this.samples / share)
    if (!Number.isFinite(room)) return
    for (const column of [this.sampleStack, ...(this.values ?? [])]) column.reserve(Math.ceil(room))
    if (!this.labelColumns) return
    const { start, ...labels } = this.labelColumns
    start.reserve(Math.ceil(room) + 1)
    const each = labels.key.length / this.samples
    for (const column of Object.values(labels)) column.reserve(Math.ceil(room * each))
  }

  /** The hot loop of reading: every frame of every sample. Ids of up to three bytes that were met before. */
  private packedLocations(depth: number, stop: number): number {
    const wire = this.wire
    const { bytes } = wire
    this.reserveStack(depth + stop - wire.pos)
    let { stack } = this
    let { table } = this.tables.locationIds
    let pos = wire.pos
    let at = depth
    while (pos < stop) {
      let next = pos
      let id = bytes[next++]
      if (id >= 0x80) {
        const b1 = bytes[next++]
        id = (id & 0x7f) | ((b1 & 0x7f) << 7)
        if (b1 >= 0x80) {
          const b2 = bytes[next++]
          id = b2 < 0x80 ? id | (b2 << 14) : -1
        }
      }
      const row = id > 0 && id < table.length ? table[id] : 0
      if (row === 0 || next > stop) {
        wire.pos = pos
        at = this.pushLocation(at)
        pos = wire.pos
        // Either may have been replaced by a larger one.
        stack = this.stack
        table = this.tables.locationIds.table
        continue
      }
      stack[at++] = row - 1
      pos = next
    }
    wire.pos = pos
    if (pos !== stop) throw wire.truncated()
    return at
  }

  private pushLocation(depth: number): number {
    const wire = this.wire
    this.reserveStack(depth + 1)
    wire.varint64()
    if (wire.lo === 0 && wire.hi === 0) {
      throw new FormatError('bad-reference', 'A sample points to location 0.', { location: 0 })
    }
    this.stack[depth] = this.tables.locationIds.row(wire.lo, wire.hi)
    return depth + 1
  }

  private reserveStack(depth: number): void {
    if (depth <= this.stack.length) return
    const grown = new Int32Array(depth * 2)
    grown.set(this.stack)
    this.stack = grown
  }

  private pushValue(count: number): number {
    if (count === this.valueScratch.length) {
      const grown = new Float64Array(count * 2)
      grown.set(this.valueScratch)
      this.valueScratch = grown
    }
    this.valueScratch[count] = this.wire.signed()
    return count + 1
  }

  private label(stop: number): void {
    const wire = this.wire
    let key = 0
    let str = 0
    let num = 0
    let unit = 0
    while (wire.pos < stop) {
      const tag = wire.unsigned()
      if (tag === 8) key = wire.unsigned()
      else if (tag === 16) str = wire.unsigned()
      else if (tag === 24) num = wire.signed()
      else if (tag === 32) unit = wire.unsigned()
      else wire.skip(tag % 8)
    }
    if (wire.pos !== stop) throw wire.truncated()
    if (this.labelColumns === null) {
      const start = new IntColumn(1024)
      start.push(0)
      for (let i = 0; i < this.samples; i++) start.push(0)
      this.labelColumns = {
        start,
        key: new IntColumn(1024),
        str: new IntColumn(1024),
        num: new DoubleColumn(1024),
        unit: new IntColumn(1024),
      }
    }
    const columns = this.labelColumns
    columns.key.push(key)
    columns.str.push(str)
    columns.num.push(num)
    columns.unit.push(unit)
  }

  private dropLabels(count: number): void {
    const columns = this.labelColumns
    if (!columns) return
    columns.key.length -= count
    columns.str.length -= count
    columns.num.length -= count
    columns.unit.length -= count
  }

  private location(): void {
    const wire = this.wire
    const { end } = wire
    const { locationIds, locations, lines, mappingIds } = this.tables
    let lo = 0
    let hi = 0
    let mapping = -1
    let address = 0
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
      } else if (tag === 24) address = wire.unsigned()
      else if (tag === 34) this.line(wire.stop(end))
      else wire.skip(tag % 8)
    }
    if (wire.pos !== end) throw wire.truncated()
    if (lo === 0 && hi === 0) throw new FormatError('bad-id', 'A location has no id.', { what: 'location', id: 0 })
    const row = locationIds.row(lo, hi)
    if (!locationIds.define(row)) throw duplicate('location', idText(lo, hi))
    locations.row.push(row)
    locations.mapping.push(mapping)
    locations.address.push(address)
    locations.lineStart.push(firstLine)
  }

  private line(stop: number): void {
    const wire = this.wire
    let func = -1
    let line = 0
    while (wire.pos < stop) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        func = wire.lo === 0 && wire.hi === 0 ? -1 : this.tables.functionIds.row(wire.lo, wire.hi)
      } else if (tag === 16) line = wire.signed()
      else wire.skip(tag % 8)
    }
    if (wire.pos !== stop) throw wire.truncated()
    if (func < 0) throw new FormatError('bad-reference', 'A line names no function.', { function: 0 })
    this.tables.lines.func.push(func)
    this.tables.lines.line.push(line)
  }

  private functionEntry(): void {
    const wire = this.wire
    const { end } = wire
    const { functionIds, functions } = this.tables
    let lo = 0
    let hi = 0
    let name = 0
    let file = 0
    let startLine = 0
    while (wire.pos < end) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        lo = wire.lo
        hi = wire.hi
      } else if (tag === 16) name = wire.unsigned()
      else if (tag === 32) file = wire.unsigned()
      else if (tag === 40) startLine = wire.signed()
      else wire.skip(tag % 8)
    }
    if (wire.pos !== end) throw wire.truncated()
    if (lo === 0 && hi === 0) throw new FormatError('bad-id', 'A function has no id.', { what: 'function', id: 0 })
    const row = functionIds.row(lo, hi)
    if (!functionIds.define(row)) throw duplicate('function', idText(lo, hi))
    functions.row.push(row)
    functions.name.push(name)
    functions.file.push(file)
    functions.startLine.push(startLine)
  }

  private mapping(): void {
    const wire = this.wire
    const { end } = wire
    const { mappingIds, mappings } = this.tables
    let lo = 0
    let hi = 0
    const entry = { row: 0, start: 0, limit: 0, offset: 0, file: 0, buildId: 0 }
    while (wire.pos < end) {
      const tag = wire.unsigned()
      if (tag === 8) {
        wire.varint64()
        lo = wire.lo
        hi = wire.hi
      } else if (tag === 16) entry.start = wire.unsigned()
      else if (tag === 24) entry.limit = wire.unsigned()
      else if (tag === 32) entry.offset = wire.unsigned()
      else if (tag === 40) entry.file = wire.unsigned()
      else if (tag === 48) entry.buildId = wire.unsigned()
      else wire.skip(tag % 8)
    }
    if (wire.pos !== end) throw wire.truncated()
    if (lo === 0 && hi === 0) throw new FormatError('bad-id', 'A mapping has no id.', { what: 'mapping', id: 0 })
    entry.row = mappingIds.row(lo, hi)
    if (!mappingIds.define(entry.row)) throw duplicate('mapping', idText(lo, hi))
    mappings.push(entry)
  }

  private valueType(): RawValueType {
    const wire = this.wire
    const raw: RawValueType = { type: 0, unit: 0 }
    while (wire.pos < wire.end) {
      const tag = wire.unsigned()
      if (tag === 8) raw.type = wire.unsigned()
      else if (tag === 16) raw.unit = wire.unsigned()
      else wire.skip(tag % 8)
    }
    return raw
  }

  private unknown(): void {
    const tag = this.wire.unsigned()
    if (tag < 8) throw this.wire.notPprof('field number 0')
    this.wire.skip(tag % 8)
  }

  private finishStrings(): Strings {
    const count = this.stringEnd.length
    if (count === 0) throw new FormatError('bad-strings', 'There is no string table.', { strings: 0 })
    const offset = new Uint32Array(count + 1)
    offset.set(this.stringEnd.finish(), 1)
    if (offset[1] !== 0) {
      throw new FormatError('bad-strings', 'The first string of the table is not empty.', { strings: count })
    }
    return new Strings({ bytes: this.stringBytes.finish(), offset })
  }

  private finishLabels(samples: number, check: (i: number) => number): LabelTable | null {
    const columns = this.labelColumns
    if (!columns) return null
    const table = {
      start: columns.start.finish(),
      key: columns.key.finish(),
      str: columns.str.finish(),
      num: columns.num.finish(),
      unit: columns.unit.finish(),
    }
    if (table.start.length !== samples + 1) throw new Error('label table out of step with samples')
    for (let i = 0; i < table.key.length; i++) {
      check(table.key[i])
      check(table.str[i])
      check(table.unit[i])
    }
    return table
  }
}

/** True when a whole varint (at most ten bytes) stands at pos; throws nothing. */
function completeVarint(bytes: Uint8Array, pos: number, end: number): boolean {
  const stop = Math.min(end, pos + 10)
  for (let i = pos; i < stop; i++) if (bytes[i] < 0x80) return true
  return end - pos >= 10
}

function duplicate(what: string, id: string): FormatError {
  return new FormatError('bad-id', `Two ${what}s have the same id ${id}.`, { what, id })
}

function badString(i: number, length: number): FormatError {
  return new FormatError('bad-strings', `A name points to string ${i}; there are ${length}.`, {
    index: i,
    strings: length,
  })
}
