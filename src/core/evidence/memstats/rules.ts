/** What reads of the statistics of memory say, each with made examples. What the live heap did comes first. */

import { trendOf } from '../../compare/trend.ts'
import { courseFinding, type MemoryFinding } from '../memory/finding.ts'
import { rateChange } from '../memory/rates.ts'
import type { Read, ReadField, Reads } from './reads.ts'
import type { Timeline } from './timeline.ts'

export interface MemFacts {
  reads: Reads
  timeline: Timeline
  timed: boolean
  runs: readonly number[]
  /** Bytes that the process must not reach: what the reader typed, else GOMEMLIMIT; null = none is known. */
  limit: number | null
}

/** Reads of one process; what an example does not say is as in a quiet program (see test). */
export type MemExample = readonly Partial<Read>[]

export interface MemRule {
  id: MemoryFinding['id']
  find(facts: MemFacts): MemoryFinding | null
  hits: readonly MemExample[]
  misses: readonly MemExample[]
}

const MIB = 2 ** 20
/** Less is not worth a word. */
const LEAST = 16 * MIB
/** Part of the limit that is taken, from which on it is close, and critical. */
const CLOSE = 0.8
const CRITICAL = 0.95
/** Part of the heap in use that may lie between objects: objects of one size fill their pages to seven eighths or so. */
const HOLES = 0.25
const IDLE = 0.3
const STACKS = 0.2
/** Reads at the end of which the least counts: after a collection pages are swept little by little. */
const LAST_READS = 8
const GC_CPU = 0.15
const MUCH_GC_CPU = 0.25
const FORCED = 3
const FORCED_SHARE = 0.2
/** Goroutines that became more, and by how many times. */
const GOROUTINES = 100
const GOROUTINES_TIMES = 1.5
const GOROUTINES_WINDOWS = 40
const CHANCE = 0.05
/** MaxRSS is the most there ever was: so much more than what Go has now is no sign. */
const OUTSIDE = 0.25

export const memRules: readonly MemRule[] = [
  {
    id: 'headroom',
    find: ({ reads, timeline: { to, course }, timed, limit }) => {
      const bytes = taken(reads, to - 1)
      if (limit === null || !Number.isFinite(bytes)) return null
      const room = Math.max(0, limit - bytes)
      const share = bytes / limit
      const until = timed && course.bytesPerMinute > 0 ? { until: room / course.bytesPerMinute } : {}
      const level = share >= CRITICAL ? 'trouble' : share >= CLOSE || 'until' in until ? 'notice' : 'fine'
      return { id: 'headroom', level, certain: true, row: to - 1, facts: { bytes, limit, room, share, ...until } }
    },
    hits: [many(4, () => ({ sys: 90 * MIB, limit: 100 * MIB }))],
    misses: [many(4, () => ({ sys: 90 * MIB }))],
  },
  {
    id: 'fragmentation',
    find: ({ reads, timeline }) => {
      const [bytes, row] = leastOfLast(timeline, (i) => reads.heapInuse[i] - reads.heapAlloc[i])
      const share = bytes / reads.heapInuse[row]
      if (!(bytes >= LEAST && share >= HOLES)) return null
      return { id: 'fragmentation', level: 'notice', certain: true, row, facts: { bytes, share } }
    },
    hits: [many(10, () => ({ heapInuse: 100 * MIB, heapAlloc: 40 * MIB }))],
    misses: [
      many(10, () => ({ heapInuse: 100 * MIB, heapAlloc: 90 * MIB })),
      many(10, () => ({ heapInuse: 8 * MIB, heapAlloc: 4 * MIB })),
      // Just after a collection.
      many(10, (i) => ({ heapInuse: 100 * MIB, heapAlloc: (i === 9 ? 40 : 90) * MIB })),
    ],
  },
  {
    id: 'kept',
    find: ({ reads, timeline }) => {
      const [bytes, row] = leastOfLast(timeline, (i) => reads.heapIdle[i] - reads.heapReleased[i])
      const share = bytes / reads.sys[row]
      if (!(bytes >= LEAST && share >= IDLE)) return null
      return { id: 'kept', level: 'notice', certain: true, row, facts: { bytes, share } }
    },
    hits: [many(10, () => ({ sys: 200 * MIB, heapIdle: 120 * MIB, heapReleased: 10 * MIB }))],
    misses: [many(10, () => ({ sys: 200 * MIB, heapIdle: 120 * MIB, heapReleased: 110 * MIB }))],
  },
  {
    id: 'stacks',
    find: ({ reads, timeline: { to } }) => {
      const bytes = reads.stackInuse[to - 1]
      const share = bytes / reads.sys[to - 1]
      if (!(bytes >= LEAST && share >= STACKS)) return null
      return { id: 'stacks', level: 'notice', certain: true, row: to - 1, facts: { bytes, share } }
    },
    hits: [many(4, () => ({ sys: 100 * MIB, stackInuse: 40 * MIB }))],
    misses: [many(4, () => ({ sys: 100 * MIB, stackInuse: 4 * MIB }))],
  },
  {
    id: 'goroutines',
    find: ({ reads, timeline: { from, to, minutes }, timed }) => {
      const step = Math.max(1, Math.floor((to - from) / GOROUTINES_WINDOWS))
      const rows: number[] = []
      for (let row = from; row < to; row += step) if (Number.isFinite(reads.goroutines[row])) rows.push(row)
      const y = rows.map((row) => reads.goroutines[row])
      const [of = 0, cycles = 0] = [y[0], y.at(-1)]
      if (rows.length < 5 || cycles < of + GOROUTINES || cycles < GOROUTINES_TIMES * of) return null
      const { chance } = trendOf(
        rows.map((_, i) => i),
        y,
      )
      if (chance > CHANCE) return null
      const span = timed ? { span: minutes[to - from - 1] } : {}
      return {
        id: 'goroutines',
        level: 'trouble',
        certain: rows.length >= 8,
        row: to - 1,
        facts: { of, cycles, ...span },
      }
    },
    hits: [many(20, (i) => ({ goroutines: 50 + 40 * i }))],
    misses: [many(20, (i) => ({ goroutines: 50 + (i % 2) * 400 })), many(20, (i) => ({ goroutines: 500 + i }))],
  },
  {
    id: 'gc-share',
    find: ({ reads, timeline: { to } }) => {
      const share = reads.gcCpu[to - 1]
      if (!(share >= GC_CPU)) return null
      const level = share < MUCH_GC_CPU ? 'notice' : 'trouble'
      return { id: 'gc-share', level, certain: true, row: to - 1, facts: { share } }
    },
    hits: [many(4, () => ({ gcCpu: 0.4 }))],
    misses: [many(4, () => ({ gcCpu: 0.02 }))],
  },
  {
    id: 'alloc-rate',
    find: ({ reads, timeline: { from, to, minutes }, timed }) => {
      if (!timed) return null
      const change = rateChange(minutes, reads.totalAlloc.subarray(from, to))
      if (!change || Math.max(change.before, change.after) < LEAST) return null
      const row = from + minutes.findIndex((at) => at >= change.at)
      const facts = { before: change.before, pace: change.after, span: change.at }
      return { id: 'alloc-rate', level: 'notice', certain: true, row, facts }
    },
    hits: [many(40, (i) => ({ totalAlloc: (i < 20 ? i : 20 + (i - 20) * 5) * 8 * MIB }))],
    misses: [
      many(40, (i) => ({ totalAlloc: i * 8 * MIB })),
      many(40, (i) => ({ totalAlloc: (i + (i > 20 ? 4 : 0)) * 8 * MIB })),
    ],
  },
  {
    id: 'forced',
    find: ({ reads, timeline: { from, to } }) => {
      const cycles = reads.numForcedGC[to - 1] - reads.numForcedGC[from]
      const of = reads.numGC[to - 1] - reads.numGC[from]
      if (!(cycles >= FORCED && cycles >= FORCED_SHARE * of)) return null
      return { id: 'forced', level: 'notice', certain: true, row: to - 1, facts: { cycles, of } }
    },
    hits: [many(20, (i) => ({ numForcedGC: i }))],
    misses: [many(20, () => ({ numForcedGC: 7 })), many(20, (i) => ({ numForcedGC: i > 10 ? 1 : 0 }))],
  },
  {
    id: 'outside',
    find: ({ reads, timeline: { to } }) => {
      const bytes = reads.maxRss[to - 1]
      const grown = bytes - reads.sys[to - 1]
      if (!(grown >= LEAST && grown >= OUTSIDE * bytes)) return null
      return { id: 'outside', level: 'notice', certain: true, row: to - 1, facts: { bytes, grown } }
    },
    hits: [many(1, () => ({ sys: 100 * MIB, maxRss: 300 * MIB }))],
    misses: [many(1, () => ({ sys: 100 * MIB, maxRss: 105 * MIB }))],
  },
  {
    id: 'restarts',
    find: ({ runs, timeline: { from } }) =>
      runs.length < 2
        ? null
        : { id: 'restarts', level: 'notice', certain: true, row: from, facts: { runs: runs.length } },
    hits: [many(8, (i) => ({ numGC: i < 4 ? 100 + i : i }))],
    misses: [many(8, (i) => ({ numGC: i }))],
  },
]

/** What the live heap did, then what the rules find, trouble first. */
export function memFindings(facts: MemFacts): MemoryFinding[] {
  const { course, collections, minutes, from } = facts.timeline
  const first = courseFinding(course, collections, (minute) => from + minutes.findIndex((at) => at >= minute))
  if (!facts.timed) {
    // Steps are no time.
    delete first.facts.pace
    delete first.facts.span
  }
  const found = memRules.flatMap((rule) => rule.find(facts) ?? [])
  const order = ['trouble', 'notice', 'fine']
  return [first, ...found.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))]
}

/** Bytes that the process has of the system, as a memory limit counts them. */
export const taken = (reads: Pick<Reads, 'sys' | 'heapReleased'>, row: number): number =>
  reads.sys[row] - (reads.heapReleased[row] || 0)

/** The least of the last reads, and its row. */
function leastOfLast({ from, to }: Timeline, of: (row: number) => number): [number, number] {
  let best = to - 1
  for (let row = Math.max(from, to - LAST_READS); row < to; row++) if (of(row) < of(best)) best = row
  return [of(best), best]
}

function many(count: number, read: (i: number) => Partial<Record<ReadField, number>>): MemExample {
  return Array.from({ length: count }, (_, i) => read(i))
}
