/** Paths of names to rows of a tree, and back. */
import type { TreeRow } from '../model/rows.ts'
import { type CallPath, type CallTree, REST } from '../query/call-tree.ts'

/** Deepest row that a path leads to, and how many of its steps exist. `hash` is ProfileInfo.hash. */
export function findPath(tree: CallTree, hash: Int32Array, path: CallPath): { row: TreeRow; found: number } {
  let row = 0
  for (let step = 0; step < path.length; step++) {
    let child = -1
    for (let c = row + 1; c < tree.subtreeEnd[row]; c = tree.subtreeEnd[c]) {
      if (tree.func[c] >= 0 && hash[tree.func[c]] === path[step]) {
        // Two siblings with one hash are as good as impossible; the wider one is the better guess.
        if (child < 0 || tree.width[c] > tree.width[child]) child = c
      }
    }
    if (child < 0) return { row, found: step }
    row = child
  }
  return { row, found: path.length }
}

/** Steps from the root to a row. */
export function pathOf(tree: CallTree, hash: Int32Array, row: TreeRow): number[] {
  const path: number[] = []
  for (let r = row; r > 0; r = tree.parent[r]) if (tree.func[r] >= 0) path.push(hash[tree.func[r]])
  return path.reverse()
}

/** The row a key and path stand for in this tree, -1 when it is not there. */
export function findBox(tree: CallTree, hash: Int32Array, path: CallPath, pathHash: number): number {
  const { row, found } = findPath(tree, hash, path)
  if (found === path.length && tree.pathHash[row] === pathHash) return row
  if (found < path.length) return -1
  // A hash clash on the way: the key is the better name.
  for (let r = 0; r < tree.length; r++) if (tree.pathHash[r] === pathHash && tree.func[r] !== REST) return r
  return row
}
