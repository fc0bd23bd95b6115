/** Which rows of a call tree are open, and in which order the open ones are listed. */
import { type CallTree, REST } from '../../../core/query/call-tree.ts'

/** Direct children of a row, heaviest first. */
export function childrenOf(tree: CallTree, row: number): number[] {
  const rows: number[] = []
  for (let r = row + 1; r < tree.end[row]; r = tree.end[r]) rows.push(r)
  return rows.sort((a, b) => tree.width[b] - tree.width[a] || a - b)
}

/** Rows on screen, the root first: a row's children follow it when its key is open. */
export function listed(tree: CallTree, open: ReadonlySet<number>): number[] {
  const rows: number[] = []
  const waiting = [0]
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row)
    if (row !== 0 && !open.has(tree.key[row])) continue
    const children = childrenOf(tree, row)
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i])
  }
  return rows
}

/** From a row along the heaviest child down to where most of the weight is the row's own. */
export function heaviestPath(tree: CallTree, from: number): number[] {
  const path = [from]
  for (let row = from; ; ) {
    const [next] = childrenOf(tree, row)
    if (next === undefined || tree.func[next] === REST) return path
    // Whatever runs in the row itself outweighs every callee: the path has arrived.
    if (Math.abs(tree.self[row]) > tree.width[next]) return path
    path.push(next)
    row = next
  }
}

export const isLeaf = (tree: CallTree, row: number) => tree.end[row] === row + 1
