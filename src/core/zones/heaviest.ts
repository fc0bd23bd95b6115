import type { CallTree } from '../query/call-tree.ts'

/** From the root always into the widest callee, as far as boxes of their own go; in whatever order siblings are. */
export function heaviestPath(tree: CallTree): { func: number; total: number }[] {
  const path: { func: number; total: number }[] = []
  let row = 0
  for (;;) {
    let widest = -1
    for (let child = row + 1; child < tree.subtreeEnd[row]; child = tree.subtreeEnd[child]) {
      if (tree.func[child] >= 0 && (widest < 0 || tree.width[child] > tree.width[widest])) widest = child
    }
    if (widest < 0) return path
    path.push({ func: tree.func[widest], total: tree.total[widest] })
    row = widest
  }
}
