/** Stacks told apart by what their frames are called, wherever their lines are: another build has other lines. */
import type { Profile } from '../model/profile.ts'
import { ListTable } from './intern.ts'

/** A tree: the parent of a path comes before it. Path 0 is the empty stack. */
export interface KeyPaths {
  /** By stack row. */
  of: Int32Array
  length: number
  /** By path: the one without its last frame, and that frame's key; -1 of the empty one. */
  parent: Int32Array
  key: Int32Array
}

/** frameKey: what each frame counts as. */
export function keyPaths({ stacks, locations }: Profile, frameKey: Int32Array): KeyPaths {
  const table = new ListTable()
  const step = Int32Array.of(-1, -1)
  const of = new Int32Array(stacks.length)
  table.row(step)
  for (let row = 1; row < stacks.length; row++) {
    let path = of[stacks.parent[row]]
    const end = locations.frameStart[stacks.location[row] + 1]
    for (let f = locations.frameStart[stacks.location[row]]; f < end; f++) {
      step[0] = path
      step[1] = frameKey[f]
      path = table.row(step)
    }
    of[row] = path
  }
  return { of, length: table.length, parent: table.column(0), key: table.column(1) }
}
