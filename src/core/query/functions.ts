import type { Profile } from '../model/profile.ts'
import type { Weights } from './weights.ts'

export interface FunctionSums {
  /** Per function row (symbol), in the sample type's unit. */
  flat: Float64Array
  cum: Float64Array
}

/**
 * flat and cum of every function, as `go tool pprof -top` counts them: cum takes each sample once per
 * function however often it is on the stack. outermost: see outermostCalls.
 */
export function sumFunctions(
  profile: Profile,
  weights: Weights,
  frameKey: Int32Array,
  outermost: Uint8Array,
): FunctionSums {
  const { location, length } = profile.stacks
  const { frameStart } = profile.locations
  const flat = new Float64Array(profile.functions.length)
  const cum = new Float64Array(profile.functions.length)
  let call = 0
  for (let row = 1; row < length; row++) {
    const last = frameStart[location[row] + 1]
    const total = weights.total[row]
    for (let f = frameStart[location[row]]; f < last; f++) if (outermost[call++] === 1) cum[frameKey[f]] += total
    flat[frameKey[last - 1]] += weights.self[row]
  }
  return { flat, cum }
}

/**
 * For every frame of every stack row, in row order: 1 when no caller above it has the same key. Rows of
 * one insertion follow each other, so what is on the stack is gathered anew only where a branch begins.
 */
export function outermostCalls(profile: Profile, frameKey: Int32Array): Uint8Array<ArrayBuffer> {
  const { location, parent, length } = profile.stacks
  const { frameStart } = profile.locations
  let calls = 0
  for (let row = 1; row < length; row++) calls += frameStart[location[row] + 1] - frameStart[location[row]]
  const outermost = new Uint8Array(calls)
  const seen = new Int32Array(profile.functions.length)
  let branch = 0
  let call = 0
  for (let row = 1; row < length; row++) {
    if (parent[row] !== row - 1 || row === 1) {
      branch++
      for (let r = parent[row]; r > 0; r = parent[r]) {
        for (let f = frameStart[location[r]]; f < frameStart[location[r] + 1]; f++) seen[frameKey[f]] = branch
      }
    }
    for (let f = frameStart[location[row]]; f < frameStart[location[row] + 1]; f++) {
      if (seen[frameKey[f]] !== branch) outermost[call] = 1
      seen[frameKey[f]] = branch
      call++
    }
  }
  return outermost
}
