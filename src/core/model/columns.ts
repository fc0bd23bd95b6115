/**
 * Typed arrays that grow by doubling, for tables whose length is known only at the end of the file. Room that was never
 * written to costs addresses, not memory: it may be reserved generously and need not be given back.
 */

export class IntColumn {
  data: Int32Array<ArrayBuffer>
  length = 0

  constructor(capacity = 256) {
    this.data = new Int32Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const grown = new Int32Array(Math.max(capacity, this.data.length * 2))
    grown.set(this.data.subarray(0, this.length))
    this.data = grown
  }

  /** The column cut to its length, without a copy. */
  finish(): Int32Array<ArrayBuffer> {
    return this.data.subarray(0, this.length)
  }
}

export class DoubleColumn {
  data: Float64Array<ArrayBuffer>
  length = 0

  constructor(capacity = 256) {
    this.data = new Float64Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const grown = new Float64Array(Math.max(capacity, this.data.length * 2))
    grown.set(this.data.subarray(0, this.length))
    this.data = grown
  }

  /** The column cut to its length, without a copy. */
  finish(): Float64Array<ArrayBuffer> {
    return this.data.subarray(0, this.length)
  }
}

/** Where in a 64-bit word its low half lies. */
const LOW = new Int32Array(new BigUint64Array([1n]).buffer)[0] === 1 ? 0 : 1

/** 64-bit words, unsigned. They come in halves: a BigInt made for each would cost more than all of reading it. */
export class WordColumn {
  length = 0
  private halves: Int32Array<ArrayBuffer>

  constructor(capacity = 256) {
    this.halves = new Int32Array(capacity * 2)
  }

  push(low: number, high: number): void {
    const at = this.length * 2
    if (at === this.halves.length) {
      const grown = new Int32Array(at * 2)
      grown.set(this.halves)
      this.halves = grown
    }
    this.halves[at + LOW] = low
    this.halves[at + 1 - LOW] = high
    this.length++
  }

  /** The column cut to its length, without a copy. */
  finish(): BigUint64Array<ArrayBuffer> {
    return new BigUint64Array(this.halves.buffer, 0, this.length)
  }
}

/** The halves of each word, low one first. A view of the same memory where the machine has them in that order. */
export function halvesOf(words: BigUint64Array): Int32Array {
  const halves = new Int32Array(words.buffer, words.byteOffset, words.length * 2)
  if (LOW === 0) return halves
  return halves.map((_, i) => halves[i ^ 1])
}

export class ByteColumn {
  data: Uint8Array<ArrayBuffer>
  length = 0

  constructor(capacity = 4096) {
    this.data = new Uint8Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  append(bytes: Uint8Array): void {
    this.reserve(this.length + bytes.length)
    this.data.set(bytes, this.length)
    this.length += bytes.length
  }

  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const grown = new Uint8Array(Math.max(capacity, this.data.length * 2))
    grown.set(this.data.subarray(0, this.length))
    this.data = grown
  }

  /** The column cut to its length, without a copy. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.data.subarray(0, this.length)
  }
}

/** The values of a column at these rows. Array.from with a callback takes ten times as long. */
export function picked<T extends Float64Array | Int32Array | Uint8Array>(column: T, rows: Int32Array): T {
  const out = new (column.constructor as new (length: number) => T)(rows.length)
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]]
  return out
}
