/**
 * The call tree, merged on demand. A box is a group of places in the stack table that share the path of
 * names; its children are found by grouping the next frames of those places. Only boxes that somebody
 * asks for are ever made: of three million rows a screen needs a hundred thousand.
 *
 * Upright, a place is a frame, weighs what runs through it, and its children are its callees. Inverted, a
 * place is a frame on the way from where a sample ends back to its root; it weighs what ended there, and
 * its one child is its caller.
 *
 * Groups and places live in arenas used as stacks: expand() puts a box's children on top, release()
 * takes them off when the walk has left the box.
 */
import type { Profile } from '../model/profile.ts'
import type { KeyTable } from './key-table.ts'
import type { StackLinks, StackSums, Weights } from './weights.ts'

export interface MergeInput {
  profile: Profile
  links: StackLinks
  weights: Weights
  /** What boxes are as wide as, where it is not the absolute weight. Boxes of no width are left out. */
  widths?: StackSums
  /** What each frame counts as. */
  keys: KeyTable
  frameKey: Int32Array
  inverted?: boolean
  /**
   * The places of the root box; without it the empty stack, or, inverted, every place where a sample ends.
   * Inverted, they weigh what runs through them.
   */
  start?: Start
  order: 'size' | 'name'
  /** Bits per stack row; a group's mark is the union over its places. For walks that look for something. */
  mark?: Uint8Array | Int32Array
  /** Leaves rows without a mark out: then totals are of marked rows only. */
  onlyMarked?: boolean
}

/** Frames of one key, none of them above another one of these. */
export interface Start {
  key: number
  row: Int32Array
  frame: Int32Array
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
  private bestWeight = new Float64Array(1024)
  private head = new Int32Array(1024)
  sorted = new Int32Array(1024)
  private groups = 0

  /** Place columns: a row of the stack table and a frame of its location. */
  private placeRow = new Int32Array(4096)
  private placeFrame = new Int32Array(4096)
  private placeNext = new Int32Array(4096)
  private places = 0

  /** Inverted: the row whose weight the place carries. */
  private placeOrigin = new Int32Array(0)

  private readonly slot: Int32Array
  private readonly slotStamp: Int32Array
  private stamp = 0
  /** Weight of an origin. */
  private readonly originTotal: Float64Array
  private readonly originAbs: Float64Array
  private readonly originWidth: Float64Array
  /** Width of a row, upright. */
  private readonly rowWidth: Float64Array

  constructor(private readonly input: MergeInput) {
    const { weights, keys, start, inverted } = input
    const widths = input.widths ?? { self: weights.absSelf, total: weights.absTotal }
    this.slot = new Int32Array(keys.length)
    this.slotStamp = new Int32Array(keys.length)
    this.originTotal = start ? weights.total : weights.self
    this.originAbs = start ? weights.absTotal : weights.absSelf
    this.originWidth = start ? widths.total : widths.self
    this.rowWidth = widths.total
    if (inverted) this.placeOrigin = new Int32Array(this.placeRow.length)
    if (start) this.startAt(start)
    else {
      const root = this.newGroup(-1)
      this.addPlace(root, 0, -1, weights.absTotal[0], 0)
      this.total[root] = weights.total[0]
      this.width[root] = widths.total[0]
      this.self[root] = weights.self[0]
      this.inlined[root] = 0
      this.mark[root] = input.mark ? input.mark[0] : 0
    }
  }

  private startAt({ key, row, frame }: Start): void {
    const { weights, mark } = this.input
    const root = this.newGroup(key)
    for (let i = 0; i < row.length; i++) {
      if (weights.absTotal[row[i]] === 0) continue
      if (this.input.inverted) this.addUp(root, row[i], frame[i], row[i])
      else this.addDown(root, row[i], frame[i])
      if (mark) this.mark[root] |= mark[row[i]]
    }
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
    const { end } = links
    const absTotal = this.input.weights.absTotal
    const wanted = this.input.onlyMarked ? this.input.mark : undefined
    const first = this.groups
    this.stamp++
    if (this.input.inverted) this.expandUp(group)
    else {
      for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) {
        const row = this.placeRow[p]
        const frame = this.placeFrame[p]
        if (frame >= 0 && frame + 1 < frameStart[location[row] + 1]) this.add(row, frame + 1)
        else {
          for (let child = row + 1; child < end[row]; child = end[child]) {
            if (absTotal[child] > 0 && wanted?.[child] !== 0) this.add(child, frameStart[location[child]])
          }
        }
      }
    }
    let to = first
    let restCount = 0
    let restTotal = 0
    let restWidth = 0
    for (let g = first; g < this.groups; g++) {
      if (this.width[g] === 0) continue
      if (this.width[g] >= minWidth) this.sorted[to++] = g
      else {
        restCount++
        restTotal += this.total[g]
        restWidth += this.width[g]
      }
    }
    if (restCount === 1) {
      // One box merged with nothing is just that box.
      for (let g = first; g < this.groups; g++) {
        if (this.width[g] > 0 && this.width[g] < minWidth) this.sorted[to++] = g
      }
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

  /** Sum over what a group's places weigh: upright what passes through them, inverted what ended where they come from. */
  sumWeights(group: number, { self, total }: StackSums): number {
    const { inverted, start } = this.input
    let sum = 0
    for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) {
      if (!inverted || this.placeFrame[p] < 0) sum += total[this.placeRow[p]]
      else sum += (start ? total : self)[this.placeOrigin[p]]
    }
    return sum
  }

  /** Stack rows of a group's places. */
  placeRows(group: number): number[] {
    const rows: number[] = []
    for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) rows.push(this.placeRow[p])
    return rows
  }

  /** The callers of a group's places; those of the root box are where samples end. */
  private expandUp(group: number): void {
    const { profile, frameKey } = this.input
    const { location, parent, length } = profile.stacks
    const { frameStart } = profile.locations
    if (this.key[group] === -1) {
      for (let row = 1; row < length; row++) {
        if (this.originAbs[row] === 0) continue
        const frame = frameStart[location[row] + 1] - 1
        this.addUp(this.groupOf(frameKey[frame]), row, frame, row)
      }
      return
    }
    for (let p = this.head[group]; p >= 0; p = this.placeNext[p]) {
      let row = this.placeRow[p]
      let frame = this.placeFrame[p] - 1
      if (frame < frameStart[location[row]]) {
        row = parent[row]
        if (row === 0) continue
        frame = frameStart[location[row] + 1] - 1
      }
      this.addUp(this.groupOf(frameKey[frame]), row, frame, this.placeOrigin[p])
    }
  }

  private add(row: number, frame: number): void {
    const { frameKey, mark } = this.input
    const group = this.groupOf(frameKey[frame])
    if (mark) this.mark[group] |= mark[row]
    this.addDown(group, row, frame)
  }

  private addDown(group: number, row: number, frame: number): void {
    const { weights, profile } = this.input
    const { frameStart } = profile.locations
    const location = profile.stacks.location[row]
    this.total[group] += weights.total[row]
    this.width[group] += this.rowWidth[row]
    if (frame + 1 === frameStart[location + 1]) this.self[group] += weights.self[row]
    this.noteInlined(group, location, frame)
    this.addPlace(group, row, frame, weights.absTotal[row], 0)
  }

  private addUp(group: number, row: number, frame: number, origin: number): void {
    const { profile, mark } = this.input
    const location = profile.stacks.location[row]
    this.total[group] += this.originTotal[origin]
    this.width[group] += this.originWidth[origin]
    // Nobody called this frame: the way ends here.
    if (profile.stacks.parent[row] === 0 && frame === profile.locations.frameStart[location]) {
      this.self[group] += this.originTotal[origin]
    }
    if (mark) this.mark[group] |= mark[origin]
    this.noteInlined(group, location, frame)
    this.addPlace(group, row, frame, this.originAbs[origin], origin)
  }

  private noteInlined(group: number, location: number, frame: number): void {
    const { frameStart, inlined } = this.input.profile.locations
    if (frame === frameStart[location] && !(inlined && inlined[location] === 1)) this.inlined[group] = 0
  }

  private groupOf(key: number): number {
    if (this.slotStamp[key] === this.stamp) return this.slot[key]
    const group = this.newGroup(key)
    this.slot[key] = group
    this.slotStamp[key] = this.stamp
    return group
  }

  /** weight: of its absolute values; the line of the heaviest place is the one that is shown. */
  private addPlace(group: number, row: number, frame: number, weight: number, origin: number): void {
    if (this.places === this.placeRow.length) this.growPlaces()
    const p = this.places++
    this.placeRow[p] = row
    this.placeFrame[p] = frame
    if (this.input.inverted) this.placeOrigin[p] = origin
    this.placeNext[p] = this.head[group]
    this.head[group] = p
    if (weight > this.bestWeight[group]) {
      this.bestWeight[group] = weight
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
    this.bestWeight[g] = -1
    return g
  }

  private sort(from: number, to: number): void {
    const { sorted, width, key } = this
    const byName = this.input.order === 'name'
    const { keys } = this.input
    const name = (g: number) => keys.strings.get(keys.name[key[g]])
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
    this.bestWeight = grownDouble(this.bestWeight, size)
    const inlined = new Uint8Array(size)
    inlined.set(this.inlined)
    this.inlined = inlined
  }

  private growPlaces(): void {
    const size = this.placeRow.length * 2
    this.placeRow = grownInt(this.placeRow, size)
    this.placeFrame = grownInt(this.placeFrame, size)
    this.placeNext = grownInt(this.placeNext, size)
    if (this.input.inverted) this.placeOrigin = grownInt(this.placeOrigin, size)
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
