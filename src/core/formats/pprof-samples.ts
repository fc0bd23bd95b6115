/** The samples of a pprof file: stacks into the trie, values and labels into columns. Most of reading happens here. */
import { DoubleColumn, IntColumn } from '../model/columns.ts'
import type { LabelTable, SampleTable, StackTable } from '../model/profile.ts'
import { depthFirst } from '../model/stack-order.ts'
import { StackTrie } from '../model/stack-trie.ts'
import { FormatError } from './format-error.ts'
import type { RowIds } from './row-ids.ts'
import type { Wire } from './wire.ts'

/** What one profile may hold; past these the rest is left out and a note says how much. */
export interface ReaderLimits {
  samples: number
  stacks: number
}

/** After so many samples it is known how long one is, and room is made for as many as there may be. */
const SAMPLES_TO_JUDGE = 8192
const MAX_FIRST_SAMPLES = 1 << 22
/** Of large profiles, captured and made ones; only a first guess. */
const BYTES_PER_STACK_ROW = 50

export class SampleReader {
  /** Beyond the limits, left out. */
  skipped = 0
  private readonly trie: StackTrie
  /** Rows of the stack table; those of the last samples come when the trie settles. */
  private readonly rows = new IntColumn(1024)
  private samples = 0
  private values: DoubleColumn[] | null = null
  private stack = new Int32Array(256)
  private valueScratch = new Float64Array(64)
  /** Values of the sample at hand that a double does not hold, and those of all samples, by type. */
  private readonly wideScratch = new Map<number, bigint>()
  private wide: Map<number, bigint>[] | null = null
  private labelColumns: {
    start: IntColumn
    key: IntColumn
    str: IntColumn
    num: DoubleColumn
    unit: IntColumn
    wide: Map<number, bigint>
  } | null = null

  /** seed: see StackTrie. expectedBytes: as in PprofReader. */
  constructor(
    private readonly wire: Wire,
    private readonly locationIds: RowIds,
    seed: number,
    private readonly limits: ReaderLimits,
    private readonly expectedBytes: number,
  ) {
    this.trie = new StackTrie(seed, expectedBytes / BYTES_PER_STACK_ROW)
  }

  /** Reads the message at the wire. types: sample types named so far, 0 = none yet. */
  read(types: number): void {
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
        wire.skipField()
      }
    }
    this.endSample(depth, count, labels, types)
  }

  private endSample(depth: number, count: number, labels: number, types: number): void {
    if (this.values === null) this.values = Array.from({ length: count }, () => new DoubleColumn(1024))
    const { values } = this
    if (count !== values.length || (types > 0 && count !== types)) {
      throw badValues(this.samples + this.skipped, count, types || values.length)
    }
    if (this.samples >= this.limits.samples || this.trie.length + depth > this.limits.stacks) {
      this.skipped++
      this.wideScratch.clear()
      if (this.labelColumns && labels > 0) this.dropLabels(labels)
      return
    }
    this.trie.stage(this.stack, depth)
    this.samples++
    if (this.trie.full) this.trie.settle(this.rows)
    if (this.samples === SAMPLES_TO_JUDGE) this.reserveSamples()
    for (let i = 0; i < count; i++) values[i].push(this.valueScratch[i])
    if (this.wideScratch.size > 0) this.keepWide(values.length)
    this.labelColumns?.start.push(this.labelColumns.key.length)
  }

  private keepWide(types: number): void {
    this.wide ??= Array.from({ length: types }, () => new Map())
    for (const [type, value] of this.wideScratch) this.wide[type].set(this.samples - 1, value)
    this.wideScratch.clear()
  }

  private reserveSamples(): void {
    const { wire } = this
    const share = (wire.base + wire.end) / this.expectedBytes
    const room = Math.min(MAX_FIRST_SAMPLES, this.limits.samples, this.samples / share)
    if (!Number.isFinite(room)) return
    for (const column of [this.rows, ...(this.values ?? [])]) column.reserve(Math.ceil(room))
    if (!this.labelColumns) return
    const { start, key, str, num, unit } = this.labelColumns
    start.reserve(Math.ceil(room) + 1)
    const each = key.length / this.samples
    for (const column of [key, str, num, unit]) column.reserve(Math.ceil(room * each))
  }

  /** The hot loop of reading: every frame of every sample. Ids of up to three bytes that were met before. */
  private packedLocations(depth: number, stop: number): number {
    const wire = this.wire
    const { bytes } = wire
    this.reserveStack(depth + stop - wire.pos)
    let { stack } = this
    let { table } = this.locationIds
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
        table = this.locationIds.table
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
    this.stack[depth] = this.locationIds.row(wire.lo, wire.hi)
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
    const value = this.wire.signed()
    if (!isExact(value)) this.wideScratch.set(count, this.wire.int64OfHalves())
    this.valueScratch[count] = value
    return count + 1
  }

  private label(stop: number): void {
    const wire = this.wire
    let key = 0
    let str = 0
    let num = 0
    let wide = 0n
    let unit = 0
    while (wire.pos < stop) {
      const tag = wire.unsigned()
      if (tag === 8) key = wire.index()
      else if (tag === 16) str = wire.index()
      else if (tag === 24) {
        num = wire.signed()
        wide = isExact(num) ? 0n : wire.int64OfHalves()
      } else if (tag === 32) unit = wire.index()
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
        wide: new Map(),
      }
    }
    const columns = this.labelColumns
    if (wide !== 0n) columns.wide.set(columns.num.length, wide)
    columns.key.push(key)
    columns.str.push(str)
    columns.num.push(num)
    columns.unit.push(unit)
  }

  private dropLabels(count: number): void {
    const columns = this.labelColumns
    if (!columns) return
    for (let l = columns.num.length - count; l < columns.num.length; l++) columns.wide.delete(l)
    columns.key.length -= count
    columns.str.length -= count
    columns.num.length -= count
    columns.unit.length -= count
  }

  /** types: sample types of the file; check: throws for a string index outside the table. Throws FormatError. */
  finish(types: number, check: (i: number) => number): { stacks: StackTable; samples: SampleTable } {
    const columns = this.values ?? Array.from({ length: types }, () => new DoubleColumn(0))
    if (columns.length !== types) throw badValues(0, columns.length, types)
    this.trie.settle(this.rows)
    const { stacks, stack } = depthFirst(this.trie.finish(), this.rows.finish())
    const value = columns.map((column) => column.finish())
    const samples: SampleTable = { length: this.samples, stack, value, labels: this.finishLabels(check) }
    return { stacks, samples: this.wide ? { ...samples, wide: this.wide } : samples }
  }

  private finishLabels(check: (i: number) => number): LabelTable | null {
    const columns = this.labelColumns
    if (!columns) return null
    const table: LabelTable = {
      start: columns.start.finish(),
      key: columns.key.finish(),
      str: columns.str.finish(),
      num: columns.num.finish(),
      unit: columns.unit.finish(),
    }
    if (columns.wide.size > 0) table.wide = columns.wide
    if (table.start.length !== this.samples + 1) throw new Error('label table out of step with samples')
    for (let i = 0; i < table.key.length; i++) {
      check(table.key[i])
      check(table.str[i])
      check(table.unit[i])
    }
    return table
  }
}

/** A double holds it. */
const isExact = (value: number) => value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER

function badValues(sample: number, values: number, types: number): FormatError {
  return new FormatError('bad-values', 'A sample has another number of values than there are sample types.', {
    sample,
    values,
    types,
  })
}
