/** The processes whose cycles a log holds, each with what its live heap did. */
import { type Course, courseOf } from '../memory/course.ts'
import type { Cycles } from './cycles.ts'

export interface GcRun {
  /** Rows of the table: the first, and one past the last. */
  from: number
  to: number
  /** Between the first and the last cycle. */
  seconds: number
  /** Milliseconds since 1970 at which the process began; null = the log does not say. */
  began: number | null
  course: Course
}

const MIB = 2 ** 20

export function runsOf(cycles: Cycles, began: readonly (number | null)[]): GcRun[] {
  const runs: GcRun[] = []
  for (let from = 0; from < cycles.length; ) {
    let to = from + 1
    while (to < cycles.length && cycles.run[to] === cycles.run[from]) to++
    const seconds = cycles.seconds[to - 1] - cycles.seconds[from]
    const course = courseOf(liveHeapOf(cycles, from, to))
    runs.push({ from, to, seconds, began: began[cycles.run[from]] ?? null, course })
    from = to
  }
  return runs
}

/** What a run says of its live heap. */
function liveHeapOf(cycles: Cycles, from: number, to: number) {
  const length = to - from
  const [minutes, live, goal, busy, rate] = [0, 1, 2, 3, 4].map(() => new Float64Array(length).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let i = 0; i < length; i++) {
    const row = from + i
    minutes[i] = cycles.seconds[row] / 60
    live[i] = cycles.live[row] * MIB
    if (row + 1 === to) continue
    goal[i] = cycles.goal[row + 1] * MIB
    const passed = cycles.seconds[row + 1] - cycles.seconds[row]
    busy[i] = Math.min(1, cycles.mark[row] / 1000 / passed)
    rate[i] = 60 / passed
  }
  return { minutes, live, goal, busy, rate }
}

/** Index of the one that tells most: the longest. */
export function mainRun(runs: readonly GcRun[]): number {
  return runs.reduce((best, { seconds }, i) => (seconds > (runs[best]?.seconds ?? -1) ? i : best), 0)
}
