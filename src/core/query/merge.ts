/**
 * The function call tree, merged on demand. A box is a group of places in the stack table that share
 * the path of function names; its children are found by grouping the next frames of those places. Only
 * boxes that somebody asks for are ever made: of three million rows a screen needs a hundred thousand.
 *
 * Groups and places live in arenas used as stacks: expand() puts a box's children on top, release()
 * takes them off when the walk has left the box.
 */
import type { Profile } from '../model/profile.ts'
import type { StackLinks, Weights } from './weights.ts'

export interface MergeInput {
  profile: Profile
  links: StackLinks
  weights: Weights
  /** Group key of each frame: the symbol of its function. */
  frameKey: Int32Array
  order: 'size' | 'name'
  /** Bits per stack row; a group's mark is the union over its places. For walks that look for something. */
  mark?: Uint8Array | Int32Array
  /** Leaves rows without a mark out: then totals are of marked rows only. */
  onlyMarked?: boolean
}

export interface Children {
  /** Groups sorted[from..to) are the children, in display order. */
  from: number
  to: number
  /** Children narrower than the minimum, merged. */
  restCount: number
  restTotal: number
  restWidth: number
}

export class Merge {
  /** Group columns. */
  key = new Int32Array(1024)
  total = new Float64Array(1024)
  width = new Float64Array(1024)
  self = new Float64Array(1024)
  /** 1 when every place is an inlined call. */
  inlined = new Uint8Array(1024)
  mark = new Int32Array(1024)
  /** Frame of the heaviest place, and its weight. */
  bestFrame = new Int32Array(1024)
  bestRow = new Int32Array(1024)
  private bestWidth = new Float64Array(1024)
  private head = new Int32Array(1024)
  sorted = new Int32Array(1024)
  private groups = 0

  /** Place columns: a row of the stack table and a frame of its location. */
  private placeRow = new Int32Array(4096)
  private placeFrame = new Int32Array(4096)
  private placeNext = new Int32Array(4096)
  private places = 0

  private readonly slot: Int32Array
  private readonly slotStamp: Int32Array
  private stamp = 0

  constructor(private readonly input: MergeInput) {
    this.slot = new Int32Array(input.profile.functions.length)
    this.slotStamp = new Int32Array(input.profile.functions.length)
    const { weights } = input
    const root = this.newGroup(-1)
    this.addPlace(root, 0, -1, weights.absTotal[0])
    this.total[root] = weights.total[0]
    this.width[root] = weights.absTotal[0]
    this.self[root] = weights.self[0]
    this.inlined[root] = 0
    this.mark[root] = input.mark ? input.mark[0] : 0
  }

  /** Takes back everything made after `mark()` answered this. */
  release(mark: { groups: number; places: number }): void {
    this.groups = mark.groups
    this.places = mark.places
  }

  position(): { groups: number; places: number } {
    return { groups: this.groups, places: this.places }
  }

  /** Makes the children of a group. Children of no width are left out; those under minWidth are merged. */
  expand(group: number, minWidth: number): Children {
    const { profile, links } = this.input
    const location = profile.stacks.location
    const frameStart = profile.locations.frameStart
    const { firstChild, nextSibling } = links
    const absTotal = this.input.weights.absTotal
    const wanted = this.input.onlyMarked ? this.input.mark : undefined
    const first = this.groups
    this.stamp++
    for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) {
      const row = this.placeRow[p]
      const frame = this.placeFrame[p]
      if (frame >= 0 && frame + 1 < frameStart[location[row] + 1]) this.add(row, frame + 1, absTotal[row])
      else {
        for (let child = firstChild[row]; child > 0; child = nextSibling[child]) {
          const width = absTotal[child]
          if (width > 0 && (!wanted || wanted[child] !== 0)) this.add(child, frameStart[location[child]], width)
        }
      }
    }
    let to = first
    let restCount = 0
    let restTotal = 0
    let restWidth = 0
    for (let g = first; g < this.groups; g++) {
      if (this.width[g] >= minWidth) this.sorted[to++] = g
      else {
        restCount++
        restTotal += this.total[g]
        restWidth += this.width[g]
      }
    }
    if (restCount === 1) {
      // One box merged with nothing is just that box.
      for (let g = first; g < this.groups; g++) if (this.width[g] < minWidth) this.sorted[to++] = g
      restCount = 0
      restTotal = 0
      restWidth = 0
    }
    if (to - first > 1) this.sort(first, to)
    return { from: first, to, restCount, restTotal, restWidth }
  }

  /** Sum of a column over the stack rows of a group's places. */
  sumPlaces(group: number, column: Float64Array): number {
    let sum = 0
    for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) sum += column[this.placeRow[p]]
    return sum
  }

  /** Stack rows of a group's places. */
  placeRows(group: number): number[] {
    const rows: number[] = []
    for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) rows.push(this.placeRow[p])
    return rows
  }

  private add(row: number, frame: number, width: number): void {
    const { weights, frameKey, profile, mark } = this.input
    const key = frameKey[frame]
    let group: number
    if (this.slotStamp[key] === this.stamp) group = this.slot[key]
    else {
      group = this.newGroup(key)
      this.slot[key] = group
      this.slotStamp[key] = this.stamp
    }
    const location = profile.stacks.location[row]
    this.total[group] += weights.total[row]
    this.width[group] += width
    if (frame + 1 === profile.locations.frameStart[location + 1]) this.self[group] += weights.self[row]
    if (frame === profile.locations.frameStart[location]) this.inlined[group] = 0
    if (mark) this.mark[group] |= mark[row]
    this.addPlace(group, row, frame, width)
  }

  private addPlace(group: number, row: number, frame: number, width: number): void {
    if (this.places === this.placeRow.length) this.growPlaces()
    const p = this.places++
    this.placeRow[p] = row
    this.placeFrame[p] = frame
    this.placeNext[p] = this.head[group]
    this.head[group] = p
    if (width > this.bestWidth[group]) {
      this.bestWidth[group] = width
      this.bestFrame[group] = frame
      this.bestRow[group] = row
    }
  }

  private newGroup(key: number): number {
    if (this.groups === this.key.length) this.growGroups()
    const g = this.groups++
    this.key[g] = key
    this.total[g] = 0
    this.width[g] = 0
    this.self[g] = 0
    this.inlined[g] = 1
    this.mark[g] = 0
    this.head[g] = -1
    this.bestFrame[g] = -1
    this.bestRow[g] = 0
    this.bestWidth[g] = -1
    return g
  }

  private sort(from: number, to: number): void {
    const { sorted, width, key } = this
    const byName = this.input.order === 'name'
    const { functions, strings } = this.input.profile
    const name = (g: number) => strings.get(functions.name[key[g]])
    const before = (a: number, b: number): number => {
      if (!byName && width[a] !== width[b]) return width[b] - width[a]
      const x = name(a)
      const y = name(b)
      return x < y ? -1 : x > y ? 1 : 0
    }
    if (to - from <= 24) {
      for (let i = from + 1; i < to; i++) {
        const g = sorted[i]
        let j = i - 1
        while (j >= from && before(sorted[j], g) > 0) {
          sorted[j + 1] = sorted[j]
          j--
        }
        sorted[j + 1] = g
      }
    } else sorted.subarray(from, to).sort(before)
  }

  private growGroups(): void {
    const size = this.key.length * 2
    this.key = grownInt(this.key, size)
    this.mark = grownInt(this.mark, size)
    this.bestFrame = grownInt(this.bestFrame, size)
    this.bestRow = grownInt(this.bestRow, size)
    this.head = grownInt(this.head, size)
    this.sorted = grownInt(this.sorted, size)
    this.total = grownDouble(this.total, size)
    this.width = grownDouble(this.width, size)
    this.self = grownDouble(this.self, size)
    this.bestWidth = grownDouble(this.bestWidth, size)
    const inlined = new Uint8Array(size)
    inlined.set(this.inlined)
    this.inlined = inlined
  }

  private growPlaces(): void {
    const size = this.placeRow.length * 2
    this.placeRow = grownInt(this.placeRow, size)
    this.placeFrame = grownInt(this.placeFrame, size)
    this.placeNext = grownInt(this.placeNext, size)
  }
}

function grownInt(from: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size)
  to.set(from)
  return to
}

function grownDouble(from: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(size)
  to.set(from)
  return to
}
