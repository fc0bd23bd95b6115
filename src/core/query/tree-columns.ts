/** More numbers for the boxes of a call tree: other sample types, and how well its values are founded. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { StackRows } from './row-filter.ts'
import { parseRowName } from './row-name.ts'
import { rawSamples } from './sampling.ts'
import { cumulate, type StackSums, sumStacks, weigh } from './weights.ts'

/**
 * A row of sampleTypes, what sampling.ts says of the tree's own sample type, or "where:" and a row of "Where it goes": how
 * much of a box, in absolute values, belongs to it.
 */
export type ColumnName = number | 'raw' | 'variance' | RowColumn
export type RowColumn = `where:${string}`

export const rowColumn = (row: string): RowColumn => `where:${row}`
export const isRowColumn = (name: ColumnName): name is RowColumn =>
  typeof name === 'string' && name.startsWith('where:')

export interface TreeColumns {
  /** CallTree.pathHash of each row, to tell whether the rows are those of the tree at hand. */
  pathHash: Float64Array
  /** Totals per row of the tree, NaN for merged boxes; null where the profile cannot say. */
  columns: (Float64Array | null)[]
}

/** Each column as numbers per stack row. rows: of the profile, for columns of rows. */
export function stackColumns(
  profile: Profile,
  kind: ProfileKind,
  sampleType: number,
  names: readonly ColumnName[],
  rows: () => ReturnType<StackRows['of']>,
): (StackSums | null)[] {
  const raw = names.some((name) => name === 'raw' || name === 'variance') ? rawSamples(profile, kind, sampleType) : null
  return names.map((name) => {
    if (typeof name === 'number') return weigh(profile, name)
    if (isRowColumn(name)) {
      const row = parseRowName(name.slice(name.indexOf(':') + 1))
      return row && sumRow(profile, sampleType, rows().holds(row))
    }
    if (!raw) return null
    return sumStacks(profile, name === 'raw' ? raw.count : raw.variance)
  })
}

function sumRow(profile: Profile, sampleType: number, holds: (stackRow: number) => boolean): StackSums {
  const { absSelf } = weigh(profile, sampleType)
  const self = absSelf.map((weight, row) => (weight > 0 && holds(row) ? weight : 0))
  return { self, total: cumulate(profile.stacks, self) }
}
