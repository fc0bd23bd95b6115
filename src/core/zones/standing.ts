/** How many goroutines stand on which stack, and how many more than in an earlier snapshot of the same program. */
import type { Profile } from '../model/profile.ts'
import { childKey, ROOT_KEY } from '../query/path-key.ts'

/** Plain data, since it goes from one engine to another: stacks by the hash of their names, each once. */
export interface Standing {
  keys: number[]
  counts: number[]
}

export function standingOf(profile: Profile): Standing {
  const counts = countsOf(profile, stackKeys(profile))
  return { keys: [...counts.keys()], counts: [...counts.values()] }
}

/** Goroutines that stand there now and did not in the earlier snapshot. */
export class Growth {
  private readonly keys: Float64Array
  private readonly now: Map<number, number>
  private readonly before: Map<number, number>

  constructor(profile: Profile, { keys, counts }: Standing) {
    this.keys = stackKeys(profile)
    this.now = countsOf(profile, this.keys)
    this.before = new Map(keys.map((key, i) => [key, counts[i]]))
  }

  /** On the stack of this row, wherever its lines are. */
  more(row: number): number {
    const key = this.keys[row]
    return (this.now.get(key) ?? 0) - (this.before.get(key) ?? 0)
  }

  /** On the stacks of these rows together; rows of one stack count once. */
  moreOn(rows: Iterable<number>): number {
    const byKey = new Map<number, number>()
    for (const row of rows) byKey.set(this.keys[row], this.more(row))
    let sum = 0
    for (const more of byKey.values()) sum += more
    return sum
  }
}

function countsOf({ samples, defaultSampleType }: Profile, keys: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  const column = samples.value[defaultSampleType]
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] <= 0) continue
    const key = keys[samples.stack[s]]
    counts.set(key, (counts.get(key) ?? 0) + column[s])
  }
  return counts
}

function stackKeys({ stacks, locations, frames, functions }: Profile): Float64Array {
  const keys = new Float64Array(stacks.length).fill(ROOT_KEY)
  for (let row = 1; row < stacks.length; row++) {
    let key = keys[stacks.parent[row]]
    const stop = locations.frameStart[stacks.location[row] + 1]
    for (let f = locations.frameStart[stacks.location[row]]; f < stop; f++) {
      key = childKey(key, functions.hash[frames.func[f]])
    }
    keys[row] = key
  }
  return keys
}
