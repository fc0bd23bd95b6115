/**
 * Filters by the rows of "Where it goes". They come last, on the stacks that are shown: what such a filter leaves is what
 * the table says of the row.
 */
import type { Partition } from '../where/partition.ts'
import { parseRowName } from '../where/reading.ts'
import { type Filter, isRowFilter } from './query-spec.ts'
import type { Transformed } from './transform.ts'

/** partition: of at.profile. Samples of other rows go; a row that is not there has none. */
export function applyRowFilters(at: Transformed, filters: readonly Filter[], partition: Partition): Transformed {
  const { samples } = at.profile
  const stack = samples.stack.slice()
  const droppedBy = at.droppedBy?.slice() ?? new Uint8Array(samples.length)
  for (const [i, filter] of filters.entries()) {
    if (!isRowFilter(filter)) continue
    const name = parseRowName(filter.text)
    const isKept = name ? partition.holds(name) : () => false
    for (let s = 0; s < stack.length; s++) {
      if (stack[s] < 0 || isKept(stack[s])) continue
      stack[s] = -1
      droppedBy[s] = i + 1
    }
  }
  return { ...at, profile: { ...at.profile, samples: { ...samples, stack } }, droppedBy }
}
