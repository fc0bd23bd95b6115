/**
 * The call tree of a whole profile in the plainest form that can be drawn: small enough to stand as text inside the page
 * that will show it.
 */
import { type CallTree, REST } from '../query/call-tree.ts'

export interface FlatTree {
  /** By `func`. */
  names: string[]
  /** By row, in the order of CallTree: depth; row of `names`, or ROOT or REST; total in the sample type's unit. */
  depth: number[]
  func: number[]
  total: number[]
  /** Rows that stand for boxes too small to show, and how many. */
  merged: [row: number, boxes: number][]
  /** Rows whose frames are all inlined calls. */
  inlined: number[]
}

/** Null where widths are other than totals: values of both signs, comparisons. nameOf: by CallTree.func. */
export function flatTree(tree: CallTree, nameOf: (func: number) => string): FlatTree | null {
  if (tree.sides || tree.total.some((total, r) => total !== tree.width[r])) return null
  const names: string[] = []
  const rows = new Map<number, number>()
  const rowOf = (func: number): number => {
    if (func < 0) return func
    const row = rows.get(func) ?? names.push(nameOf(func)) - 1
    rows.set(func, row)
    return row
  }
  const flat: FlatTree = { names, depth: [], func: [], total: [], merged: [], inlined: [] }
  for (let r = 0; r < tree.length; r++) {
    flat.depth.push(tree.depth[r])
    flat.func.push(rowOf(tree.func[r]))
    flat.total.push(tree.total[r])
    if (tree.func[r] === REST) flat.merged.push([r, tree.merged[r]])
    if (tree.inlined[r] === 1) flat.inlined.push(r)
  }
  return flat
}

/** The tree again, as far as drawing needs it: without files, lines and hashes, and without findings. */
export function treeOfFlat(flat: FlatTree): CallTree {
  const { depth, func, total } = flat
  const { length } = depth
  const parent = new Int32Array(length).fill(-1)
  const subtreeEnd = new Int32Array(length).fill(length)
  const self = Float64Array.from(total)
  const x = new Float64Array(length)
  const merged = new Int32Array(length)
  const inlined = new Uint8Array(length)
  /** Rows from the root to the one before, and where the next child of each begins. */
  const path: number[] = []
  const next = new Float64Array(length)
  for (let r = 0; r < length; r++) {
    for (let d = path.length; d > depth[r]; d--) subtreeEnd[path.pop() as number] = r
    const above = path[path.length - 1] ?? -1
    if (above >= 0) {
      parent[r] = above
      x[r] = next[above]
      next[above] += total[r]
      self[above] -= total[r]
    }
    next[r] = x[r]
    path.push(r)
  }
  for (const [r, boxes] of flat.merged) merged[r] = boxes
  for (const r of flat.inlined) inlined[r] = 1
  const width = Float64Array.from(total)
  return {
    length,
    func: Int32Array.from(func),
    file: new Int32Array(length).fill(-1),
    line: new Int32Array(length),
    parent,
    depth: Int32Array.from(depth),
    subtreeEnd,
    self,
    total: width,
    x,
    width,
    merged,
    inlined,
    zoneHead: new Uint32Array(),
    hasFindings: false,
    pathHash: new Float64Array(length),
    sides: null,
    root: 0,
    found: 0,
    complete: flat.merged.length === 0,
    minWidth: 0,
    lo: 0,
    hi: width[0] ?? 0,
  }
}
