/**
 * Profiles made of a trace by the rules of `go tool trace -pprof`: how often and how long goroutines were in a state, by
 * the stack of the event that brought them there.
 */
import { ProfileBuilder } from '../model/builder.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { isEnded, REGION, RUNNABLE, SYSCALL, type Trace, WAITING } from './trace.ts'

export const WAIT_PROFILES = ['net', 'sync', 'syscall', 'sched'] as const
export type WaitProfile = (typeof WAIT_PROFILES)[number]

interface Rule {
  /** Of a profile that has all of them. */
  type: string
  state: number
  /** Of the reasons for which goroutines wait. */
  counts(reason: string): boolean
}

const RULES: Readonly<Record<WaitProfile, Rule>> = {
  net: { type: 'network', state: WAITING, counts: (reason) => reason === 'network' },
  sync: { type: 'sync', state: WAITING, counts: (reason) => /chan|sync|select/.test(reason) },
  syscall: { type: 'syscall', state: SYSCALL, counts: () => true },
  sched: { type: 'scheduler', state: RUNNABLE, counts: () => true },
}

/** Times that count, of one goroutine: from, to, from, to … in order, without overlap. */
export type Spans = readonly number[]

/** From when each goroutine ran first until it ended or blocked for good, which is when the tool counts. By row. */
export const lives = ({ goroutines, to }: Trace): Spans[] =>
  goroutines.map((goroutine) => [goroutine.ran, goroutine.forever || (goroutine.isEnded ? goroutine.to : to)])

/** The same between two times of the trace's clock. */
export const livesWithin = (trace: Trace, from: number, to: number): Spans[] =>
  lives(trace).map(([begin, end]) => (begin < to && end > from ? [Math.max(begin, from), Math.min(end, to)] : []))

/** While goroutines were in a region with this name; regions within it do not count twice. */
export function regionsOf({ goroutines, ranges, texts }: Trace, name: string): Spans[] {
  const spans: number[][] = goroutines.map(() => [])
  const rows: number[] = []
  for (let i = 0; i < ranges.length; i++) if (ranges.kind[i] === REGION && texts[ranges.name[i]] === name) rows.push(i)
  rows.sort((a, b) => ranges.from[a] - ranges.from[b] || ranges.to[a] - ranges.to[b])
  for (const i of rows) {
    const own = spans[ranges.goroutine[i]]
    if (own.length === 0 || own[own.length - 1] <= ranges.from[i]) own.push(ranges.from[i], ranges.to[i])
  }
  return spans
}

/** What counts is in `spans`, by row of goroutines. Two values: how often, and how many nanoseconds. */
export function waitProfile(trace: Trace, which: WaitProfile, spans: readonly Spans[] = lives(trace)): Profile {
  const types = [
    { type: 'contentions', unit: 'count' },
    { type: 'delay', unit: 'nanoseconds' },
  ]
  const built = new TraceProfile(trace, types, 0)
  for (const { stack, count, time } of waitsOf(trace, which, spans)) built.add(stack, [count, time])
  return built.finish(1)
}

/** The times of all four as the sample types of one profile, the longest in sum first shown. seed: see StackTrie. */
export function waitsProfile(trace: Trace, seed: number): Profile {
  const sums = WAIT_PROFILES.map((which) => waitsOf(trace, which, lives(trace)))
  const built = new TraceProfile(
    trace,
    WAIT_PROFILES.map((which) => ({ type: RULES[which].type, unit: 'nanoseconds' })),
    seed,
  )
  for (const [i, rows] of sums.entries())
    for (const { stack, time } of rows)
      built.add(
        stack,
        WAIT_PROFILES.map((_, of) => (of === i ? time : 0)),
      )
  const totals = sums.map((rows) => rows.reduce((total, { time }) => total + time, 0))
  return built.finish(totals.indexOf(Math.max(...totals)))
}

function waitsOf(trace: Trace, which: WaitProfile, spans: readonly Spans[]): StackSum[] {
  const { intervals, texts } = trace
  const { state, counts } = RULES[which]
  const counted = texts.map(counts)
  const sums = new Map<number, StackSum>()
  const alike = alikeStacks(trace)
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== state || !counted[intervals.reason[i]] || !isEnded(trace, i)) continue
    const to = intervals.to[i]
    const within = overlap(intervals.from[i], to, spans[intervals.goroutine[i]])
    if (within <= 0) continue
    const stack = intervals.stack[i]
    const sum = sums.get(alike[stack]) ?? { stack, last: 0, count: 0, time: 0 }
    sums.set(alike[stack], sum)
    sum.count++
    sum.time += within
    if (to > sum.last) Object.assign(sum, { stack, last: to })
  }
  return [...sums.values()]
}

interface StackSum {
  /** Of alike stacks the one that was left last. */
  stack: number
  last: number
  count: number
  time: number
}

/** For each stack the first one with the same addresses. As for the tool, no frame and one without an address are alike. */
function alikeStacks({ frames, stackStart, stackFrame }: Trace): Int32Array {
  const first = new Map<string, number>()
  const alike = new Int32Array(stackStart.length - 1)
  for (let stack = 0; stack < alike.length; stack++) {
    const own = stackFrame.subarray(stackStart[stack], stackStart[stack + 1])
    const addresses = Array.from(own, (frame) => frames[frame].pc)
    while (addresses.at(-1) === 0) addresses.pop()
    const id = addresses.join()
    if (!first.has(id)) first.set(id, stack)
    alike[stack] = first.get(id) ?? stack
  }
  return alike
}

function overlap(from: number, to: number, spans: Spans): number {
  let sum = 0
  for (let i = 0; i + 1 < spans.length; i += 2)
    sum += Math.max(0, Math.min(to, spans[i + 1]) - Math.max(from, spans[i]))
  return sum
}

/** A profile whose stacks are those of a trace. */
class TraceProfile {
  private readonly built: ProfileBuilder
  /** By row of frames, -1 = not yet. */
  private readonly locations: Int32Array

  constructor(
    private readonly trace: Trace,
    types: readonly ValueType[],
    seed: number,
  ) {
    this.built = new ProfileBuilder(types, seed)
    this.locations = new Int32Array(trace.frames.length).fill(-1)
  }

  add(stack: number, values: readonly number[]): void {
    const { built, locations, trace } = this
    const { texts, frames, stackStart, stackFrame } = trace
    const own = stackFrame.subarray(stackStart[stack], stackStart[stack + 1])
    for (const row of own) {
      if (locations[row] >= 0) continue
      const { pc, func, file, line } = frames[row]
      const frame = { func: built.func(texts[func], texts[file]), line }
      locations[row] = built.location([frame], -1, pc)
    }
    built.sample(
      Array.from(own, (row) => locations[row]),
      values,
    )
  }

  finish(defaultSampleType: number): Profile {
    const { to, started, wallMs, missing } = this.trace
    return this.built.finish(
      {
        periodType: { type: 'trace', unit: 'count' },
        period: 1,
        timeNs: wallMs === null ? 0 : BigInt(Math.round(wallMs)) * 1_000_000n,
        durationNs: to - started,
        notes: missing ? [{ code: 'trace-cut', count: missing.bytes }] : [],
      },
      defaultSampleType,
    )
  }
}
