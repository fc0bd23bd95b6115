/** What a chart of the cycles of one process draws: so many points at most, of neighbours the outermost. */
import type { Cycles } from './cycles.ts'
import type { GcRun } from './runs.ts'

export interface GcChart {
  /** Rows of the table that the points stand for: the one with the longest pause of each. */
  rows: Int32Array
  seconds: Float64Array
  /** Bytes: the lowest live heap, and the highest of the others. */
  start: Float64Array
  end: Float64Array
  live: Float64Array
  goal: Float64Array
  /** Milliseconds, the longest. */
  sweepTerm: Float64Array
  markTerm: Float64Array
}

const MOST_POINTS = 1000
const MIB = 2 ** 20

export function chartOf(cycles: Cycles, { from, to }: GcRun): GcChart {
  const count = Math.min(MOST_POINTS, to - from)
  const column = () => new Float64Array(count)
  const chart: GcChart = {
    rows: new Int32Array(count),
    seconds: column(),
    start: column(),
    end: column(),
    live: column().fill(Number.POSITIVE_INFINITY),
    goal: column(),
    sweepTerm: column(),
    markTerm: column(),
  }
  const longest = column().fill(-1)
  for (let row = from; row < to; row++) {
    const i = Math.floor(((row - from) * count) / (to - from))
    chart.seconds[i] = cycles.seconds[row]
    for (const name of ['start', 'end', 'goal'] as const)
      chart[name][i] = Math.max(chart[name][i], cycles[name][row] * MIB)
    chart.live[i] = Math.min(chart.live[i], cycles.live[row] * MIB)
    for (const name of ['sweepTerm', 'markTerm'] as const) chart[name][i] = Math.max(chart[name][i], cycles[name][row])
    const pause = Math.max(cycles.sweepTerm[row], cycles.markTerm[row])
    if (pause <= longest[i]) continue
    longest[i] = pause
    chart.rows[i] = row
  }
  return chart
}
