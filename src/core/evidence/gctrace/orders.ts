/** In which order a table of cycles is asked for. */

/** Columns that rows are ordered by, largest first; '' = as in the log. */
export const CYCLE_ORDERS = ['', 'live', 'end', 'goal', 'sweepTerm', 'mark', 'markTerm', 'assist'] as const

export type CycleOrder = (typeof CYCLE_ORDERS)[number]

export interface CyclesRequest {
  order: CycleOrder
  /** Rows at most. */
  most: number
}
