/**
 * Where each key stands for the first time on the way from the root: pprof counts a sample once per function however
 * often it recurses, so a key's total is the sum of the totals of these places. Found once for all sample types.
 */
import type { Profile } from '../model/profile.ts'
import type { StackLinks, StackSums } from './weights.ts'

export interface Occurrences {
  /** Stack row and frame of each place. */
  row: Int32Array
  frame: Int32Array
}

/** One pass over the rows: a key that was met is met again below until its row ends. */
export function firstOccurrences(profile: Profile, links: StackLinks, frameKey: Int32Array, keys: number): Occurrences {
  const { location, length } = profile.stacks
  const { frameStart } = profile.locations
  const { end } = links
  const metUntil = new Int32Array(keys)
  const places = countFrames(profile)
  const rows = new Int32Array(places)
  const frames = new Int32Array(places)
  let found = 0
  for (let row = 1; row < length; row++) {
    const l = location[row]
    const last = frameStart[l + 1]
    for (let f = frameStart[l]; f < last; f++) {
      const key = frameKey[f]
      if (row < metUntil[key]) continue
      metUntil[key] = end[row]
      rows[found] = row
      frames[found++] = f
    }
  }
  return { row: rows.subarray(0, found), frame: frames.subarray(0, found) }
}

/** Frames of all stack rows together. */
export function countFrames({ stacks, locations }: Profile): number {
  const { location, length } = stacks
  const { frameStart } = locations
  let frames = 0
  for (let row = 1; row < length; row++) frames += frameStart[location[row] + 1] - frameStart[location[row]]
  return frames
}

export interface KeySums {
  /** Per key, in the sample type's unit: the samples that end in it, and those that hold it. */
  flat: Float64Array<ArrayBuffer>
  cum: Float64Array<ArrayBuffer>
}

/** flat and cum of every key, as `go tool pprof -top` counts them. */
export function sumKeys(
  profile: Profile,
  occurrences: Occurrences,
  weights: StackSums,
  frameKey: Int32Array,
  keys: number,
): KeySums {
  const flat = new Float64Array(keys)
  const cum = new Float64Array(keys)
  const { row, frame } = occurrences
  for (let i = 0; i < row.length; i++) cum[frameKey[frame[i]]] += weights.total[row[i]]
  const { location, length } = profile.stacks
  const { frameStart } = profile.locations
  for (let r = 1; r < length; r++) {
    const self = weights.self[r]
    if (self !== 0) flat[frameKey[frameStart[location[r] + 1] - 1]] += self
  }
  return { flat, cum }
}
