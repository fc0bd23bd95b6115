/** Which stacks the recorder cut: Go keeps only so many frames of a stack, from the leaf up. */
import type { Profile } from '../model/profile.ts'

export class Cut {
  /** limit: 0 = none of the stacks was cut. depth: frames of each stack row. */
  constructor(
    readonly limit: number,
    private readonly depth: Int32Array,
  ) {}

  is(row: number): boolean {
    return this.limit > 0 && row >= 0 && this.depth[row] >= this.limit
  }
}

/** Deepest stack that Go records: CPU profiles 64 frames; others 32 up to Go 1.22, 128 from 1.23. */
export function cutStacks(profile: Profile): Cut {
  const depth = depths(profile)
  let deepest = 0
  for (const row of profile.samples.stack) if (row >= 0) deepest = Math.max(deepest, depth[row])
  const cpu = profile.sampleTypes.some((t) => t.type === 'cpu')
  const limit = (cpu ? [64] : [32, 128]).find((l) => l === deepest) ?? 0
  return new Cut(limit, depth)
}

/** Frames of each stack row from the root. Go cuts by program counters up to 1.20 and by frames since, inlined ones too. */
export function depths({ stacks, locations }: Profile): Int32Array {
  const depth = new Int32Array(stacks.length)
  for (let row = 1; row < stacks.length; row++) {
    const l = stacks.location[row]
    depth[row] = depth[stacks.parent[row]] + locations.frameStart[l + 1] - locations.frameStart[l]
  }
  return depth
}
