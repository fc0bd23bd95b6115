/** What is on the screen: a reused list of boxes in columns, filled by `layoutFlame`, read by drawing and input. */

/** A function's own box. */
export const BOX = 0
/** A caller of the zoomed box: drawn over the whole width above it. */
export const ANCESTOR = 1
/** Several callers of the zoomed box in one line. */
export const FOLD = 2
/** Neighbouring siblings too narrow to draw one by one. */
export const RUN = 3

export type BoxKind = typeof BOX | typeof ANCESTOR | typeof FOLD | typeof RUN

export class Boxes {
  length = 0
  /** Row of the tree. RUN: the first row it stands for. FOLD: the nearest of the folded callers. */
  row = new Int32Array(0)
  /** Line on the screen, 0 = the root's, growing away from it. */
  line = new Int32Array(0)
  /** Left edge and width in CSS px, clipped to the view. */
  x = new Float64Array(0)
  w = new Float64Array(0)
  /** One of BOX, ANCESTOR, FOLD, RUN. */
  kind = new Uint8Array(0)
  /** RUN: how many boxes it stands for. FOLD: how many callers. Others 1. */
  count = new Int32Array(0)
  /** RUN: the first tree row after it. Others row + 1. */
  next = new Int32Array(0)
  /** Total of the box, or of all boxes of a RUN, in the sample type's unit. */
  total = new Float64Array(0)
  /** Highest line in use. */
  lastLine = 0

  clear(): void {
    this.length = 0
    this.lastLine = 0
  }

  add(
    kind: BoxKind,
    row: number,
    next: number,
    line: number,
    x: number,
    w: number,
    count: number,
    total: number,
  ): void {
    const i = this.length
    if (i === this.row.length) this.grow()
    this.kind[i] = kind
    this.row[i] = row
    this.next[i] = next
    this.line[i] = line
    this.x[i] = x
    this.w[i] = w
    this.count[i] = count
    this.total[i] = total
    if (line > this.lastLine) this.lastLine = line
    this.length = i + 1
  }

  private grow(): void {
    const size = Math.max(1024, this.row.length * 2)
    const ints = (old: Int32Array) => {
      const wider = new Int32Array(size)
      wider.set(old)
      return wider
    }
    const doubles = (old: Float64Array) => {
      const wider = new Float64Array(size)
      wider.set(old)
      return wider
    }
    this.row = ints(this.row)
    this.next = ints(this.next)
    this.line = ints(this.line)
    this.count = ints(this.count)
    this.x = doubles(this.x)
    this.w = doubles(this.w)
    this.total = doubles(this.total)
    const kind = new Uint8Array(size)
    kind.set(this.kind)
    this.kind = kind
  }
}
