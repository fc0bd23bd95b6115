/** What reads tell of collections: reads come when somebody asks, so that what a collection left has to be found among them. */
import { type Course, courseOf, type LiveHeap } from '../memory/course.ts'
import type { Reads } from './reads.ts'

export interface Timeline {
  /** Rows of the process that is looked at: the first, and one past the last. */
  from: number
  to: number
  /** Minutes since its first read, or steps where reads say no time. By row from `from`. */
  minutes: Float64Array
  /** Bytes that the collection before each read found live; NaN = not known. */
  live: Float64Array
  course: Course
  /** Collections that the course was told by. */
  collections: number
}

/** Reads of one cycle, from which on the lowest of them is what the collection left. */
const READS_PER_CYCLE = 2
/** GOGC=100, where nothing says another one. */
const USUAL_ROOM = 0.5
const LEAST_ROOM = 0.2
/** Part of the processors that marking takes: at this share it never stops. */
const MARKING_SHARE = 0.25
/** About what it takes to mark a MiB on two busy processors, in minutes. */
const MARKING_PER_BYTE = 1e-3 / 60 / 2 ** 20

/** The last process: earlier ones are gone. */
export function timelineOf(reads: Reads, timed: boolean, runs: readonly number[]): Timeline {
  const from = runs.at(-1) ?? 0
  const to = reads.length
  const minutes = Float64Array.from({ length: to - from }, (_, i) =>
    timed ? (reads.time[from + i] - reads.time[from]) / 60e3 : i,
  )
  const cycles = cyclesOf(reads, from, to)
  const live = new Float64Array(to - from).fill(Number.NaN)
  const exact = reads.live.subarray(from, to).some((bytes) => bytes > 0)
  const perCycle = (to - from) / Math.max(1, cycles.length)
  const room = roomOf(reads, from, to)
  const heap = { minutes: [] as number[], live: [] as number[], goal: [] as number[], busy: [] as number[] }
  for (const [first, end] of cycles) {
    // Before the first collection nothing is known to be live.
    if (reads.numGC[first] === 0) continue
    let lowest = first
    for (let row = first; row < end; row++) if (reads.heapAlloc[row] < reads.heapAlloc[lowest]) lowest = row
    const goal = reads.nextGC[first]
    const bytes = exact
      ? reads.live[first]
      : perCycle >= READS_PER_CYCLE || !(goal > 0)
        ? reads.heapAlloc[lowest]
        : Math.min(reads.heapAlloc[lowest], goal * room)
    if (!Number.isFinite(bytes)) continue
    live.fill(bytes, first - from, end - from)
    const at = exact ? first : lowest
    heap.minutes.push(minutes[at - from])
    heap.live.push(bytes)
    heap.goal.push(goal)
    heap.busy.push(busyAt(reads, minutes, from, first, bytes))
  }
  const rising: LiveHeap = heap
  return { from, to, minutes, live, course: courseOf(rising), collections: heap.live.length }
}

/** Rows with the same number of collections; each row alone where that is not said. */
function cyclesOf({ numGC }: Reads, from: number, to: number): [first: number, end: number][] {
  const cycles: [number, number][] = []
  for (let first = from; first < to; ) {
    let end = first + 1
    while (end < to && numGC[end] === numGC[first]) end++
    cycles.push([first, end])
    first = end
  }
  return cycles
}

/** What the live heap is of the goal: 0.5 with GOGC=100, nearly 1 at a memory limit. */
function roomOf(reads: Reads, from: number, to: number): number {
  let least = 1
  for (let row = from; row < to; row++) {
    if (reads.gogc[row] > 0) return 1 / (1 + reads.gogc[row] / 100)
    if (reads.nextGC[row] > 0) least = Math.min(least, reads.heapAlloc[row] / reads.nextGC[row])
  }
  return least < 1 ? Math.max(LEAST_ROOM, Math.min(least, 1)) : USUAL_ROOM
}

/** Part of the time in which the collector was at work: from its share of processors, and from how often it came. */
function busyAt(reads: Reads, minutes: Float64Array, from: number, row: number, live: number): number {
  const next = row + 1 < reads.length ? row + 1 : row
  const passed = minutes[next - from] - minutes[row - from]
  const rate = passed > 0 ? (reads.numGC[next] - reads.numGC[row]) / passed : Number.NaN
  const known = [reads.gcCpu[row] / MARKING_SHARE, rate * live * MARKING_PER_BYTE].filter((part) =>
    Number.isFinite(part),
  )
  return known.length > 0 ? Math.min(1, Math.max(...known)) : Number.NaN
}
