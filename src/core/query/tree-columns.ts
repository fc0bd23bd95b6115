/** More numbers for the boxes of a call tree: other sample types, and how well its values are founded. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import { rawSamples } from './sampling.ts'
import { cumulate, weigh } from './weights.ts'

/** A row of sampleTypes, or what sampling.ts says of the tree's own sample type. */
export type ColumnName = number | 'raw' | 'variance'

export interface TreeColumns {
  /** CallTree.pathHash of each row, to tell whether the rows are those of the tree at hand. */
  pathHash: Float64Array
  /** Totals per row of the tree, NaN for merged boxes; null where the profile cannot say. */
  columns: (Float64Array | null)[]
}

/** Each column as totals per stack row. */
export function stackColumns(
  profile: Profile,
  kind: ProfileKind,
  sampleType: number,
  names: readonly ColumnName[],
): (Float64Array | null)[] {
  const raw = names.some((name) => typeof name !== 'number') ? rawSamples(profile, kind, sampleType) : null
  return names.map((name) => {
    if (typeof name === 'number') return weigh(profile, name).total
    if (!raw) return null
    return sumStacks(profile, name === 'raw' ? raw.count : raw.variance)
  })
}

function sumStacks({ stacks, samples }: Profile, column: Float64Array): Float64Array {
  const self = new Float64Array(stacks.length)
  for (let s = 0; s < samples.length; s++) if (samples.stack[s] >= 0) self[samples.stack[s]] += column[s]
  return cumulate(stacks, self)
}
