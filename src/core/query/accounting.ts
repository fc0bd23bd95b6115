/** Where the total went: what is shown, what each filter took away, what was recorded with a cut stack. */
import type { Profile } from '../model/profile.ts'
import type { Cut } from './cut-stacks.ts'
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
  /** Of `shown`: samples whose missing callers were found. They are not among the truncated ones. */
  repaired: number
  repairedSamples: number
}

/** One account per sample type. whole: the profile before the query; repaired: see Repaired. */
export function account(
  whole: Profile,
  cut: Cut,
  repaired: Uint8Array | null,
  { droppedBy }: Filtered,
  steps: number,
): Account[] {
  const { stack, length } = whole.samples
  return whole.samples.value.map((value) => {
    const sums = new Float64Array(steps + 1)
    const made = { truncated: 0, truncatedSamples: 0, repaired: 0, repairedSamples: 0 }
    for (let s = 0; s < length; s++) {
      const weight = Math.abs(value[s])
      const by = droppedBy ? droppedBy[s] : 0
      sums[by] += weight
      if (by !== 0 || !cut.is(stack[s])) continue
      if (repaired?.[s] === 1) {
        made.repaired += weight
        made.repairedSamples++
      } else {
        made.truncated += weight
        made.truncatedSamples++
      }
    }
    const filtered = [...sums.subarray(1)]
    const total = filtered.reduce((sum, part) => sum + part, sums[0])
    return { total, shown: sums[0], filtered, ...made }
  })
}
