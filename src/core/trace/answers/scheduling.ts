/** Goroutines that could run and did not, processors that were idle, goroutines that were created and did not end. */
import { functionOf } from '../functions.ts'
import { IDLE, isEnded, RUNNABLE, RUNNING, STATES, SYSCALL, WAITING } from '../trace.ts'
import type { Look } from './look.ts'
import { type Example, type Spread, Spreads } from './spread.ts'

/** From being able to run until running. */
export interface Latency extends Spread {
  function: string
  /** Of it: while the world was stopped; while a processor had nothing to do; while all of them were at work. */
  pausedNs: number
  idleNs: number
  busyNs: number
  /** Of it, by how they became able to run. */
  causes: Record<Cause, number>
  /** How long goroutines of the function ran. */
  ranNs: number
}

/** Created; woken by a goroutine; by the network, a timer or the runtime; stopped to let others run; back from a system call; seen so when the trace began. */
export type Cause = 'created' | 'woken' | 'polled' | 'stopped' | 'syscall' | 'before'

export interface Idle {
  /** While goroutines could run and a processor had nothing to do, the world not being stopped. */
  wallNs: number
  /** The same, counting each such processor. */
  processorNs: number
  longestNs: number
  longestAtNs: number
  /** The longest ones, each with a goroutine that could run then. */
  longest: Example[]
}

/** Goroutines that were seen created, and not seen to end. */
export interface NeverEnded {
  function: string
  /** The function that created them, and where. */
  creator: string
  place: string
  count: number
  /** What they are at: "running", "runnable", "syscall" or a reason to wait, and where; of the most of them. */
  state: string
  at: string
  /** Since the first of them was created, and which that is. */
  oldestNs: number
  oldest: Example
}

/** Many goroutines created at one place within STORM_NS. */
export interface Storm {
  function: string
  creator: string
  place: string
  /** The most that were created within STORM_NS, and when that began. */
  count: number
  atNs: number
  /** All that were created there, and the most of them that were there at once. */
  total: number
  alive: number
  /** Row of stacks: where. */
  stack: number
}

export const STORM_NS = 10_000_000
export const STORM_COUNT = 100

export function latency(look: Look): Latency[] {
  const { trace, pauses, idle } = look
  const { intervals, goroutines, texts } = trace
  const none = () => ({
    function: '',
    paused: 0,
    idle: 0,
    ran: 0,
    causes: { created: 0, woken: 0, polled: 0, stopped: 0, syscall: 0, before: 0 },
  })
  const sums = new Map<number, ReturnType<typeof none>>()
  const found = new Spreads<{ function: string; func: number }>()
  /** State of the interval before, by goroutine. */
  const before = new Uint8Array(goroutines.length)
  for (let i = 0; i < intervals.length; i++) {
    const row = intervals.goroutine[i]
    const state = intervals.state[i]
    const previous = before[row]
    before[row] = state
    if (state !== RUNNABLE && state !== RUNNING) continue
    const ns = look.ns(intervals.from[i], intervals.to[i])
    if (ns < 0) continue
    const { func } = goroutines[row]
    const sum = sums.get(func) ?? none()
    sums.set(func, sum)
    if (state === RUNNING) {
      sum.ran += ns
      continue
    }
    const from = look.at(intervals.from[i])
    const spread = found.of(func, () => ({ function: texts[func], func }))
    spread.add(ns, i, -1, from)
    if (!isEnded(trace, i)) spread.open++
    sum.paused += pauses.within(from, from + ns)
    sum.idle += idle.within(from, from + ns)
    sum.causes[causeOf(previous, intervals.by[i], goroutines[row].isCreated)] += ns
  }
  return found.finish(look.example).map(({ func, ...row }) => {
    const { paused, idle, ran, causes } = sums.get(func) ?? none()
    return { ...row, pausedNs: paused, idleNs: idle, busyNs: row.totalNs - paused - idle, causes, ranNs: ran }
  })
}

function causeOf(previous: number, by: number, isCreated: boolean): Cause {
  if (previous === WAITING) return by >= 0 ? 'woken' : 'polled'
  if (previous === SYSCALL) return 'syscall'
  if (previous === RUNNING) return 'stopped'
  return isCreated ? 'created' : 'before'
}

const MOST_LONGEST = 10

export function idleWhileWork(look: Look): Idle {
  const { trace, pauses, idle } = look
  const { intervals, processors } = trace
  const work = look.spans(intervals, (i) => intervals.state[i] === RUNNABLE).without(pauses)
  const both = work.and(idle)
  let processorNs = 0
  for (let i = 0; i < processors.length; i++)
    if (processors.state[i] === IDLE)
      processorNs += work.within(look.at(processors.from[i]), Math.min(processors.to[i], look.to))
  const ns = (i: number) => both.to[i] - both.from[i]
  const rows = Array.from({ length: both.length }, (_, i) => i).sort((a, b) => ns(b) - ns(a) || a - b)
  const longest = rows.slice(0, MOST_LONGEST)
  /** A goroutine that could run when each of them began. */
  const waiting = new Map<number, number>()
  const inTime = longest.toSorted((a, b) => both.from[a] - both.from[b])
  // Intervals begin one after the other: those that begin behind a span cannot go on in it.
  for (let i = 0, first = 0; i < intervals.length && first < inTime.length; i++) {
    if (intervals.state[i] !== RUNNABLE) continue
    while (first < inTime.length && both.from[inTime[first]] < intervals.from[i]) first++
    for (let s = first; s < inTime.length && both.from[inTime[s]] < intervals.to[i]; s++)
      if (!waiting.has(inTime[s])) waiting.set(inTime[s], i)
  }
  const examples = longest.map((span) => look.example(waiting.get(span) ?? -1, -1, both.from[span], ns(span)))
  return {
    wallNs: both.total,
    processorNs,
    longestNs: examples[0]?.ns ?? 0,
    longestAtNs: examples[0]?.atNs ?? 0,
    longest: examples,
  }
}

export function neverEnded(look: Look): NeverEnded[] {
  const { trace, places } = look
  const { goroutines, intervals, texts, started, to: end } = trace
  interface Row extends NeverEnded {
    at: string
    states: Map<string, { count: number; state: string; at: string }>
  }
  const found = new Map<string, Row>()
  for (const goroutine of goroutines) {
    const { isCreated, isEnded, from, open, createdAt, func, creator } = goroutine
    if (!isCreated || isEnded || !look.isOwn[func] || !look.has(from)) continue
    const name = texts[func]
    const place = places.of(createdAt)
    const parent = functionOf(trace, creator)
    const id = [name, parent, place].join('\0')
    const sum = found.get(id) ?? {
      function: name,
      creator: parent,
      place,
      count: 0,
      state: '',
      at: '',
      oldestNs: -1,
      oldest: look.example(-1, -1, started, 0),
      states: new Map(),
    }
    found.set(id, sum)
    sum.count++
    const ns = end - from
    if (ns > sum.oldestNs) {
      sum.oldestNs = ns
      sum.oldest = look.example(open, -1, from, ns)
    }
    const state = intervals.state[open] === WAITING ? texts[intervals.reason[open]] : STATES[intervals.state[open]]
    const at = places.of(intervals.stack[open])
    const alike = sum.states.get(`${state}\0${at}`) ?? { count: 0, state, at }
    sum.states.set(`${state}\0${at}`, alike)
    alike.count++
  }
  return Array.from(found.values(), ({ states, ...row }) => {
    const [{ state, at }] = [...states.values()].sort((a, b) => b.count - a.count)
    return { ...row, state, at }
  }).sort((a, b) => b.count - a.count || b.oldestNs - a.oldestNs)
}

export function storms(look: Look): Storm[] {
  const { trace, places } = look
  const { goroutines, texts, started, to: end } = trace
  const found = new Map<number, number[]>()
  for (const [row, { isCreated, from, func, createdAt }] of goroutines.entries()) {
    if (!isCreated || !look.isOwn[func] || !look.has(from)) continue
    const code = createdAt * texts.length + func
    const own = found.get(code) ?? []
    found.set(code, own)
    own.push(row)
  }
  const rows: Storm[] = []
  for (const own of found.values()) {
    let [count, first] = [0, 0]
    for (let head = 0, tail = 0; head < own.length; head++) {
      while (goroutines[own[head]].from - goroutines[own[tail]].from >= STORM_NS) tail++
      if (head - tail + 1 > count) [count, first] = [head - tail + 1, tail]
    }
    if (count < STORM_COUNT) continue
    const { func, creator, createdAt } = goroutines[own[first]]
    rows.push({
      function: texts[func],
      creator: functionOf(trace, creator),
      place: places.of(createdAt),
      count,
      atNs: goroutines[own[first]].from - started,
      total: own.length,
      alive: mostAtOnce(
        Float64Array.from(own, (row) => goroutines[row].from),
        Float64Array.from(own, (row) => (goroutines[row].isEnded ? goroutines[row].to : end)),
      ).most,
      stack: createdAt,
    })
  }
  return rows.sort((a, b) => b.count - a.count)
}

/** How many of some times go on at once, and when that is so first. Sorts both. What ends when another begins is not at once with it. */
export function mostAtOnce(from: Float64Array, to: Float64Array): { most: number; at: number } {
  const begins = from.sort()
  const ends = to.sort()
  let [most, at, ended] = [0, 0, 0]
  for (let i = 0; i < begins.length; i++) {
    while (ended < ends.length && ends[ended] <= begins[i]) ended++
    if (i + 1 - ended > most) [most, at] = [i + 1 - ended, begins[i]]
  }
  return { most, at }
}
