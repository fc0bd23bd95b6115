/** Arrow keys: from one visible box to the next. All functions take and give indexes into Boxes, -1 = none. */
import type { CallTree } from '../query/call-tree.ts'
import { type Boxes, FOLD, RUN } from './boxes.ts'

/** The caller, which may be the line of folded callers. */
export function callerOf(tree: CallTree, boxes: Boxes, i: number): number {
  if (i < 0 || boxes.kind[i] === FOLD) return -1
  const parent = tree.parent[boxes.row[i]]
  for (let j = 0; j < boxes.length; j++) {
    if (boxes.kind[j] !== RUN && boxes.row[j] === parent) return j
  }
  return -1
}

/** The widest callee; a merged run only when there is nothing else. */
export function calleeOf(tree: CallTree, boxes: Boxes, i: number): number {
  if (i < 0 || boxes.kind[i] === RUN) return -1
  const row = boxes.row[i]
  let best = -1
  for (let j = 0; j < boxes.length; j++) {
    if (boxes.line[j] !== boxes.line[i] + 1 || tree.parent[boxes.row[j]] !== row) continue
    if (best < 0) best = j
    else if ((boxes.kind[best] === RUN) !== (boxes.kind[j] === RUN)) best = boxes.kind[best] === RUN ? j : best
    else if (boxes.w[j] > boxes.w[best]) best = j
  }
  return best
}

/** The neighbour on the same line to the right (1) or left (-1), also beyond the caller's edge. */
export function besideOf(boxes: Boxes, i: number, direction: 1 | -1): number {
  if (i < 0) return -1
  let best = -1
  for (let j = 0; j < boxes.length; j++) {
    if (j === i || boxes.line[j] !== boxes.line[i]) continue
    const ahead = (boxes.x[j] - boxes.x[i]) * direction
    if (ahead > 0 && (best < 0 || ahead < (boxes.x[best] - boxes.x[i]) * direction)) best = j
  }
  return best
}
