/** Where the reader looks: windows in the tree's width units. */
import type { TreeRow } from '../model/rows.ts'
import { type CallTree, REST } from '../query/call-tree.ts'

export type Window = readonly [lo: number, hi: number]

/** The whole view, as shares of the zoomed box's extent. */
export const WHOLE: Window = [0, 1]

/** A window given in shares of the row's extent, in width units. */
export function windowOf(tree: CallTree, row: TreeRow, shares: Window): Window {
  const from = tree.x[row]
  const width = tree.width[row]
  return [from + width * shares[0], from + width * shares[1]]
}

/** The deepest row at or below `row` that holds all of a window, given in width units. */
export function holderOf(tree: CallTree, row: TreeRow, [lo, hi]: Window): TreeRow {
  const slack = (hi - lo) * 1e-6
  const holds = (r: number) =>
    tree.func[r] !== REST && tree.x[r] <= lo + slack && tree.x[r] + tree.width[r] >= hi - slack
  let at = row
  for (let c = row + 1; c < tree.subtreeEnd[at]; ) {
    if (holds(c)) {
      at = c
      c++
    } else c = tree.subtreeEnd[c]
  }
  return at
}

/** Keeps a window of shares inside [0, 1] and not narrower than `least`; its size is kept before its place. */
export function clampShares(lo: number, hi: number, least: number): Window {
  const size = Math.min(1, Math.max(least, hi - lo))
  const middle = (lo + hi) / 2
  const from = Math.min(1 - size, Math.max(0, middle - size / 2))
  return [from, from + size]
}

/**
 * The way from one window to another: on the screen the narrower of the two travels and grows (or
 * shrinks) evenly, which is what the eye follows.
 */
export function travel(from: Window, to: Window): (t: number) => Window {
  const inward = to[1] - to[0] <= from[1] - from[0]
  const [outer, inner] = inward ? [from, to] : [to, from]
  const size = outer[1] - outer[0]
  const x0 = (inner[0] - outer[0]) / size
  const x1 = (inner[1] - outer[0]) / size
  return (t) => {
    const s = inward ? t : 1 - t
    if (s <= 0) return outer
    if (s >= 1) return inner
    // Where the inner window is on the screen, as shares of its width.
    const left = x0 * (1 - s)
    const right = x1 * (1 - s) + s
    const wide = (inner[1] - inner[0]) / (right - left)
    const lo = inner[0] - left * wide
    return [lo, lo + wide]
  }
}

/**
 * Where to zoom so that a row gets at least `least` of `width` px: the widest such caller keeps the most of
 * its surroundings.
 */
export function zoomFor(tree: CallTree, row: TreeRow, width: number, least: number): number {
  let to = row
  for (let r = row; r >= 0 && (tree.width[row] / tree.width[r]) * width >= least; r = tree.parent[r]) to = r
  return to
}

/** Px of a row that are visible in a window, and that it would have without the window's edges. */
export function visiblePx(
  tree: CallTree,
  row: TreeRow,
  [lo, hi]: Window,
  width: number,
): { seen: number; whole: number } {
  const scale = width / (hi - lo)
  const from = Math.max(lo, tree.x[row])
  const to = Math.min(hi, tree.x[row] + tree.width[row])
  return { seen: Math.max(0, to - from) * scale, whole: tree.width[row] * scale }
}
