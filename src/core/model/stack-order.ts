/**
 * Stack rows in depth-first order: a row's callees lie right behind it. A walk down the stacks is then a loop over
 * neighbouring rows, and "below row r" is an interval. With rows as the samples brought them, nearly every step of a
 * walk waits for memory: on a million samples that made each question three times as long.
 */
import type { StackTable } from './profile.ts'

export interface Ordered {
  stacks: StackTable
  /** The samples' rows, renumbered. */
  stack: Int32Array<ArrayBuffer>
  /** By row as it was: the row it is now; null = the same. */
  row: Int32Array<ArrayBuffer> | null
}

/** Siblings stay in their order. Returns what it was given when that is in order already. */
export function depthFirst(stacks: StackTable, stack: Int32Array<ArrayBuffer>): Ordered {
  if (isDepthFirst(stacks)) return { stacks, stack, row: null }
  const { location, parent, length } = stacks
  // How many rows a row and all below it are; once the row is placed, where its next callee goes.
  const room = new Int32Array(length).fill(1)
  for (let row = length - 1; row > 0; row--) room[parent[row]] += room[row]
  const newRow = new Int32Array(length)
  const newLocation = new Int32Array(length)
  const newParent = new Int32Array(length)
  newLocation[0] = -1
  newParent[0] = -1
  room[0] = 1
  for (let row = 1; row < length; row++) {
    const above = parent[row]
    const at = room[above]
    room[above] = at + room[row]
    room[row] = at + 1
    newRow[row] = at
    newLocation[at] = location[row]
    newParent[at] = newRow[above]
  }
  const renumbered = new Int32Array(stack.length)
  for (let s = 0; s < stack.length; s++) renumbered[s] = stack[s] < 0 ? -1 : newRow[stack[s]]
  return { stacks: { length, location: newLocation, parent: newParent }, stack: renumbered, row: newRow }
}

function isDepthFirst({ parent, length }: StackTable): boolean {
  for (let row = 1; row < length; row++) {
    let above = row - 1
    while (above >= 0 && above !== parent[row]) above = parent[above]
    if (above < 0) return false
  }
  return true
}
