/** What a GC log says, each with made examples. What the live heap did comes first and is told by memory/course.ts. */
import { courseFinding, type MemoryFinding } from '../memory/finding.ts'
import { rateChange } from '../memory/rates.ts'
import type { Cycle, Cycles } from './cycles.ts'
import type { GcRun } from './runs.ts'

export interface GcFacts {
  cycles: Cycles
  /** Of all processes in the log. */
  runs: readonly GcRun[]
  /** The one that is looked at. */
  run: GcRun
}

/** Cycles of one process; what an example does not say is as in a quiet program (see test). */
export type GcExample = readonly Partial<Cycle>[]

export interface GcRule {
  id: MemoryFinding['id']
  find(facts: GcFacts): MemoryFinding | null
  hits: readonly GcExample[]
  misses: readonly GcExample[]
}

const MIB = 2 ** 20
/** Bytes by the minute below which a change of pace is not worth a word. */
const LEAST_RATE = 64 * MIB
/** A heap of less is what every program has; amounts are whole MiB, so that shares of less are rounding. MiB. */
const SMALL_HEAP = 8
/** A goal is passed by more than this part of it, so often, and in this part of the cycles. */
const OVERRUN = 0.1
const OVERRUNS = 3
const OVERRUN_SHARE = 0.1
/** Of the time that goroutines had while cycles were marked. */
const ASSIST = 0.1
const MUCH_ASSIST = 0.25
/** Of all processors since the start, in per cent. */
const GC_PERCENT = 15
const MUCH_GC_PERCENT = 25
/** Cycles by the second, and how many there must be. */
const FREQUENT = 5
const FREQUENT_CYCLES = 20
/** A pause is long from here on, in ms, when it is so many times what is usual. */
const LONG_PAUSE = 10
const VERY_LONG_PAUSE = 50
const TIMES_USUAL = 5
const FORCED = 3
const FORCED_SHARE = 0.2

export const gcRules: readonly GcRule[] = [
  {
    id: 'overrun',
    find: ({ cycles, run }) => {
      let over = 0
      let row = -1
      let worst = 0
      for (let i = run.from; i < run.to; i++) {
        const by = cycles.end[i] / cycles.goal[i] - 1
        if (cycles.end[i] < SMALL_HEAP || !(by > OVERRUN)) continue
        over++
        if (by <= worst) continue
        worst = by
        row = i
      }
      const of = run.to - run.from
      if (over < OVERRUNS || over < OVERRUN_SHARE * of) return null
      return { id: 'overrun', level: 'notice', certain: true, row, facts: { cycles: over, of, worst } }
    },
    hits: [many(10, (i) => ({ start: 90, end: i < 4 ? 130 : 99, goal: 100 }))],
    misses: [
      many(10, () => ({ start: 90, end: 105, goal: 100 })),
      many(10, () => ({ start: 3, end: 5, goal: 4 })),
      many(60, (i) => ({ start: 90, end: i < 4 ? 130 : 99, goal: 100 })),
    ],
  },
  {
    id: 'assist',
    find: ({ cycles, run }) => {
      let assist = 0
      let had = 0
      let row = -1
      let most = 0
      for (let i = run.from; i < run.to; i++) {
        assist += cycles.assist[i]
        had += Math.max(cycles.assist[i], cycles.procs[i] * cycles.mark[i] - cycles.background[i] - cycles.idle[i])
        if (cycles.assist[i] <= most) continue
        most = cycles.assist[i]
        row = i
      }
      const share = had > 0 ? assist / had : 0
      if (share < ASSIST || run.to - run.from < OVERRUNS) return null
      return { id: 'assist', level: share < MUCH_ASSIST ? 'notice' : 'trouble', certain: true, row, facts: { share } }
    },
    hits: [many(10, () => ({ procs: 2, mark: 100, background: 50, assist: 60 }))],
    misses: [
      many(10, () => ({ procs: 2, mark: 100, background: 50, assist: 5 })),
      many(2, () => ({ procs: 2, mark: 100, background: 50, assist: 60 })),
    ],
  },
  {
    id: 'gc-share',
    find: ({ cycles, run }) => {
      const percent = cycles.gcPercent[run.to - 1]
      if (percent < GC_PERCENT || run.to - run.from < OVERRUNS) return null
      const level = percent < MUCH_GC_PERCENT ? 'notice' : 'trouble'
      return { id: 'gc-share', level, certain: true, row: run.to - 1, facts: { share: percent / 100 } }
    },
    hits: [many(10, () => ({ gcPercent: 36 }))],
    misses: [many(10, () => ({ gcPercent: 7 })), many(10, (i) => ({ gcPercent: i === 0 ? 40 : 3 }))],
  },
  {
    id: 'alloc-rate',
    find: ({ cycles, run }) => {
      const minutes = cycles.seconds.subarray(run.from, run.to).map((seconds) => seconds / 60)
      // At a limit it is the limit that slows the program down.
      if (run.course.id === 'limit') return null
      // Allocated from one start of a cycle to the next: what the heap grew by, and what the cycle between freed.
      const total = new Float64Array(minutes.length)
      for (let i = 1; i < total.length; i++) {
        const row = run.from + i
        const freed = cycles.end[row - 1] - cycles.live[row - 1]
        total[i] = total[i - 1] + Math.max(0, cycles.start[row] - cycles.start[row - 1] + freed) * MIB
      }
      const change = rateChange(minutes, total)
      if (!change || Math.max(change.before, change.after) < LEAST_RATE) return null
      const row = run.from + minutes.findIndex((at) => at >= change.at)
      const facts = { before: change.before, pace: change.after, span: change.at }
      return { id: 'alloc-rate', level: 'notice', certain: true, row, facts }
    },
    hits: [many(80, (i) => ({ seconds: i < 20 ? i * 5 : 100 + (i - 20), start: 60, end: 60, live: 20 }))],
    misses: [
      many(80, (i) => ({ seconds: i, start: 60, end: 60, live: 20 })),
      many(80, (i) => ({ seconds: i, start: i === 40 ? 900 : 60, end: i === 40 ? 900 : 60, live: 20 })),
      // What is allocated while marking is live, and the limit leaves no other time.
      many(80, (i) => ({ seconds: i / 10, start: 60 + i, end: 62 + i, live: 61 + i, goal: 60 + i, mark: 60 })),
    ],
  },
  {
    id: 'frequent',
    find: ({ cycles, run }) => {
      const count = run.to - run.from
      const rate = (count - 1) / run.seconds
      // At a limit it is the limit that is said.
      if (count < FREQUENT_CYCLES || !(rate >= FREQUENT) || run.course.id === 'limit') return null
      const facts = { cycles: count, span: run.seconds / 60, rate, last: cycles.live[run.to - 1] * MIB }
      return { id: 'frequent', level: 'notice', certain: true, row: -1, facts }
    },
    hits: [many(200, (i) => ({ seconds: i * 0.05 }))],
    misses: [many(200, (i) => ({ seconds: i * 2 })), many(10, (i) => ({ seconds: i * 0.05 }))],
  },
  {
    id: 'pause',
    find: ({ cycles, run }) => {
      const pauses = Float64Array.from({ length: run.to - run.from }, (_, i) =>
        Math.max(cycles.sweepTerm[run.from + i], cycles.markTerm[run.from + i]),
      )
      const longest = pauses.reduce((best, pause, i) => (pause > (pauses[best] ?? 0) ? i : best), 0)
      const usual = pauses.slice().sort()[pauses.length >> 1] ?? 0
      const pause = pauses[longest] ?? 0
      if (pause < LONG_PAUSE || pause < TIMES_USUAL * usual) return null
      const row = run.from + longest
      return {
        id: 'pause',
        level: pause < VERY_LONG_PAUSE ? 'notice' : 'trouble',
        certain: true,
        row,
        facts: { cycle: cycles.number[row], pause, usual },
      }
    },
    hits: [
      many(10, (i) => ({ sweepTerm: i === 4 ? 109 : 0.1 })),
      many(10, (i) => ({ sweepTerm: 0.1, markTerm: i === 4 ? 20 : 0.1 })),
    ],
    misses: [
      many(10, () => ({ sweepTerm: 0.1 })),
      // Marking stops nobody.
      many(10, (i) => ({ mark: i === 4 ? 1010 : 10 })),
      many(10, () => ({ sweepTerm: 12 })),
    ],
  },
  {
    id: 'forced',
    find: ({ cycles, run }) => {
      let count = 0
      let row = -1
      for (let i = run.from; i < run.to; i++) {
        if (cycles.forced[i] === 0) continue
        count++
        row = i
      }
      const of = run.to - run.from
      if (count < FORCED || count < FORCED_SHARE * of) return null
      return { id: 'forced', level: 'notice', certain: true, row, facts: { cycles: count, of } }
    },
    hits: [many(10, (i) => ({ forced: i % 2 }))],
    misses: [many(10, (i) => ({ forced: i === 9 ? 1 : 0 }))],
  },
  {
    id: 'restarts',
    find: ({ runs }) =>
      runs.length < 2
        ? null
        : { id: 'restarts', level: 'notice', certain: true, row: -1, facts: { runs: runs.length } },
    hits: [[{ number: 1 }, { number: 2 }, { number: 1 }]],
    misses: [[{ number: 1 }, { number: 2 }, { number: 3 }]],
  },
]

/** What the live heap did, then what the rules find, trouble first. */
export function gcFindings(facts: GcFacts): MemoryFinding[] {
  const { run } = facts
  const count = run.to - run.from
  const { course } = run
  const said = courseFinding(course, count, (minute) => rowsBetween(facts, minute, Number.POSITIVE_INFINITY).first)
  if (course.id === 'limit') {
    const { length } = rowsBetween(facts, course.from, course.to)
    said.facts.cycles = length
    said.facts.rate = (length - 1) / (60 * (course.to - course.from))
  }
  const found = gcRules.flatMap((rule) => rule.find(facts) ?? [])
  const isTrouble = ({ level }: MemoryFinding) => Number(level === 'trouble')
  return [said, ...found.sort((a, b) => isTrouble(b) - isTrouble(a))]
}

/** Rows of the run that is looked at, between two minutes. */
function rowsBetween({ cycles, run }: GcFacts, from: number, to: number): { first: number; length: number } {
  // Seconds that were made minutes and seconds again.
  const near = 1e-9
  let first = -1
  let length = 0
  for (let i = run.from; i < run.to; i++) {
    if (cycles.seconds[i] < from * 60 - near || cycles.seconds[i] > to * 60 + near) continue
    if (first < 0) first = i
    length++
  }
  return { first, length }
}

function many(count: number, cycle: (i: number) => Partial<Cycle>): GcExample {
  return Array.from({ length: count }, (_, i) => cycle(i))
}
