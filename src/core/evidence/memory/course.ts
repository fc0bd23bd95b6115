/**
 * What the live heap of one process did over time: whether it stands, grows, grew and stands, grew and fell back, or is pressed
 * against a limit. Told by what collections found live, never by single reads of the heap, which goes up and down with every
 * cycle. Pure numbers: what they came from (a GC log, reads of MemStats) does not matter.
 */
import { type Trend, trendOf } from '../../compare/trend.ts'

/** A row for each collection that is known, in the order of time. */
export interface LiveHeap {
  /** Rising or equal, since any beginning. */
  minutes: ArrayLike<number>
  /** Bytes found live. */
  live: ArrayLike<number>
  /** Bytes at which the next collection was to be done; NaN = not known. */
  goal: ArrayLike<number>
  /** Part of the time up to the next row in which the collector was at work, 0 to 1; NaN = not known. */
  busy: ArrayLike<number>
  /** Collections by the minute up to the next row; NaN = not known. */
  rate: ArrayLike<number>
}

export type CourseId =
  /** Too few collections to tell. */
  | 'few'
  | 'steady'
  /** Grew while the process started, and stands. */
  | 'warm-up'
  /** Grew for long, as a cache that fills does, and stands or slows down. */
  | 'levels-off'
  /** Grew and fell back. */
  | 'burst'
  /** Grows to the end of what is known. */
  | 'growing'
  /** Most of what may be used is live, and collections follow each other for little gain. */
  | 'limit'

export interface Course {
  id: CourseId
  /** Told by an order that would come by chance less than once in twenty times, with room to spare; else worth a look. */
  certain: boolean
  /** Bytes: at the beginning, at the end, and the most that was live. */
  first: number
  last: number
  peak: number
  /** By which the live heap rises in the part that tells; of a course that stands 0. */
  bytesPerMinute: number
  /** Minutes of LiveHeap between which it was looked at: of 'limit' the time at the limit, of 'burst' the way up and down. */
  from: number
  to: number
  /** Of 'limit': bytes that the goal stood at. */
  limit: number | null
  /** What a growth was told by; null where there is none. */
  trend: Pick<Trend, 'grew' | 'of' | 'chance'> | null
}

const MIB = 2 ** 20

/** Fewer collections tell nothing. */
const FEWEST = 5
/** Windows of equal time that the course is looked at in: of each the lowest point counts, since peaks are what the load does. */
const WINDOWS = 40
/** Where the part begins that decides whether it still grows, and the last and middle parts that are compared, as shares of the time. */
const TAIL = 0.4
const END = 0.7
/** Points that a part must have for an order in it to mean something. */
const FEWEST_IN_TAIL = 6
const FEWEST_IN_PART = 3
/** What a growth comes to at least. */
const LEAST_GROWTH = 4 * MIB
const LEAST_SHARE = 0.04
/** Growth of trend.ts: part of all orders that rise as much, and how many times the scatter it must be. */
const CHANCE = 0.05
const SCATTER = 3
const CERTAIN_SCATTER = 4
/** Of a growth that slows down, the end rises by less than this part of the middle. */
const SLOWED = 0.45
/** A last rise that took this part of the time is flat below this part of the pace before. */
const FLAT_TIME = 0.25
const FLAT = 0.1
/** What it must have grown by at the beginning to be called a warm-up or a cache that fills: bytes, and share of before. */
const LEAST_STEP = 6 * MIB
const LEAST_STEP_SHARE = 0.4
/** A start is over before this part of the time, by when this part of the final level is reached; a shorter one than the other is none. */
const START = 0.2
const SHORT_START = 0.04
const REACHED = 0.85
/** What a burst rises by, and how much of it may be left. */
const BURST_SHARE = 0.5
const BURST_LEFT = 0.5
/** Goal and live heap are this close where there is no room left, with so many collections in a row, and so many between. */
const TIGHT = 1.12
const TIGHT_ROWS = 8
const TIGHT_GAPS = 2
/** The collector is at work for this part of the time there, or comes so often by the minute, on this much live heap. */
const TIGHT_BUSY = 0.2
const TIGHT_RATE = 2 * 60
/** By the minute, where there never was more room: a small GOGC makes collections frequent too. */
const TIGHT_RATE_ALONE = 5 * 60
const TIGHT_LEAST = 8 * MIB

/** What the collections of a process tell. Never throws; rows that are not numbers are left out. */
export function courseOf(heap: LiveHeap): Course {
  const rows = Array.from({ length: heap.live.length }, (_, i) => i).filter(
    (i) => Number.isFinite(heap.minutes[i]) && Number.isFinite(heap.live[i]),
  )
  const all = rows.map((i) => ({ x: heap.minutes[i], y: heap.live[i] }))
  const [begin, finish] = [all[0], all.at(-1)]
  const course: Course = {
    id: 'few',
    certain: false,
    first: begin?.y ?? 0,
    last: finish?.y ?? 0,
    peak: all.reduce((most, { y }) => Math.max(most, y), 0),
    bytesPerMinute: 0,
    from: begin?.x ?? 0,
    to: finish?.x ?? 0,
    limit: null,
    trend: null,
  }
  if (!begin || !finish || all.length < FEWEST || finish.x <= begin.x) return course
  const floors = floorsOf(all, begin.x, finish.x)
  const limit = limitOf(heap, rows, course)
  return limit ? { ...limit, bytesPerMinute: growth(floors)?.bytesPerMinute ?? 0 } : shapeOf(floors, course)
}

/** Whether memory grew, and nothing says for certain that it has stopped. */
export function grows({ id, certain, first, last, trend }: Course): boolean {
  // At a limit a live heap cannot go on growing: that it had grown is told by where it began.
  if (id === 'limit') return last > first * (1 + BURST_SHARE)
  return id === 'growing' || (id === 'levels-off' && trend !== null && !certain)
}

interface Point {
  x: number
  y: number
}

/** The lowest point of each window, at its own time. */
function floorsOf(all: readonly Point[], from: number, to: number): Point[] {
  const lowest: (Point | undefined)[] = []
  for (const point of all) {
    const window = Math.min(WINDOWS - 1, Math.floor(((point.x - from) / (to - from)) * WINDOWS))
    const known = lowest[window]
    if (!known || point.y <= known.y) lowest[window] = point
  }
  return lowest.filter((point) => point !== undefined)
}

function shapeOf(floors: readonly Point[], course: Course): Course {
  const span = course.to - course.from
  const after = (share: number) => floors.filter(({ x }) => x >= course.from + share * span)
  const tail = after(TAIL)
  const before = floors.filter(({ x }) => x < course.from + TAIL * span)
  const level = median(tail)
  const grown = growth(tail)
  if (grown) {
    const between = (from: number, to: number) => slopeOf(after(from).filter(({ x }) => x <= course.from + to * span))
    const [middle, end] = [between(TAIL, END), between(END, 1)]
    const slowed = middle !== null && end !== null && end < SLOWED * Math.max(middle, grown.bytesPerMinute)
    return { ...course, ...grown, id: slowed ? 'levels-off' : 'growing', from: tail[0]?.x ?? course.from }
  }
  const fell = burstOf(floors, course)
  // Too little at the end to tell whether it stands: what the whole tells, as long as the highest came last.
  if (tail.length < FEWEST_IN_TAIL && !fell) {
    const whole = growth(floors)
    const rises =
      Math.max(...tail.map(({ y }) => y)) > (1 + LEAST_STEP_SHARE / 2) * Math.max(...before.map(({ y }) => y))
    if (whole && rises) return { ...course, ...whole, ...(hasStopped(floors, span) ? STOPPED : GROWING) }
  }
  if (fell) return fell
  const early = median(floors.slice(0, Math.max(1, Math.min(FEWEST_IN_PART, before.length >> 1))))
  if (level - early >= Math.max(LEAST_STEP, LEAST_STEP_SHARE * early)) {
    const reached = floors.find(({ y }) => y >= early + REACHED * (level - early))?.x ?? course.from
    const took = (reached - course.from) / span
    if (took <= SHORT_START) return { ...course, id: 'steady', certain: tail.length >= FEWEST_IN_TAIL }
    const isStart = took <= START
    return { ...course, id: isStart ? 'warm-up' : 'levels-off', certain: tail.length >= FEWEST_IN_TAIL, to: reached }
  }
  return { ...course, id: 'steady', certain: tail.length >= FEWEST_IN_TAIL }
}

const GROWING = { id: 'growing' } as const
const STOPPED = { id: 'levels-off', certain: false } as const

/** Whether the last rise to a new height took long and was flat, after which there is little more to see. */
function hasStopped(floors: readonly Point[], span: number): boolean {
  const heights = floors.filter(({ y }, i) => i === 0 || y > Math.max(...floors.slice(0, i).map((point) => point.y)))
  const [first, before, last] = [heights[0], heights.at(-2), heights.at(-1)]
  if (!first || !before || !last || before === first || last.x - before.x < FLAT_TIME * span) return false
  return (last.y - before.y) / (last.x - before.x) < (FLAT * (before.y - first.y)) / (before.x - first.x)
}

type Growth = Pick<Course, 'certain' | 'bytesPerMinute' | 'trend'>

function growth(points: readonly Point[]): Growth | null {
  if (points.length < FEWEST - 1) return null
  const x = points.map((point) => point.x)
  const y = points.map((point) => point.y)
  const trend = trendOf(x, y)
  const fitted = trend.slope * ((x.at(-1) ?? 0) - (x[0] ?? 0))
  if (trend.chance > CHANCE || fitted < Math.max(LEAST_GROWTH, LEAST_SHARE * median(points))) return null
  if (fitted < SCATTER * trend.scatter) return null
  const certain = points.length >= FEWEST_IN_TAIL && fitted >= CERTAIN_SCATTER * trend.scatter
  const { grew, of, chance, slope } = trend
  return { certain, bytesPerMinute: slope, trend: { grew, of, chance } }
}

function slopeOf(points: readonly Point[]): number | null {
  if (points.length < FEWEST_IN_PART) return null
  return trendOf(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  ).slope
}

function median(points: readonly Point[]): number {
  const sorted = points.map(({ y }) => y).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

function burstOf(floors: readonly Point[], course: Course): Course | null {
  const peak = floors.reduce((most, point) => (point.y > most.y ? point : most))
  const up = floors.filter(({ x }) => x < peak.x)
  const down = floors.filter(({ x }) => x > peak.x)
  if (up.length === 0 || down.length === 0) return null
  const base = Math.min(...up.map(({ y }) => y))
  const end = median(down.slice(-FEWEST_IN_PART))
  const rise = peak.y - base
  if (rise < Math.max(LEAST_STEP, BURST_SHARE * base) || end - base > BURST_LEFT * rise) return null
  const half = base + rise / 2
  return {
    ...course,
    id: 'burst',
    certain: down.length >= 2,
    from: up.findLast(({ y }) => y < half)?.x ?? course.from,
    to: down.find(({ y }) => y < half)?.x ?? course.to,
    peak: Math.max(course.peak, peak.y),
  }
}

/** The longest stretch of collections that leave no room, where the collector has little else to do. */
function limitOf(
  { minutes, live, goal, busy, rate }: LiveHeap,
  rows: readonly number[],
  course: Course,
): Course | null {
  const isTight = (i: number) => live[i] >= TIGHT_LEAST && goal[i] <= TIGHT * live[i]
  let best: number[] = []
  let stretch: number[] = []
  let gap = 0
  for (const i of rows) {
    if (isTight(i)) {
      stretch.push(i)
      gap = 0
      if (stretch.length > best.length) best = stretch
    } else if (++gap > TIGHT_GAPS) stretch = []
  }
  const [first, last] = [best[0], best.at(-1)]
  if (first === undefined || last === undefined || best.length < TIGHT_ROWS) return null
  const mean = (of: ArrayLike<number>) => {
    const known = best.map((i) => of[i]).filter((value) => Number.isFinite(value))
    return known.reduce((sum, value) => sum + value, 0) / known.length
  }
  // A small GOGC leaves as little room all the time, and at every size.
  const hadRoom = rows.some((i) => i < first && live[i] >= TIGHT_LEAST && goal[i] > TIGHT * live[i])
  if (!(mean(busy) >= TIGHT_BUSY || mean(rate) >= (hadRoom ? TIGHT_RATE : TIGHT_RATE_ALONE))) return null
  const goals = best.map((i) => goal[i]).sort((a, b) => a - b)
  return {
    ...course,
    id: 'limit',
    certain: hadRoom,
    from: minutes[first],
    to: minutes[last],
    limit: goals[goals.length >> 1] ?? null,
  }
}
