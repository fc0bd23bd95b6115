/** Samples of a united profile summed by what they are charged to, and by the profile they are from. */
import type { SampleTable } from '../model/profile.ts'

/** Row k holds the numbers of key k, one for each place. */
export interface SourceSums {
  places: number
  sums: Float64Array
}

/**
 * keyOf: by sample, -1 = to nothing; samples that a query leaves out count nowhere. place: source → place, -1 = none. column: what
 * is summed.
 */
export function sumBySource(
  samples: SampleTable,
  keyOf: Int32Array,
  keys: number,
  column: Float64Array,
  place: Int32Array,
): SourceSums {
  const places = place.reduce((most, p) => Math.max(most, p + 1), 0)
  const sums = new Float64Array(keys * places)
  const { stack, source, length } = samples
  for (let s = 0; s < length; s++) {
    const to = place[source ? source[s] : 0]
    if (stack[s] >= 0 && keyOf[s] >= 0 && to >= 0) sums[keyOf[s] * places + to] += column[s]
  }
  return { places, sums }
}

/** The numbers of one key, not a copy. */
export const ofKey = ({ places, sums }: SourceSums, key: number): Float64Array =>
  sums.subarray(key * places, (key + 1) * places)
