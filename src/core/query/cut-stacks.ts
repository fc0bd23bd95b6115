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
  const { stack, length } = profile.samples
  let deepest = 0
  for (let s = 0; s < length; s++) if (stack[s] >= 0 && depth[stack[s]] > deepest) deepest = depth[stack[s]]
  const cpu = profile.sampleTypes.some((t) => t.type === 'cpu')
  const limit = (cpu ? [64] : [32, 128]).find((l) => l === deepest) ?? 0
  return new Cut(limit, depth)
}

/** Frames of each stack row from the root. Go cuts by program counters up to 1.20 and by frames since, inlined ones too. */
export function depths({ stacks, locations }: Profile): Int32Array {
  const { location, parent, length } = stacks
  const { frameStart } = locations
  const depth = new Int32Array(length)
  for (let row = 1; row < length; row++) {
    const l = location[row]
    depth[row] = depth[parent[row]] + frameStart[l + 1] - frameStart[l]
  }
  return depth
}
