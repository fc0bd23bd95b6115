/** Stacks told apart by what their frames are called, wherever their lines are: another build has other lines. */
import type { Profile } from '../model/profile.ts'
import { PairTable } from './intern.ts'

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
  const { parent, location, length } = stacks
  const { frameStart } = locations
  const table = new PairTable(length)
  table.row(-1, -1)
  const of = new Int32Array(length)
  for (let row = 1; row < length; row++) {
    let path = of[parent[row]]
    const end = frameStart[location[row] + 1]
    for (let f = frameStart[location[row]]; f < end; f++) path = table.row(path, frameKey[f])
    of[row] = path
  }
  return { of, length: table.length, parent: table.first(), key: table.second() }
}
