/** Which intervals belong to one goroutine, or ran on one processor: found in one pass over all of them. */
import { firstWhere } from '../model/sorted.ts'
import { RUNNING, type Trace } from './trace.ts'

export interface RowsByOwner {
  /** Rows of owner i: rows[start[i], start[i + 1]), in the order in which they began. */
  start: Int32Array
  /** Rows of intervals. */
  rows: Int32Array
}

/** Intervals of each goroutine, by its row. They fill its life without a gap. */
export const byGoroutine = ({ goroutines, intervals }: Trace): RowsByOwner =>
  grouped(intervals.goroutine, goroutines.length)

/** Numbers of the processors that a trace has, in order. */
export const processorNumbers = ({ processors }: Trace): Int32Array =>
  Int32Array.from(new Set(processors.processor)).sort()

/** What each processor ran: the intervals of state RUNNING, which on one processor do not overlap. */
export function byProcessor(trace: Trace): RowsByOwner & { numbers: Int32Array } {
  const { intervals } = trace
  const numbers = processorNumbers(trace)
  const owner = new Map(Array.from(numbers, (number, i) => [number, i]))
  const owners = new Int32Array(intervals.length).fill(-1)
  for (let i = 0; i < intervals.length; i++)
    if (intervals.state[i] === RUNNING) owners[i] = owner.get(intervals.processor[i]) ?? -1
  return { numbers, ...grouped(owners, numbers.length) }
}

/** Rows of an owner; none where there is no such owner. */
export const rowsOf = ({ start, rows }: RowsByOwner, owner: number): Int32Array =>
  owner >= 0 && owner + 1 < start.length ? rows.subarray(start[owner], start[owner + 1]) : NO_ROWS

const NO_ROWS = new Int32Array(0)

/** Of rows that follow each other, the index of the first one that ends after a time. */
export const firstEndingAfter = (rows: Int32Array, to: Float64Array, time: number): number =>
  firstWhere(rows.length, (i) => to[rows[i]] > time)

/** owner: of each row, -1 = none. */
function grouped(owner: Int32Array, count: number): RowsByOwner {
  const start = new Int32Array(count + 1)
  for (const of of owner) if (of >= 0) start[of + 1]++
  for (let i = 0; i < count; i++) start[i + 1] += start[i]
  const next = start.slice(0, count)
  const rows = new Int32Array(start[count])
  for (let i = 0; i < owner.length; i++) if (owner[i] >= 0) rows[next[owner[i]]++] = i
  return { start, rows }
}
