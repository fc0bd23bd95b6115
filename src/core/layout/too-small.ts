/** What a tree holds in boxes that would be too narrow to be drawn one by one. */
import { type CallTree, REST } from '../query/call-tree.ts'

/** In width units, of the whole tree drawn `px` wide with boxes from `minBox` px on. */
export function tooSmall(tree: CallTree, px: number, minBox: number): number {
  const least = px > 0 ? ((tree.width[0] ?? 0) / px) * minBox : 0
  let sum = 0
  for (let row = 1; row < tree.length; ) {
    const small = tree.func[row] === REST || tree.width[row] < least
    if (small) sum += tree.width[row]
    row = small ? tree.subtreeEnd[row] : row + 1
  }
  return sum
}
