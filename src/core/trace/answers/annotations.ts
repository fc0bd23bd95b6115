/** Tasks and regions that a program marked: how long they took, and what with. */
import { firstAbove, firstWhere } from '../../model/sorted.ts'
import { byGoroutine, firstEndingAfter, rowsOf } from '../by-owner.ts'
import { ASSIST, REGION, RUNNABLE, RUNNING, SYSCALL, TASK, WAITING } from '../trace.ts'
import { rangesOf } from './collector.ts'
import type { Look } from './look.ts'
import { type Bucket, type Spread, Spreads } from './spread.ts'

/** All of one kind with one name. What lies within others of it counts too. */
export interface Annotated extends Spread {
  kind: 'task' | 'region'
  name: string
  /** Where it begins. */
  place: string
  histogram: Bucket[]
  /** What the sum is made of. */
  parts: Parts
  /** How often the program logged meanwhile: of a task its logs, of a region those of its goroutine. */
  logs: number
}

/**
 * Nanoseconds of the goroutine that began it, from its begin to its end: they add up to the sum. Of a task, what other
 * goroutines did is not among them.
 */
export interface Parts {
  runningNs: number
  runnableNs: number
  syscallNs: number
  /** Helping the collector, whatever it did meanwhile. */
  assistNs: number
  /** Blocked, by the reason that Go gives, the longest first. */
  blocked: { reason: string; ns: number }[]
  /** After the goroutine had ended. */
  endedNs: number
}

export function annotated(look: Look): Annotated[] {
  const { trace, places } = look
  const { ranges, intervals, texts, stackStart } = trace
  const rows = byGoroutine(trace)
  const assists = rangesOf(trace, ASSIST)
  const found = new Spreads<Pick<Annotated, 'kind' | 'name' | 'place'>>()
  const parts = new Map<object, { sums: Float64Array; blocked: Map<number, number>; logs: number }>()
  const logged = logTimes(look)
  for (let i = 0; i < ranges.length; i++) {
    const kind = ranges.kind[i]
    if (kind !== TASK && kind !== REGION) continue
    const ns = look.ns(ranges.from[i], ranges.to[i])
    if (ns < 0) continue
    const from = look.at(ranges.from[i])
    const spread = found.of(
      (ranges.name[i] * stackStart.length + ranges.stack[i]) * 2 + (kind === TASK ? 1 : 0),
      () => ({
        kind: kind === TASK ? 'task' : 'region',
        name: texts[ranges.name[i]],
        place: places.of(ranges.stack[i]),
      }),
    )
    spread.add(ns, -1, i, from)
    if (!ranges.isWhole[i]) spread.open++
    const sum = parts.get(spread) ?? { sums: new Float64Array(PARTS), blocked: new Map(), logs: 0 }
    parts.set(spread, sum)
    sum.logs +=
      kind === TASK ? logged.ofTask(ranges.task[i], from, from + ns) : logged.of(ranges.goroutine[i], from, from + ns)
    let rest = ns
    const goroutine = ranges.goroutine[i]
    // Of a task, which may outlive it, the goroutine may be unknown.
    const own = rowsOf(rows, goroutine)
    for (let at = firstEndingAfter(own, intervals.to, from); at < own.length; at++) {
      const row = own[at]
      const begin = Math.max(from, intervals.from[row])
      const end = Math.min(from + ns, intervals.to[row])
      if (begin >= from + ns) break
      const helped = assists.get(goroutine)?.within(begin, end) ?? 0
      const other = end - begin - helped
      rest -= end - begin
      sum.sums[HELPED] += helped
      const state = intervals.state[row]
      if (state === WAITING)
        sum.blocked.set(intervals.reason[row], (sum.blocked.get(intervals.reason[row]) ?? 0) + other)
      else sum.sums[state] += other
    }
    sum.sums[ENDED] += rest
  }
  return found.finish(look.example, (spread) => {
    const { sums, blocked, logs } = parts.get(spread) as NonNullable<ReturnType<typeof parts.get>>
    return {
      histogram: spread.histogram(),
      parts: {
        runningNs: sums[RUNNING],
        runnableNs: sums[RUNNABLE],
        syscallNs: sums[SYSCALL],
        assistNs: sums[HELPED],
        blocked: Array.from(blocked, ([reason, ns]) => ({ reason: texts[reason], ns }))
          .filter(({ ns }) => ns > 0)
          .sort((a, b) => b.ns - a.ns),
        endedNs: sums[ENDED],
      },
      logs,
    }
  })
}

// Beside the states.
const HELPED = 5
const ENDED = 6
const PARTS = 7

function logTimes({ trace: { logs } }: Look) {
  const ofGoroutine = new Map<number, number[]>()
  const ofTask = new Map<number, number[]>()
  const push = (map: Map<number, number[]>, key: number, time: number) => {
    const own = map.get(key) ?? []
    map.set(key, own)
    own.push(time)
  }
  for (const { goroutine, task, time } of logs) {
    push(ofGoroutine, goroutine, time)
    if (task !== 0) push(ofTask, task, time)
  }
  const between = (times: readonly number[] = [], from: number, to: number) =>
    firstAbove(times, to) - firstWhere(times.length, (i) => times[i] >= from)
  return {
    of: (goroutine: number, from: number, to: number) => between(ofGoroutine.get(goroutine), from, to),
    ofTask: (task: number, from: number, to: number) => between(ofTask.get(task), from, to),
  }
}
