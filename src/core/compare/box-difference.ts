/** What a box of a comparison's tree says: both sides, and whether they differ by more than chance. */
import type { TreeRow } from '../model/rows.ts'
import type { CallTree, TreeSides } from '../query/call-tree.ts'
import { DIFFERENCE_LIMITS } from './difference-limits.ts'
import { isNoise } from './noise.ts'

export interface BoxDifference {
  base: number
  current: number
  /** Both differ by no more than chance allows, and differ at all. */
  isNoise: boolean
}

/** Null for REST rows and for trees that compare nothing. */
export function differenceOf({ sides, total }: CallTree, row: TreeRow): BoxDifference | null {
  return sides && !Number.isNaN(sides.base[row]) ? sidesOf(sides, total[row], row) : null
}

function sidesOf({ base, variance, factors }: TreeSides, difference: number, row: TreeRow): BoxDifference {
  const current = nearZero(base[row] + difference, base[row])
  const noise = difference !== 0 && isNoise(base[row], current, variance[row], factors)
  return { base: base[row], current, isNoise: noise }
}

/** Sums of scaled values may miss 0 by what doubles round. */
function nearZero(value: number, of: number): number {
  return Math.abs(value) <= 1e-9 * Math.abs(of) ? 0 : value
}

const MIDDLE = 3

/** Per row: 0 = much less than before, 6 = much more, 3 = the same or within noise, -1 = not known. */
export function differenceSteps(tree: CallTree): Int8Array {
  const steps = new Int8Array(tree.length).fill(-1)
  const root = differenceOf(tree, 0)
  const whole = root ? Math.max(root.base, root.current) : 0
  for (let row = 0; row < tree.length; row++) {
    const sides = differenceOf(tree, row)
    if (!sides) continue
    const share = whole > 0 ? tree.total[row] / whole : 0
    const at = DIFFERENCE_LIMITS.findIndex((limit) => share < limit)
    steps[row] = sides.isNoise ? MIDDLE : at < 0 ? DIFFERENCE_LIMITS.length : at
  }
  return steps
}

/** Per row: 1 where the base had something that is gone. */
export function vanished(tree: CallTree): Uint8Array {
  const gone = new Uint8Array(tree.length)
  for (let row = 0; row < tree.length; row++) {
    const sides = differenceOf(tree, row)
    if (sides && sides.base > 0 && sides.current === 0) gone[row] = 1
  }
  return gone
}
