/**
 * Filters by the rows of "Where it goes". They come last, on the stacks that are shown: what such a filter leaves is what
 * the table says of the row.
 */
import type { Profile } from '../model/profile.ts'
import { type Filter, isRowFilter } from './query-spec.ts'
import { parseRowName, type RowName } from './row-name.ts'
import type { Transformed } from './transform.ts'

/** What knows the rows (core/where): whether a stack row belongs to one. own: of QuerySpec. */
export interface StackRows {
  of(
    profile: Profile,
    own?: readonly string[],
  ): {
    holds(row: RowName): (stackRow: number) => boolean
  }
}

/** Samples of other rows go; of a row that is not there all go. */
export function applyRowFilters(
  at: Transformed,
  filters: readonly Filter[],
  rows: ReturnType<StackRows['of']>,
): Transformed {
  const { samples } = at.profile
  const stack = samples.stack.slice()
  const droppedBy = at.droppedBy?.slice() ?? new Uint8Array(samples.length)
  for (const [i, filter] of filters.entries()) {
    if (!isRowFilter(filter)) continue
    const name = parseRowName(filter.text)
    const isKept = name ? rows.holds(name) : () => false
    for (let s = 0; s < stack.length; s++) {
      if (stack[s] < 0 || isKept(stack[s])) continue
      stack[s] = -1
      droppedBy[s] = i + 1
    }
  }
  return { ...at, profile: { ...at.profile, samples: { ...samples, stack } }, droppedBy }
}
