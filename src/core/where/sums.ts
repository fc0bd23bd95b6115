/** Sums of rows of "Where it goes". */
import type { WhereRow } from './where.ts'

export const sumOfShares = (rows: readonly Pick<WhereRow, 'share'>[]): number =>
  rows.reduce((sum, { share }) => sum + share, 0)

/** Sum of the absolute values. */
export const grossOf = (rows: readonly Pick<WhereRow, 'value'>[]): number =>
  rows.reduce((sum, { value }) => sum + Math.abs(value), 0)
