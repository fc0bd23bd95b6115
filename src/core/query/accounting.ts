/** Where the total went: what is shown, what each filter took away, what was recorded with a cut stack. */
import type { Profile } from '../model/profile.ts'
import type { Filtered } from './filter.ts'

export interface Account {
  /** Sum of absolute values of all samples; shown and filtered add up to it. */
  total: number
  shown: number
  /** By filter, then by transform, as the spec lists them: what it took away. Those before it took theirs first. */
  filtered: number[]
  /** Of `shown`: samples whose stack is as deep as the recorder cuts it, so that callers are missing. */
  truncated: number
  truncatedSamples: number
}

/** Deepest stack that Go records: CPU profiles 64 frames; others 32 up to Go 1.22, 128 from 1.23. */
export function depthLimit(profile: Profile): number {
  const depth = depths(profile)
  const { stack, length } = profile.samples
  let deepest = 0
  for (let s = 0; s < length; s++) if (stack[s] >= 0 && depth[stack[s]] > deepest) deepest = depth[stack[s]]
  const cpu = profile.sampleTypes.some((t) => t.type === 'cpu')
  for (const limit of cpu ? [64] : [32, 128]) if (deepest === limit) return limit
  return 0
}

/** Frames of each stack row from the root. Go cuts by program counters up to 1.20 and by frames since, inlined ones too. */
function depths({ stacks, locations }: Profile): Int32Array {
  const { location, parent, length } = stacks
  const { frameStart } = locations
  const depth = new Int32Array(length)
  for (let row = 1; row < length; row++) {
    const l = location[row]
    depth[row] = depth[parent[row]] + frameStart[l + 1] - frameStart[l]
  }
  return depth
}

const limits = new WeakMap<Profile, number>()

/** The whole profile is asked about with every query, and stays the same. */
function knownLimit(whole: Profile): number {
  const limit = limits.get(whole) ?? depthLimit(whole)
  limits.set(whole, limit)
  return limit
}

/** One account per sample type. whole: the profile before the query. */
export function account(whole: Profile, { droppedBy }: Filtered, steps: number): Account[] {
  const limit = knownLimit(whole)
  const depth = limit > 0 ? depths(whole) : null
  const { stack, length } = whole.samples
  return whole.samples.value.map((value) => {
    const sums = new Float64Array(steps + 1)
    let truncated = 0
    let truncatedSamples = 0
    for (let s = 0; s < length; s++) {
      const weight = Math.abs(value[s])
      const by = droppedBy ? droppedBy[s] : 0
      sums[by] += weight
      if (by === 0 && depth && depth[stack[s]] >= limit) {
        truncated += weight
        truncatedSamples++
      }
    }
    const filtered = [...sums.subarray(1)]
    const total = filtered.reduce((sum, part) => sum + part, sums[0])
    return { total, shown: sums[0], filtered, truncated, truncatedSamples }
  })
}
