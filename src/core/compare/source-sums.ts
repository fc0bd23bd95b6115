/** Samples of a united profile summed by what they are charged to, and by the profile they are from. */
import type { SampleTable } from '../model/profile.ts'

/** Row k holds the numbers of key k, one for each place. */
export interface SourceSums {
  places: number
  sums: Float64Array
}

/** What samples are charged to: entry i says that a sample is of a key, -1 = of none. */
export interface Charges {
  key: Int32Array
  keys: number
  /** The sample of each entry; absent where entry s is sample s. */
  sample?: Int32Array
}

/** Samples that a query leaves out count nowhere. column: what is summed. place: source → place, -1 = none. */
export function sumBySource(
  { stack, source }: SampleTable,
  { key, keys, sample }: Charges,
  column: Float64Array,
  place: Int32Array,
): SourceSums {
  const places = place.reduce((most, p) => Math.max(most, p + 1), 0)
  const sums = new Float64Array(keys * places)
  for (let i = 0; i < key.length; i++) {
    const s = sample ? sample[i] : i
    const value = column[s]
    if (value === 0 || stack[s] < 0 || key[i] < 0) continue
    const to = place[source ? source[s] : 0]
    if (to >= 0) sums[key[i] * places + to] += value
  }
  return { places, sums }
}

/** Sums by stack row, say, as sums by what rows are charged to: key says of each row which one, -1 = none. */
export function sumRows({ places, sums }: SourceSums, key: Int32Array, keys: number): SourceSums {
  const out = new Float64Array(keys * places)
  for (let row = 0; row < key.length; row++) {
    if (key[row] < 0) continue
    const to = key[row] * places
    const from = row * places
    for (let p = 0; p < places; p++) {
      // Most rows lie between the root and what samples end in.
      const sum = sums[from + p]
      if (sum !== 0) out[to + p] += sum
    }
  }
  return { places, sums: out }
}

/** The numbers of one key, not a copy. */
export const ofKey = ({ places, sums }: SourceSums, key: number): Float64Array =>
  sums.subarray(key * places, (key + 1) * places)
