/** Names of boxes that outlive the tree they were seen in: selection and focus are kept by them. */
import type { CallPath, CallTree } from '../query/call-tree.ts'
import { type Boxes, RUN } from './boxes.ts'
import { boxOfRow } from './flame.ts'
import { findBox, pathOf } from './tree-path.ts'

export interface BoxName {
  /** Steps from the root; of a run, those of its caller. */
  path: CallPath
  /** CallTree.pathHash; of a run, that of its first box. */
  pathHash: number
  run: boolean
}

/** `hash` is ProfileInfo.hash. */
export function nameBox(tree: CallTree, hash: Int32Array, boxes: Boxes, i: number): BoxName {
  const row = boxes.row[i]
  const run = boxes.kind[i] === RUN && boxes.count[i] !== 1
  return { path: pathOf(tree, hash, run ? tree.parent[row] : row), pathHash: tree.pathHash[row], run }
}

/** Index in `boxes` of a named box, or of the run it is merged into; -1 when it is not visible. */
export function findNamed(tree: CallTree, hash: Int32Array, boxes: Boxes, name: BoxName | null): number {
  if (!name) return -1
  if (!name.run) {
    const row = findBox(tree, hash, name.path, name.pathHash)
    return row < 0 ? -1 : boxOfRow(tree, boxes, row)
  }
  for (let i = 0; i < boxes.length; i++)
    if (boxes.kind[i] === RUN && tree.pathHash[boxes.row[i]] === name.pathHash) return i
  return -1
}
