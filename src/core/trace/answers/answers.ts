/** What held a program up, read from the tables of its trace. Rows of the longest sum come first. */
import { functionOf, isOfRuntime } from '../functions.ts'
import {
  ASSIST,
  GC,
  IDLE,
  isEnded,
  PAUSE,
  PROCESSORS,
  RUNNABLE,
  RUNNING,
  SYSCALL,
  type Trace,
  WAITING,
} from '../trace.ts'
import { Places } from './places.ts'
import { Spans } from './spans.ts'
import { type Spread, Spreads } from './spread.ts'

/** Goroutines of the program that wanted to run while the world was stopped, or that had to help the collector. */
export interface HeldUp extends Spread {
  by: 'pause' | 'assist'
  /** Of the pause, '' for assists. */
  kind: string
  function: string
}

type HeldUpKey = Pick<HeldUp, 'by' | 'kind' | 'function'>

/** From being able to run until running. */
export interface Latency extends Spread {
  function: string
  /** Of it: while the world was stopped; while a processor had nothing to do; while all of them were at work. */
  pausedNs: number
  idleNs: number
  busyNs: number
}

export interface Block extends Spread {
  /** As Go names it: "chan receive", "sync", "network"; "syscall" for system calls. */
  reason: string
  place: string
  function: string
}

/** Goroutines that the trace saw created and did not see end. */
export interface NeverEnded {
  function: string
  /** The function that created them, and where. */
  creator: string
  place: string
  count: number
  /** What they are at: "running", "runnable", "syscall" or a reason to wait; of the most of them. */
  state: string
  /** Since the first of them was created. */
  oldestNs: number
}

export interface TimeInState {
  state: 'running' | 'runnable' | 'syscall' | 'waiting'
  reason: string
  count: number
  totalNs: number
}

export interface Idle {
  /** While goroutines could run and a processor had nothing to do, the world not being stopped. */
  wallNs: number
  /** The same, counting each such processor. */
  processorNs: number
  longestNs: number
  longestAtNs: number
}

export interface Collector {
  cycles: number
  /** While a collection marked. */
  markNs: number
  /** While the world was stopped, for whatever reason. */
  pausedNs: number
  /** Processor time of its workers, and of goroutines that had to help. */
  workersNs: number
  assistsNs: number
  /** Of all processor time there was, 0 to 1. */
  share: number
  processors: number
}

export interface TraceAnswers {
  durationNs: number
  heldUp: HeldUp[]
  latency: Latency[]
  blocks: Block[]
  neverEnded: NeverEnded[]
  idle: Idle
  collector: Collector
  states: TimeInState[]
}

const STATES = ['', 'runnable', 'running', 'syscall', 'waiting'] as const

export function answersOf(trace: Trace): TraceAnswers {
  const places = new Places(trace)
  const pauses = spansOf(trace.ranges, (i) => trace.ranges.kind[i] === PAUSE)
  const idle = spansOf(trace.processors, (i) => trace.processors.state[i] === IDLE).without(pauses)
  return {
    durationNs: trace.to - trace.started,
    heldUp: heldUp(trace),
    latency: latency(trace, pauses, idle),
    blocks: blocks(trace, places),
    neverEnded: neverEnded(trace, places),
    idle: idleWhileWork(trace, pauses, idle),
    collector: collector(trace, pauses),
    states: timeInStates(trace),
  }
}

interface Times {
  length: number
  from: Float64Array
  to: Float64Array
}

function spansOf({ length, from, to }: Times, counts: (i: number) => boolean): Spans {
  const begins = new Float64Array(length)
  const ends = new Float64Array(length)
  let count = 0
  for (let i = 0; i < length; i++) {
    if (!counts(i)) continue
    begins[count] = from[i]
    ends[count++] = to[i]
  }
  return Spans.union(begins.subarray(0, count), ends.subarray(0, count))
}

function heldUp(trace: Trace): HeldUp[] {
  const { intervals, ranges, goroutines, texts, started } = trace
  const found = new Spreads<HeldUpKey>()
  const pauses: number[] = []
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] === PAUSE) pauses.push(i)
    if (ranges.kind[i] !== ASSIST) continue
    const { id, func } = goroutines[ranges.goroutine[i]]
    const key = (): HeldUpKey => ({ by: 'assist', kind: '', function: texts[func] })
    const spread = found.of(func, key)
    spread.add(ranges.to[i] - ranges.from[i], id, ranges.from[i] - started)
    if (!ranges.isWhole[i]) spread.open++
  }
  const isOwn = texts.map((text) => !isOfRuntime(text))
  // One ends before the next begins.
  const ends = Float64Array.from(pauses, (i) => ranges.to[i])
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== RUNNABLE) continue
    const { id, func } = goroutines[intervals.goroutine[i]]
    if (!isOwn[func]) continue
    for (let p = firstAbove(ends, intervals.from[i]); p < pauses.length; p++) {
      const pause = pauses[p]
      const from = Math.max(intervals.from[i], ranges.from[pause])
      const ns = Math.min(intervals.to[i], ranges.to[pause]) - from
      if (ns <= 0) break
      const name = ranges.name[pause]
      const key = (): HeldUpKey => ({ by: 'pause', kind: texts[name], function: texts[func] })
      found.of((name + 1) * texts.length + func, key).add(ns, id, from - started)
    }
  }
  return found.finish()
}

/** Row of the first value above another, in sorted ones. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}

function latency(trace: Trace, pauses: Spans, idle: Spans): Latency[] {
  const { intervals, goroutines, texts, started } = trace
  const found = new Spreads<{ function: string }>()
  const paused = new Map<string, number>()
  const idled = new Map<string, number>()
  const add = (sums: Map<string, number>, name: string, ns: number) => sums.set(name, (sums.get(name) ?? 0) + ns)
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== RUNNABLE || !isEnded(trace, i)) continue
    const from = intervals.from[i]
    const to = intervals.to[i]
    const { id, func } = goroutines[intervals.goroutine[i]]
    const name = texts[func]
    found.of(func, () => ({ function: name })).add(to - from, id, from - started)
    add(paused, name, pauses.within(from, to))
    add(idled, name, idle.within(from, to))
  }
  return found.finish().map((row) => {
    const pausedNs = paused.get(row.function) ?? 0
    const idleNs = idled.get(row.function) ?? 0
    return { ...row, pausedNs, idleNs, busyNs: row.totalNs - pausedNs - idleNs }
  })
}

function blocks(trace: Trace, places: Places): Block[] {
  const { intervals, goroutines, texts, started } = trace
  const found = new Spreads<Pick<Block, 'reason' | 'place' | 'function'>>()
  const isOwn = texts.map((text) => !isOfRuntime(text))
  for (let i = 0; i < intervals.length; i++) {
    const state = intervals.state[i]
    if (state !== WAITING && state !== SYSCALL) continue
    const { id, func } = goroutines[intervals.goroutine[i]]
    if (!isOwn[func]) continue
    const stack = intervals.stack[i]
    const why = state === SYSCALL ? texts.length : intervals.reason[i]
    const spread = found.of((stack * (texts.length + 1) + why) * texts.length + func, () => ({
      reason: state === SYSCALL ? 'syscall' : texts[why],
      place: places.of(stack),
      function: texts[func],
    }))
    const from = intervals.from[i]
    spread.add(intervals.to[i] - from, id, from - started)
    if (!isEnded(trace, i)) spread.open++
  }
  return found.finish()
}

function neverEnded(trace: Trace, places: Places): NeverEnded[] {
  const { goroutines, intervals, texts, to } = trace
  const found = new Map<string, NeverEnded & { states: Map<string, number> }>()
  for (const [row, goroutine] of goroutines.entries()) {
    const name = functionOf(trace, row)
    if (!goroutine.isCreated || goroutine.isEnded || isOfRuntime(name)) continue
    const creator = functionOf(trace, goroutine.creator)
    const place = places.of(goroutine.createdAt)
    const id = [name, creator, place].join('\0')
    const sum = found.get(id) ?? { function: name, creator, place, count: 0, state: '', oldestNs: 0, states: new Map() }
    found.set(id, sum)
    sum.count++
    sum.oldestNs = Math.max(sum.oldestNs, to - goroutine.from)
    const { state, reason } = intervals
    const is = state[goroutine.open] === WAITING ? texts[reason[goroutine.open]] : STATES[state[goroutine.open]]
    sum.states.set(is, (sum.states.get(is) ?? 0) + 1)
  }
  return [...found.values()]
    .map(({ states, ...row }) => ({ ...row, state: [...states].sort((a, b) => b[1] - a[1])[0][0] }))
    .sort((a, b) => b.count - a.count || b.oldestNs - a.oldestNs)
}

function idleWhileWork(trace: Trace, pauses: Spans, idle: Spans): Idle {
  const { intervals, processors, started } = trace
  const work = spansOf(intervals, (i) => intervals.state[i] === RUNNABLE).without(pauses)
  const both = work.and(idle)
  let processorNs = 0
  for (let i = 0; i < processors.length; i++)
    if (processors.state[i] === IDLE) processorNs += work.within(processors.from[i], processors.to[i])
  let longest = 0
  for (let i = 1; i < both.length; i++)
    if (both.to[i] - both.from[i] > both.to[longest] - both.from[longest]) longest = i
  const has = both.length > 0
  return {
    wallNs: both.total,
    processorNs,
    longestNs: has ? both.to[longest] - both.from[longest] : 0,
    longestAtNs: has ? both.from[longest] - started : 0,
  }
}

function collector(trace: Trace, pauses: Spans): Collector {
  const { intervals, ranges, goroutines, texts, metrics, to, started } = trace
  const workers = goroutines.map(({ func }) => texts[func] === 'runtime.gcBgMarkWorker')
  const assisting = goroutines.map((): number[] => [])
  let count = 0
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] === ASSIST) assisting[ranges.goroutine[i]].push(i)
    if (ranges.kind[i] === GC) count++
  }
  // Who helps may wait for work meanwhile, which costs no processor.
  const assists = assisting.map((rows) => {
    const at = (column: Float64Array) => Float64Array.from(rows, (i) => column[i])
    return rows.length === 0 ? null : Spans.union(at(ranges.from), at(ranges.to))
  })
  let workersNs = 0
  let assistsNs = 0
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== RUNNING) continue
    const row = intervals.goroutine[i]
    if (workers[row]) workersNs += intervals.to[i] - intervals.from[i]
    else assistsNs += assists[row]?.within(intervals.from[i], intervals.to[i]) ?? 0
  }
  const cycles = spansOf(ranges, (i) => ranges.kind[i] === GC)
  let processors = new Set(trace.processors.processor).size
  for (let i = 0; i < metrics.length; i++) if (metrics.kind[i] === PROCESSORS) processors = metrics.value[i]
  const all = (to - started) * processors
  return {
    cycles: count,
    markNs: cycles.total,
    pausedNs: pauses.total,
    workersNs,
    assistsNs,
    share: all > 0 ? Math.min(1, (workersNs + assistsNs) / all) : 0,
    processors,
  }
}

function timeInStates({ intervals, texts }: Trace): TimeInState[] {
  const count = new Float64Array(STATES.length * texts.length)
  const totalNs = new Float64Array(count.length)
  for (let i = 0; i < intervals.length; i++) {
    const code = intervals.state[i] * texts.length + intervals.reason[i]
    count[code]++
    totalNs[code] += intervals.to[i] - intervals.from[i]
  }
  const rows: TimeInState[] = []
  for (const [code, times] of count.entries()) {
    if (times === 0) continue
    const state = STATES[Math.floor(code / texts.length)] as TimeInState['state']
    rows.push({ state, reason: texts[code % texts.length], count: times, totalNs: totalNs[code] })
  }
  return rows.sort((a, b) => b.totalNs - a.totalNs)
}
