import type { Profile } from '../model/profile.ts'
import type { CallPath } from './call-tree.ts'
import type { Transformed } from './transform.ts'

/**
 * Marks the stack rows whose samples are in the box that a path leads to. Upright: rows at or below the end of the
 * path from the root. Inverted: rows whose innermost frames are the path.
 */
export function rowsInBox({ profile, keys, frameKey }: Transformed, path: CallPath, inverted: boolean): Uint8Array {
  return inverted ? endingIn(profile, keys.hash, frameKey, path) : startingWith(profile, keys.hash, frameKey, path)
}

function startingWith(
  { stacks, locations }: Transformed['profile'],
  hash: Int32Array,
  frameKey: Int32Array,
  path: CallPath,
): Uint8Array {
  const { location, parent, length } = stacks
  const { frameStart } = locations
  const done = path.length
  const taken = new Int32Array(length)
  const mark = new Uint8Array(length)
  mark[0] = Number(done === 0)
  for (let row = 1; row < length; row++) {
    let steps = taken[parent[row]]
    for (let f = frameStart[location[row]]; f < frameStart[location[row] + 1] && steps >= 0 && steps < done; f++) {
      steps = hash[frameKey[f]] === path[steps] ? steps + 1 : -1
    }
    taken[row] = steps
    mark[row] = Number(steps === done)
  }
  return mark
}

function endingIn(
  { stacks, locations }: Transformed['profile'],
  hash: Int32Array,
  frameKey: Int32Array,
  path: CallPath,
): Uint8Array {
  const { location, parent, length } = stacks
  const { frameStart } = locations
  const mark = new Uint8Array(length)
  for (let row = 0; row < length; row++) {
    let steps = 0
    for (let r = row; r > 0 && steps < path.length; r = parent[r]) {
      let f = frameStart[location[r] + 1] - 1
      while (f >= frameStart[location[r]] && steps < path.length && hash[frameKey[f]] === path[steps]) {
        f--
        steps++
      }
      if (f >= frameStart[location[r]]) break
    }
    mark[row] = Number(steps === path.length)
  }
  return mark
}

/** The path of functions from the root to a frame of a stack row's location. */
export function pathToFrame({ stacks, locations, frames, functions }: Profile, row: number, frame: number): CallPath {
  const { frameStart } = locations
  const path: number[] = []
  for (let r = row; r > 0; r = stacks.parent[r]) {
    const last = r === row ? frame : frameStart[stacks.location[r] + 1] - 1
    for (let f = last; f >= frameStart[stacks.location[r]]; f--) path.push(functions.hash[frames.func[f]])
  }
  return path.reverse()
}
