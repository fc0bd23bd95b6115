import { IntColumn } from './columns.ts'
import type { StackTable } from './profile.ts'

const MAX_FIRST_ROWS = 1 << 22
/** Ints per row of `seal`: three hashes and the depth, a quarter of a cache line. */
const SEAL = 4
/** Ints per prefix of the stack at hand: its three hashes. */
const STEP = 3
/** A slot holds a row in its low bits and six bits of the hash above, so that a foreign row is told without looking. */
const ROW_BITS = 26
const ROW_MASK = (1 << ROW_BITS) - 1

/**
 * Builds the stack table: a trie of locations in which samples share the rows of the callers they share.
 *
 * Looking up a stack frame by frame costs one random memory access a frame. Instead every prefix of a
 * stack (counted from the root) has a rolling hash, known prefixes are closed under shortening, and so
 * the longest known one is found from the leaf upwards in a few accesses: the four longest at once, then
 * by galloping and halving.
 *
 * A row is recognised by its last location, its depth and 96 bits of hash under a seed drawn for each
 * file. Two different stacks of one file share all that with a chance of about rows² / 2⁹⁷: below 10⁻¹⁶
 * for three million rows. Walking every hit up to the root instead would double the cost of reading.
 */
export class StackTrie {
  private readonly location = new IntColumn(1024)
  private readonly parent = new IntColumn(1024)
  /** Side by side, so that recognising a row touches one cache line. */
  private readonly seal = new IntColumn(1024 * SEAL)
  private slots: Int32Array
  private mask = 4095
  /** Hashes of the stack at hand: prefix of d locations, from the root, at d · STEP. */
  private prefix = new Int32Array(128 * STEP)
  private readonly seeds: [number, number, number]

  /**
   * seed: any 32-bit number; a fresh one a file keeps hostile files from knowing the hashes.
   * expected: rows to make room for at once; more may come.
   */
  constructor(seed: number, expected = 0) {
    const rows = Math.min(MAX_FIRST_ROWS, Math.floor(expected))
    this.location.reserve(rows)
    this.parent.reserve(rows)
    this.seal.reserve(rows * SEAL)
    while (this.mask < rows * 1.6) this.mask = this.mask * 2 + 1
    this.slots = new Int32Array(this.mask + 1)
    this.seeds = [
      Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b,
      Math.imul(seed ^ 0x27d4eb2f, 0xc2b2ae35) ^ 0x165667b1,
      Math.imul(seed + 0x6c8e9cf5, 0xcc9e2d51) ^ 0x1b873593,
    ]
    this.location.push(-1)
    this.parent.push(-1)
    for (const value of [...this.seeds, 0]) this.seal.push(value)
  }

  get length(): number {
    return this.location.length
  }

  /** Row of the stack `leafFirst[0, depth)`; row 0 for an empty one. */
  insert(leafFirst: Int32Array, depth: number): number {
    if ((depth + 1) * STEP > this.prefix.length) this.prefix = new Int32Array((depth + 1) * STEP * 2)
    const { prefix } = this
    let [a, b, c] = this.seeds
    for (let i = depth - 1, p = STEP; i >= 0; i--, p += STEP) {
      const l = leafFirst[i]
      // Multiply and fold: three odd factors, three shifts, three ways to take the location in.
      a = Math.imul(a ^ l, 0x9e3779b1)
      a ^= a >>> 15
      b = Math.imul(b + l, 0x85ebca77)
      b ^= b >>> 13
      c = Math.imul((c ^ (l << 7)) + l, 0xc2b2ae3d)
      c ^= c >>> 16
      prefix[p] = a
      prefix[p + 1] = b
      prefix[p + 2] = c
    }
    let known = depth
    let row = 0
    // Four loads that do not wait for each other.
    const { slots, mask } = this
    const s0 = depth > 0 ? slots[prefix[depth * STEP] & mask] : 0
    const s1 = depth > 1 ? slots[prefix[(depth - 1) * STEP] & mask] : 0
    const s2 = depth > 2 ? slots[prefix[(depth - 2) * STEP] & mask] : 0
    const s3 = depth > 3 ? slots[prefix[(depth - 3) * STEP] & mask] : 0
    if (s0 !== 0) row = this.find(depth, s0)
    if (row === 0 && --known > 0 && s1 !== 0) row = this.find(known, s1)
    if (row === 0 && --known > 0 && s2 !== 0) row = this.find(known, s2)
    if (row === 0 && --known > 0 && s3 !== 0) row = this.find(known, s3)
    if (row === 0 && known > 0) {
      row = this.longestBelow(known)
      known = row === 0 ? 0 : this.seal.data[row * SEAL + 3]
    } else if (row === 0) known = 0
    for (let d = known + 1; d <= depth; d++) row = this.append(d, leafFirst[depth - d], row)
    return row
  }

  /** The stack table; the builder is spent. */
  finish(): StackTable {
    this.slots = new Int32Array(0)
    return { length: this.location.length, location: this.location.finish(), parent: this.parent.finish() }
  }

  /** Row of the longest known prefix of less than `high` locations, 0 when there is none. */
  private longestBelow(unknown: number): number {
    let high = unknown
    let low = 0
    let lowRow = 0
    for (let step = 1; high - step > 0; step *= 2) {
      const d = high - step
      const row = this.find(d, this.slots[this.prefix[d * STEP] & this.mask])
      if (row > 0) {
        low = d
        lowRow = row
        break
      }
      high = d
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1
      const row = this.find(middle, this.slots[this.prefix[middle * STEP] & this.mask])
      if (row > 0) {
        low = middle
        lowRow = row
      } else high = middle
    }
    return lowRow
  }

  /** Row of the prefix of d locations, 0 = unknown. first: what its slot holds. */
  private find(d: number, first: number): number {
    const p = d * STEP
    const { slots, mask, prefix } = this
    const tag = prefix[p] >>> ROW_BITS
    let slot = first
    for (let i = prefix[p] & mask; slot !== 0; ) {
      if (slot >>> ROW_BITS === tag) {
        const seal = this.seal.data
        const s = (slot & ROW_MASK) * SEAL
        if (
          seal[s] === prefix[p] &&
          seal[s + 1] === prefix[p + 1] &&
          seal[s + 2] === prefix[p + 2] &&
          seal[s + 3] === d
        ) {
          return slot & ROW_MASK
        }
      }
      i = (i + 1) & mask
      slot = slots[i]
    }
    return 0
  }

  private append(d: number, location: number, parent: number): number {
    const row = this.location.length
    const p = d * STEP
    const { prefix, seal } = this
    this.location.push(location)
    this.parent.push(parent)
    seal.reserve(seal.length + SEAL)
    const data = seal.data
    const s = seal.length
    data[s] = prefix[p]
    data[s + 1] = prefix[p + 1]
    data[s + 2] = prefix[p + 2]
    data[s + 3] = d
    seal.length = s + SEAL
    if (row * 1.6 > this.mask) this.growSlots()
    this.place(row, prefix[p])
    return row
  }

  private place(row: number, hash: number): void {
    const { slots, mask } = this
    let i = hash & mask
    while (slots[i] !== 0) i = (i + 1) & mask
    slots[i] = row | (hash & ~ROW_MASK)
  }

  private growSlots(): void {
    const size = this.slots.length * 4
    this.slots = new Int32Array(size)
    this.mask = size - 1
    const seal = this.seal.data
    for (let row = 1; row < this.location.length - 1; row++) this.place(row, seal[row * SEAL])
  }
}
