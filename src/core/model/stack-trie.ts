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

/** Stacks looked up together. */
const BATCH = 32
/** Longest prefixes of each that are fetched ahead: most stacks leave a known one in its last frames. */
const AHEAD = 4

/**
 * Builds the stack table: a trie of locations in which samples share the rows of the callers they share.
 *
 * Looking up a stack frame by frame costs one random memory access a frame. Instead every prefix of a
 * stack (counted from the root) has a rolling hash, known prefixes are closed under shortening, and so
 * the longest known one is found from the leaf upwards in a few accesses: the four longest at once, then
 * by galloping and halving. What is left is waiting for memory; so stacks are staged, and the lines that a
 * batch of them will need are fetched in loads that do not wait for each other.
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
  private readonly seeds: [number, number, number]

  /** Staged stacks, one after the other, root first: the locations, and the hashes of the prefixes that end there. */
  private locations = new Int32Array(4096)
  private prefix = new Int32Array(4096 * STEP)
  private readonly end = new Int32Array(BATCH + 1)
  private staged = 0
  private readonly fetched = new Int32Array(BATCH * AHEAD)

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

  /** Rows there are, and the most that the staged stacks can add. */
  get length(): number {
    return this.location.length + this.end[this.staged]
  }

  /** No more stacks can be staged. */
  get full(): boolean {
    return this.staged === BATCH
  }

  /** Row of the stack `leafFirst[0, depth)`; row 0 for an empty one. Nothing may be staged. */
  insert(leafFirst: Int32Array, depth: number): number {
    this.stage(leafFirst, depth)
    this.makeRoom()
    const row = this.settleOne(0)
    this.staged = 0
    return row
  }

  /** Takes the stack `leafFirst[0, depth)` in, to be looked up with the others by `settle`. */
  stage(leafFirst: Int32Array, depth: number): void {
    const start = this.end[this.staged]
    const end = start + depth
    if (end > this.locations.length) this.reserve(end)
    const { locations, prefix } = this
    let [a, b, c] = this.seeds
    for (let i = depth - 1, at = start, p = start * STEP; i >= 0; i--, at++, p += STEP) {
      const l = leafFirst[i]
      locations[at] = l
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
    this.end[++this.staged] = end
  }

  /** Appends the rows of the staged stacks, in their order. */
  settle(rows: IntColumn): void {
    this.makeRoom()
    this.fetch()
    for (let s = 0; s < this.staged; s++) rows.push(this.settleOne(s))
    this.staged = 0
  }

  /** The stack table; the builder is spent. */
  finish(): StackTable {
    // What comes next needs the memory.
    this.slots = new Int32Array(0)
    this.seal.data = new Int32Array(0)
    return { length: this.location.length, location: this.location.finish(), parent: this.parent.finish() }
  }

  /** Brings the slots of the longest prefixes into the cache, then the seals that they point to. */
  private fetch(): void {
    const { slots, mask, prefix, end, fetched, staged } = this
    const seal = this.seal.data
    for (let s = 0; s < staged; s++) {
      const first = Math.max(end[s], end[s + 1] - AHEAD)
      for (let at = end[s + 1] - 1, f = s * AHEAD; at >= first; at--, f++) fetched[f] = slots[prefix[at * STEP] & mask]
    }
    let seen = 0
    for (let s = 0; s < staged; s++) {
      const first = Math.max(end[s], end[s + 1] - AHEAD)
      for (let at = end[s + 1] - 1, f = s * AHEAD; at >= first; at--, f++) {
        if (fetched[f] !== 0 && fetched[f] >>> ROW_BITS === prefix[at * STEP] >>> ROW_BITS) {
          seen ^= seal[(fetched[f] & ROW_MASK) * SEAL]
        }
      }
    }
    // Kept, so that no compiler finds the loads idle.
    fetched[0] = seen
  }

  private settleOne(s: number): number {
    const start = this.end[s]
    const depth = this.end[s + 1] - start
    // Longest first; then by steps that double.
    let known = depth
    let row = 0
    for (const stop = Math.max(0, depth - AHEAD); known > stop; known--) {
      row = this.find(start, known)
      if (row !== 0) break
    }
    if (row === 0 && known > 0) {
      row = this.longestBelow(start, known + 1)
      known = row === 0 ? 0 : this.seal.data[row * SEAL + 3]
    }
    return known < depth ? this.append(start, known, depth, row) : row
  }

  /** Row of the longest known prefix of less than `unknown` locations, 0 when there is none. */
  private longestBelow(start: number, unknown: number): number {
    let high = unknown
    let low = 0
    let lowRow = 0
    for (let step = 1; high - step > 0; step *= 2) {
      const d = high - step
      const row = this.find(start, d)
      if (row > 0) {
        low = d
        lowRow = row
        break
      }
      high = d
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1
      const row = this.find(start, middle)
      if (row > 0) {
        low = middle
        lowRow = row
      } else high = middle
    }
    return lowRow
  }

  /** Row of the prefix of d locations of the stack staged at `start`, 0 = unknown. */
  private find(start: number, d: number): number {
    const p = (start + d - 1) * STEP
    const { slots, mask, prefix } = this
    const hash = prefix[p]
    const tag = hash >>> ROW_BITS
    let i = hash & mask
    for (let slot = slots[i]; slot !== 0; slot = slots[i]) {
      if (slot >>> ROW_BITS === tag) {
        const seal = this.seal.data
        const s = (slot & ROW_MASK) * SEAL
        if (seal[s] === hash && seal[s + 1] === prefix[p + 1] && seal[s + 2] === prefix[p + 2] && seal[s + 3] === d) {
          return slot & ROW_MASK
        }
      }
      i = (i + 1) & mask
    }
    return 0
  }

  /** Rows for the prefixes of more than `known` locations below the row of that one; the last of them. */
  private append(start: number, known: number, depth: number, above: number): number {
    const { prefix, locations, slots, mask } = this
    const location = this.location.data
    const parent = this.parent.data
    const seal = this.seal.data
    let row = above
    let next = this.location.length
    for (let d = known; d < depth; d++) {
      const p = (start + d) * STEP
      const s = next * SEAL
      location[next] = locations[start + d]
      parent[next] = row
      const hash = prefix[p]
      seal[s] = hash
      seal[s + 1] = prefix[p + 1]
      seal[s + 2] = prefix[p + 2]
      seal[s + 3] = d + 1
      let i = hash & mask
      while (slots[i] !== 0) i = (i + 1) & mask
      slots[i] = next | (hash & ~ROW_MASK)
      row = next++
    }
    this.setLength(next)
    return row
  }

  private setLength(rows: number): void {
    this.location.length = rows
    this.parent.length = rows
    this.seal.length = rows * SEAL
  }

  /** For all rows that the staged stacks may need, so that no row has to look. */
  private makeRoom(): void {
    const rows = this.length
    this.location.reserve(rows)
    this.parent.reserve(rows)
    this.seal.reserve(rows * SEAL)
    while (rows * 1.6 > this.mask) this.growSlots()
  }

  private growSlots(): void {
    const size = this.slots.length * 4
    this.slots = new Int32Array(size)
    this.mask = size - 1
    const { slots, mask } = this
    const seal = this.seal.data
    for (let row = 1; row < this.location.length; row++) {
      const hash = seal[row * SEAL]
      let i = hash & mask
      while (slots[i] !== 0) i = (i + 1) & mask
      slots[i] = row | (hash & ~ROW_MASK)
    }
  }

  private reserve(staged: number): void {
    const locations = new Int32Array(staged * 2)
    locations.set(this.locations)
    this.locations = locations
    const prefix = new Int32Array(staged * 2 * STEP)
    prefix.set(this.prefix)
    this.prefix = prefix
  }
}
