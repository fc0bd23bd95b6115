/** What the tree of a whole profile is asked with. */
import type { TreeRequest } from '../core/query/call-tree.ts'

/** Without a browser, that of a 4k screen. */
const screenWidth = globalThis.screen?.width ?? 4096

/**
 * Boxes below this share of the whole are merged: two pixels where the graph is as wide as the screen, the least that is
 * drawn. As a power of two, from 1/512 to 1/2048. Zooming, and a wider screen, ask for finer ones.
 */
export const MIN_SHARE = 1 / Math.min(2048, Math.max(512, 2 ** Math.ceil(Math.log2(screenWidth / 2))))

export function wholeTree(order: 'size' | 'name'): Omit<TreeRequest, 'sampleType'> {
  return { order, path: [], minShare: MIN_SHARE, from: 0, to: 1 }
}
