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
/** Reads on each side that are looked at, and part of the goal above which all of them are at a limit. */
const NEAR = 2
const AT_LIMIT = 0.85
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
  const heap: Record<keyof LiveHeap, number[]> = { minutes: [], live: [], goal: [], busy: [], rate: [] }
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
        : fromGoal(reads, from, first, goal * room)
    if (!Number.isFinite(bytes)) continue
    live.fill(bytes, first - from, end - from)
    const at = exact ? first : lowest
    heap.minutes.push(minutes[at - from])
    heap.live.push(bytes)
    heap.goal.push(goal)
    const rate = rateAt(reads, minutes, from, first)
    heap.rate.push(rate)
    heap.busy.push(busyAt(reads.gcCpu[first], rate * bytes))
  }
  return { from, to, minutes, live, course: courseOf(heap), collections: heap.live.length }
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

/**
 * What a read between many collections tells: its own heap may be anywhere between what is live and the goal, which is in
 * proportion to what is live. Where all reads around are close to the goal, a limit holds the goal, and they tell.
 */
function fromGoal({ heapAlloc, nextGC, length }: Reads, from: number, row: number, usual: number): number {
  let lowest = heapAlloc[row]
  for (let near = Math.max(from, row - NEAR); near <= Math.min(length - 1, row + NEAR); near++) {
    lowest = Math.min(lowest, heapAlloc[near])
  }
  return lowest > AT_LIMIT * nextGC[row] ? lowest : Math.min(heapAlloc[row], usual)
}

/** Collections by the minute from a row to the next. */
function rateAt({ numGC, length }: Reads, minutes: Float64Array, from: number, row: number): number {
  const next = Math.min(row + 1, length - 1)
  const passed = minutes[next - from] - minutes[row - from]
  return passed > 0 ? (numGC[next] - numGC[row]) / passed : Number.NaN
}

/** Part of the time in which the collector was at work: from its share of processors, and from what it had to mark. */
function busyAt(gcCpu: number, bytesPerMinute: number): number {
  const known = [gcCpu / MARKING_SHARE, bytesPerMinute * MARKING_PER_BYTE].filter((part) => Number.isFinite(part))
  return known.length > 0 ? Math.min(1, Math.max(...known)) : Number.NaN
}
