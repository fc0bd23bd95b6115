/**
 * The boxes of the call tree table: those of the whole tree, and of finer trees that were asked for where it had merged
 * boxes too small to be in it. A box has the same key in all of them.
 */
import { type CallTree, REST, type TreeRequest } from '../../../core/query/call-tree.ts'

export interface Box {
  tree: CallTree
  row: number
}

export const keyOf = ({ tree, row }: Box) => tree.pathHash[row] as number
export const isRest = ({ tree, row }: Box) => tree.func[row] === REST
export const isRoot = ({ row }: Box) => row === 0
export const parentKey = ({ tree, row }: Box) => tree.pathHash[tree.parent[row] as number] as number

/** Merged siblings that are still told apart, one row each. */
const MOST_SIBLINGS = 250_000
/** What a block holds is shared out among at least so many boxes. */
const PARTS = 512

export class Forest {
  private readonly finer = new Map<number, CallTree[]>()

  constructor(
    readonly whole: CallTree,
    finer: readonly CallTree[],
  ) {
    for (const tree of finer) {
      const key = tree.pathHash[tree.root] as number
      this.finer.set(key, [...(this.finer.get(key) ?? []), tree])
    }
  }

  get root(): Box {
    return { tree: this.whole, row: 0 }
  }

  /** Heaviest first; boxes that are still merged come last. */
  children(box: Box): Box[] {
    const boxes = new Map<number, Box>()
    let rest: Box | null = null
    const places = isRest(box) ? [] : (this.finer.get(keyOf(box)) ?? []).map((tree) => ({ tree, row: tree.root }))
    for (const { tree, row } of [box, ...places]) {
      rest = null
      for (let r = row + 1; r < tree.subtreeEnd[row]; r = tree.subtreeEnd[r]) {
        const child = { tree, row: r }
        if (isRest(child)) rest = child
        else if (!boxes.has(keyOf(child))) boxes.set(keyOf(child), child)
      }
    }
    const width = ({ tree, row }: Box) => tree.width[row] as number
    const sorted = [...boxes.values()].sort((a, b) => width(b) - width(a))
    return rest ? [...sorted, rest] : sorted
  }

  hasChildren(box: Box): boolean {
    return box.tree.subtreeEnd[box.row] > box.row + 1 || this.finer.has(keyOf(box))
  }

  /** Boxes on screen, the root first: a box's children follow it when its key is open. */
  listed(open: ReadonlySet<number>): Box[] {
    const boxes: Box[] = []
    const waiting = [this.root]
    for (let box = waiting.pop(); box; box = waiting.pop()) {
      boxes.push(box)
      if (isRoot(box) || open.has(keyOf(box))) waiting.push(...this.children(box).reverse())
    }
    return boxes
  }

  /**
   * From a box along the heaviest child down to where most of the weight is the box's own; `merged`: what has to be
   * loaded before the path can be followed further.
   */
  heaviestPath(from: Box): { path: Box[]; merged: Box | null } {
    const path = [from]
    for (let box = from; ; ) {
      // Every box that is in a tree is heavier than any that was merged.
      const [next] = this.children(box)
      if (!next) return { path, merged: null }
      if (isRest(next)) return { path, merged: next }
      // Whatever runs in the box itself outweighs every callee: the path has arrived.
      if (Math.abs(box.tree.self[box.row]) > next.tree.width[next.row]) return { path, merged: null }
      path.push(next)
      box = next
    }
  }

  /** The question that tells merged boxes apart; null when they are too many and too small to list. */
  question(
    { tree, row }: Box,
    path: TreeRequest['path'],
  ): Pick<TreeRequest, 'path' | 'from' | 'to' | 'minShare' | 'levels'> | null {
    const above = tree.parent[row] as number
    const width = tree.width[row] as number
    const extent = tree.width[above] as number
    const count = tree.merged[row] as number
    const start = (tree.x[row] as number) - (tree.x[above] as number)
    const asked = { path, from: Math.max(0, start / extent), to: Math.min(1, (start + width) / extent) }
    // Siblings are listed whole, each with one block for what is below it.
    if (count > 0) return count > MOST_SIBLINGS ? null : { ...asked, minShare: 0, levels: 1 }
    return { ...asked, minShare: Math.min(tree.minWidth, width / PARTS) / (this.whole.width[0] as number) }
  }
}
