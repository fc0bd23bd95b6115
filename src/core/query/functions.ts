import type { Profile } from '../model/profile.ts'
import type { StackLinks, Weights } from './weights.ts'

export interface FunctionSums {
  /** Per function row (symbol), in the sample type's unit. */
  flat: Float64Array
  cum: Float64Array
}

/**
 * flat and cum of every function, as `go tool pprof -top` counts them: cum takes each sample once per
 * function however often it is on the stack. One depth-first walk that knows what is on the stack.
 */
export function sumFunctions(
  profile: Profile,
  links: StackLinks,
  weights: Weights,
  frameKey: Int32Array,
): FunctionSums {
  const { location, parent } = profile.stacks
  const { frameStart } = profile.locations
  const { firstChild, nextSibling } = links
  const flat = new Float64Array(profile.functions.length)
  const cum = new Float64Array(profile.functions.length)
  const onStack = new Int32Array(profile.functions.length)
  let row = firstChild[0]
  while (row > 0) {
    const last = frameStart[location[row] + 1]
    for (let f = frameStart[location[row]]; f < last; f++) {
      const key = frameKey[f]
      if (onStack[key]++ === 0) cum[key] += weights.total[row]
    }
    flat[frameKey[last - 1]] += weights.self[row]
    if (firstChild[row] > 0) {
      row = firstChild[row]
      continue
    }
    while (row > 0) {
      const stop = frameStart[location[row] + 1]
      for (let f = frameStart[location[row]]; f < stop; f++) onStack[frameKey[f]]--
      if (nextSibling[row] > 0) {
        row = nextSibling[row]
        break
      }
      row = parent[row]
    }
  }
  return { flat, cum }
}
