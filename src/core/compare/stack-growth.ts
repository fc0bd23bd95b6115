/** How many goroutines more stand on each stack than in an earlier profile of the same program. */
import type { Profile } from '../model/profile.ts'
import { weigh } from '../query/weights.ts'
import type { Growth } from '../zones/crowd.ts'
import { type KeyPaths, keyPaths } from './key-paths.ts'
import { unite } from './unite.ts'

/** Stacks are told apart by the names on them, wherever their lines are: another build has other lines. */
export class StackGrowth implements Growth {
  /** Row of the later profile's stack table → its path of names, and what each path gained. */
  private readonly path: Int32Array
  private readonly gain: Float64Array

  constructor(profile: Profile, earlier: Profile) {
    const { profile: united, rows } = unite([profile, earlier])
    const { symbol } = united.functions
    const paths = keyPaths(
      united,
      united.frames.func.map((func) => symbol[func]),
    )
    const [now, before] = [0, 1].map((source) => countByPath(united, paths, source)) as [Float64Array, Float64Array]
    this.gain = now.map((count, path) => count - before[path])
    this.path = rows[0].stack.map((row) => paths.of[row])
  }

  more(row: number): number {
    return row > 0 ? this.gain[this.path[row]] : 0
  }

  moreOn(rows: Iterable<number>): number {
    const paths = new Set<number>()
    for (const row of rows) if (row > 0) paths.add(this.path[row])
    let sum = 0
    for (const path of paths) sum += this.gain[path]
    return sum
  }
}

function countByPath(profile: Profile, paths: KeyPaths, source: number): Float64Array {
  const { self } = weigh(profile, profile.defaultSampleType, source)
  const counts = new Float64Array(paths.length)
  for (let row = 1; row < self.length; row++) counts[paths.of[row]] += self[row]
  return counts
}
