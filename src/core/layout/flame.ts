/**
 * The flame graph's geometry: which boxes of a call tree are visible, and where. Runs on every frame, so
 * it walks the rows once, skips what cannot be seen and allocates nothing.
 */
import { type CallTree, REST } from '../query/call-tree.ts'
import { ANCESTOR, BOX, type Boxes, FOLD, RUN } from './boxes.ts'

/** What part of a tree is looked at, and how large. */
export interface FlameView {
  /** Row of the zoomed box; 0 = the whole graph. */
  zoom: number
  /** Window in the tree's width units that fills the view from left to right. */
  lo: number
  hi: number
  /** Width of the view in CSS px. */
  width: number
  /** Boxes narrower than this many px are merged into runs. */
  minBox: number
  /** More callers than this above the zoomed box fold into one line (this many lines in all). */
  maxAncestors: number
  /** Only these lines are wanted (inclusive). */
  firstLine: number
  lastLine: number
}

/** Depths up to this one share line 0 when the zoomed box lies deep; 0 = nothing is folded. */
export function foldedDepth(zoomDepth: number, maxAncestors: number): number {
  return zoomDepth > maxAncestors ? zoomDepth - maxAncestors : 0
}

/** Less than this many px cannot be seen and is what rounding leaves at the edges of the view. */
const nothing = 1e-6

/** Fills `out` with the visible boxes, callers before callees, left to right. */
export function layoutFlame(tree: CallTree, view: FlameView, out: Boxes): void {
  const { x: start, width, subtreeEnd: end, depth, parent, func, total, merged, length } = tree
  const { zoom, lo, hi, width: right, minBox, firstLine, lastLine } = view
  out.clear()
  if (length === 0 || right <= 0 || !(hi > lo)) return
  const scale = right / (hi - lo)
  const zoomDepth = depth[zoom]
  const hidden = foldedDepth(zoomDepth, view.maxAncestors)

  let r = 0
  while (r < length) {
    const w = width[r] * scale
    const x = (start[r] - lo) * scale
    if (x >= right - nothing && r > 0) {
      // Siblings lie left to right: the rest of them is outside, too.
      r = end[parent[r]]
      continue
    }
    const d = depth[r]
    const line = d - hidden
    if (x + w <= nothing || line > lastLine) {
      r = end[r]
      continue
    }
    const onPath = r <= zoom && zoom < end[r]
    if (hidden > 0 && d <= hidden) {
      if (!onPath) {
        r = end[r]
        continue
      }
      // The root row is not a caller.
      if (d === hidden && firstLine <= 0) out.add(FOLD, r, r + 1, 0, 0, right, hidden, total[r])
      r++
      continue
    }
    if (!onPath && r > 0 && (w < minBox || func[r] === REST)) {
      const stop = end[parent[r]]
      let count = 0
      let sum = 0
      let edge = x
      let c = r
      while (c < stop && !(c <= zoom && zoom < end[c])) {
        const cw = width[c] * scale
        if (cw >= minBox && func[c] !== REST) break
        const cx = (start[c] - lo) * scale
        if (cx >= right - nothing) break
        count += func[c] === REST ? merged[c] : 1
        sum += total[c]
        edge = cx + cw
        c = end[c]
      }
      if (line >= firstLine) {
        const from = Math.max(x, 0)
        const to = Math.min(edge, right)
        if (to > from) out.add(RUN, r, c, line, from, to - from, count, sum)
      }
      r = c
      continue
    }
    if (line >= firstLine) {
      const from = Math.max(x, 0)
      const to = Math.min(x + w, right)
      out.add(onPath && d < zoomDepth ? ANCESTOR : BOX, r, r + 1, line, from, to - from, 1, total[r])
    }
    r++
  }
}

/** The box under a point (x in px, line on the screen), or -1. */
export function hitTest(boxes: Boxes, x: number, line: number): number {
  for (let i = 0; i < boxes.length; i++) {
    if (boxes.line[i] === line && x >= boxes.x[i] && x < boxes.x[i] + boxes.w[i]) return i
  }
  return -1
}

/** Index of the visible box or run that shows a tree row, or -1. */
export function boxOfRow(tree: CallTree, boxes: Boxes, row: number): number {
  for (let i = 0; i < boxes.length; i++) {
    const first = boxes.row[i]
    if (first === row) return i
    if (
      boxes.kind[i] === RUN &&
      row > first &&
      row < boxes.next[i] &&
      row >= 0 &&
      tree.parent[row] === tree.parent[first]
    ) {
      return i
    }
  }
  return -1
}
