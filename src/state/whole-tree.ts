/** What the tree of a whole profile is asked with. */
import type { TreeRequest } from '../core/query/call-tree.ts'

/** Boxes below this share of the whole are merged: two pixels of a 4k screen, the least that is drawn. Zooming asks for finer ones. */
export const MIN_SHARE = 1 / 2048

export function wholeTree(order: 'size' | 'name'): Omit<TreeRequest, 'sampleType'> {
  return { order, path: [], minShare: MIN_SHARE, from: 0, to: 1 }
}
