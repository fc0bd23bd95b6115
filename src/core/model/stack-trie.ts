import { IntColumn } from './columns.ts'
import type { StackTable } from './profile.ts'

const MAX_FIRST_ROWS = 1 << 22

/**
 * Builds the stack table: a trie of locations in which samples share the rows of the callers they share.
 *
 * Looking up a stack frame by frame costs one random memory access a frame. Instead every prefix of a
 * stack (counted from the root) has a 64-bit rolling hash, known prefixes are closed under shortening,
 * and so the longest known prefix is found by galloping from the leaf: about log(depth) accesses. A hit
 * is verified location by location, so the result is exact whatever the hashes do.
 */
export class StackTrie {
  private readonly location = new IntColumn(1024)
  private readonly parent = new IntColumn(1024)
  private readonly hashA = new IntColumn(1024)
  private readonly hashB = new IntColumn(1024)
  private slots: Int32Array
  private mask = 4095
  /** Rolling hashes and locations of the stack at hand, root first; index d is the prefix of d frames. */
  private prefixA = new Int32Array(128)
  private prefixB = new Int32Array(128)
  private path = new Int32Array(128)
  private readonly seedA: number
  private readonly seedB: number

  /**
   * seed: any 32-bit number; a fresh one a file keeps hostile files from knowing the hashes.
   * expected: rows to make room for at once; more may come.
   */
  constructor(seed: number, expected = 0) {
    const rows = Math.min(MAX_FIRST_ROWS, expected)
    for (const column of [this.location, this.parent, this.hashA, this.hashB]) column.reserve(rows)
    while (this.mask < rows * 2) this.mask = this.mask * 2 + 1
    this.slots = new Int32Array(this.mask + 1)
    this.seedA = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) | 0
    this.seedB = (Math.imul(seed ^ 0x27d4eb2f, 0xc2b2ae35) ^ 0x165667b1) | 0
    this.append(-1, -1, this.seedA, this.seedB)
  }

  get length(): number {
    return this.location.length
  }

  /** Row of the stack `leafFirst[0, depth)`; row 0 for an empty one. */
  insert(leafFirst: Int32Array, depth: number): number {
    if (depth >= this.path.length) this.growScratch(depth + 1)
    const { prefixA, prefixB, path } = this
    let a = this.seedA
    let b = this.seedB
    for (let d = 1; d <= depth; d++) {
      const l = leafFirst[depth - d]
      path[d] = l
      // Two multiplicative hashes with different odd factors; the xor-shift brings high bits down.
      a = Math.imul(a ^ l, 0x9e3779b1)
      a ^= a >>> 15
      b = Math.imul(b + l, 0x85ebca77)
      b ^= b >>> 13
      prefixA[d] = a
      prefixB[d] = b
    }
    const known = this.longestKnown(depth)
    let row = known.row
    for (let d = known.depth + 1; d <= depth; d++) row = this.append(path[d], row, prefixA[d], prefixB[d])
    return row
  }

  /** The stack table; the builder is spent. */
  finish(): StackTable {
    this.slots = new Int32Array(0)
    return { length: this.location.length, location: this.location.finish(), parent: this.parent.finish() }
  }

  private readonly hit = { row: 0, depth: 0 }

  private longestKnown(depth: number): { row: number; depth: number } {
    const hit = this.hit
    hit.row = 0
    hit.depth = 0
    let low = 0
    let lowRow = 0
    let high = depth + 1
    let step = 1
    for (let d = depth; d > 0; ) {
      const row = this.find(d)
      if (row > 0) {
        low = d
        lowRow = row
        break
      }
      high = d
      d -= step
      step *= 2
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1
      const row = this.find(middle)
      if (row > 0) {
        low = middle
        lowRow = row
      } else high = middle
    }
    if (low > 0 && !this.samePath(lowRow, low)) return this.walkDown(depth)
    hit.row = lowRow
    hit.depth = low
    return hit
  }

  private find(d: number): number {
    const a = this.prefixA[d]
    const b = this.prefixB[d]
    const { slots, mask } = this
    const hashA = this.hashA.data
    const hashB = this.hashB.data
    for (let i = a & mask; ; i = (i + 1) & mask) {
      const row = slots[i]
      if (row === 0) return 0
      if (hashA[row] === a && hashB[row] === b) return row
    }
  }

  private samePath(row: number, depth: number): boolean {
    const location = this.location.data
    const parent = this.parent.data
    const path = this.path
    for (let d = depth; d > 0; d--) {
      if (row <= 0 || location[row] !== path[d]) return false
      row = parent[row]
    }
    return row === 0
  }

  /** After a hash collision (a few in 10^19): the plain way, a scan of all rows per frame. */
  private walkDown(depth: number): { row: number; depth: number } {
    const location = this.location.data
    const parent = this.parent.data
    let row = 0
    let d = 1
    for (; d <= depth; d++) {
      let child = -1
      for (let r = row + 1; r < this.location.length; r++) {
        if (parent[r] === row && location[r] === this.path[d]) {
          child = r
          break
        }
      }
      if (child < 0) break
      row = child
    }
    this.hit.row = row
    this.hit.depth = d - 1
    return this.hit
  }

  private append(location: number, parent: number, a: number, b: number): number {
    const row = this.location.length
    this.location.push(location)
    this.parent.push(parent)
    this.hashA.push(a)
    this.hashB.push(b)
    if (row > 0) {
      if (row * 2 > this.mask) this.growSlots()
      this.place(row, a)
    }
    return row
  }

  private place(row: number, a: number): void {
    const { slots, mask } = this
    let i = a & mask
    while (slots[i] !== 0) i = (i + 1) & mask
    slots[i] = row
  }

  private growSlots(): void {
    const size = this.slots.length * 4
    this.slots = new Int32Array(size)
    this.mask = size - 1
    const hashA = this.hashA.data
    for (let row = 1; row < this.location.length - 1; row++) this.place(row, hashA[row])
  }

  private growScratch(depth: number): void {
    const size = depth * 2
    this.prefixA = new Int32Array(size)
    this.prefixB = new Int32Array(size)
    this.path = new Int32Array(size)
  }
}
