/** Rows of several tables as rows of one: equal ones are found by hashing and kept once. */
import { ByteColumn, IntColumn } from '../model/columns.ts'
import { fnv1a } from '../model/name-hash.ts'
import { Strings } from '../model/strings.ts'

/** Open addressing over rows that the caller stores; slots hold row + 1. */
class Slots {
  private slots = new Int32Array(1024)
  private readonly hashes = new IntColumn()

  /** The row that has this hash and is the same; else -1, and `hash` is noted for the next row, which is `length`. */
  find(hash: number, isSame: (row: number) => boolean): number {
    const { hashes } = this
    if ((hashes.length + 1) * 2 > this.slots.length) this.grow()
    const mask = this.slots.length - 1
    let i = hash & mask
    for (; this.slots[i] !== 0; i = (i + 1) & mask) {
      const row = this.slots[i] - 1
      if (hashes.data[row] === hash && isSame(row)) return row
    }
    hashes.push(hash)
    this.slots[i] = hashes.length
    return -1
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let row = 0; row < this.hashes.length; row++) {
      let i = this.hashes.data[row] & mask
      while (slots[i] !== 0) i = (i + 1) & mask
      slots[i] = row + 1
    }
    this.slots = slots
  }
}

/** Strings told apart by their bytes. Row 0 is the empty one. */
export class StringTable {
  private readonly slots = new Slots()
  private readonly bytes = new ByteColumn()
  private readonly offset = new IntColumn()

  constructor() {
    this.offset.push(0)
    this.row(new Uint8Array(0))
  }

  row(text: Uint8Array): number {
    const { bytes, offset } = this
    const found = this.slots.find(fnv1a(text) | 0, (row) => {
      const from = offset.data[row]
      if (offset.data[row + 1] - from !== text.length) return false
      for (let i = 0; i < text.length; i++) if (bytes.data[from + i] !== text[i]) return false
      return true
    })
    if (found >= 0) return found
    bytes.append(text)
    offset.push(bytes.length)
    return offset.length - 2
  }

  finish(): Strings {
    return new Strings({ bytes: this.bytes.finish(), offset: Uint32Array.from(this.offset.finish()) })
  }
}

/** Lists of whole numbers, each list a row. */
export class ListTable {
  private readonly slots = new Slots()
  private readonly numbers = new IntColumn()
  private readonly start = new IntColumn()

  constructor() {
    this.start.push(0)
  }

  get length(): number {
    return this.start.length - 1
  }

  row(list: Int32Array, length = list.length): number {
    const { numbers, start } = this
    let hash = length
    for (let i = 0; i < length; i++) {
      hash = Math.imul(hash ^ list[i], 0x9e3779b1)
      hash ^= hash >>> 15
    }
    const found = this.slots.find(hash, (row) => {
      const from = start.data[row]
      if (start.data[row + 1] - from !== length) return false
      for (let i = 0; i < length; i++) if (numbers.data[from + i] !== list[i]) return false
      return true
    })
    if (found >= 0) return found
    for (let i = 0; i < length; i++) numbers.push(list[i])
    start.push(numbers.length)
    return start.length - 2
  }

  /** Number i of each row, in a column. */
  column(i: number): Int32Array<ArrayBuffer> {
    const out = new Int32Array(this.length)
    for (let row = 0; row < out.length; row++) out[row] = this.numbers.data[this.start.data[row] + i]
    return out
  }

  list(row: number): Int32Array {
    return this.numbers.data.subarray(this.start.data[row], this.start.data[row + 1])
  }
}

/** Pairs of whole numbers, each pair a row: lists of two that are looked up millions of times. */
export class PairTable {
  private readonly a: IntColumn
  private readonly b: IntColumn
  /** Open addressing; slots hold row + 1. */
  private slots: Int32Array

  /** rows: about as many as there will be. */
  constructor(rows = 1024) {
    this.a = new IntColumn(rows)
    this.b = new IntColumn(rows)
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, rows * 2))))
  }

  get length(): number {
    return this.a.length
  }

  row(a: number, b: number): number {
    const firsts = this.a.data
    const seconds = this.b.data
    const mask = this.slots.length - 1
    let i = pairHash(a, b) & mask
    for (; this.slots[i] !== 0; i = (i + 1) & mask) {
      const row = this.slots[i] - 1
      if (firsts[row] === a && seconds[row] === b) return row
    }
    const row = this.a.length
    this.slots[i] = row + 1
    this.a.push(a)
    this.b.push(b)
    if ((row + 1) * 2 > this.slots.length) this.grow()
    return row
  }

  /** The numbers of all rows, in columns. */
  first(): Int32Array<ArrayBuffer> {
    return this.a.finish()
  }

  second(): Int32Array<ArrayBuffer> {
    return this.b.finish()
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let row = 0; row < this.a.length; row++) {
      let i = pairHash(this.a.data[row], this.b.data[row]) & mask
      while (slots[i] !== 0) i = (i + 1) & mask
      slots[i] = row + 1
    }
    this.slots = slots
  }
}

function pairHash(a: number, b: number): number {
  const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
