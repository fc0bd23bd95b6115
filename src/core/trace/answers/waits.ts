/** What goroutines of the program waited for: by place, and what many waited for at once, with who ended it. */
import { DoubleColumn, IntColumn } from '../../model/columns.ts'
import { isEnded, RUNNABLE, SYSCALL, type Trace, WAITING, waitOf } from '../trace.ts'
import type { Look } from './look.ts'
import { mostAtOnce } from './scheduling.ts'
import { type Spread, Spreads } from './spread.ts'

export interface Block extends Spread {
  /** As Go names it: "chan receive", "sync", "network". */
  reason: string
  place: string
  function: string
}

export interface Syscall extends Spread {
  place: string
  function: string
  /** How many of them took so long that they lost their processor, and goroutines had to wait for one when they came back. */
  lost: number
}

/** What goroutines wait for, as their stacks tell. */
export type Resource = 'lock' | 'wait group' | 'condition' | 'send' | 'receive' | 'select' | 'runtime' | 'other'

/** One place at which at least two goroutines waited for each other at once. */
export interface Contended extends Spread {
  resource: Resource
  reason: string
  place: string
  /** How many goroutines, and the most of them at once. */
  goroutines: number
  most: number
  mostAtNs: number
  /** Who ended the waits: for a lock, who held it last. The longest in sum first, at most 5. */
  wokenBy: Waker[]
}

export interface Waker {
  function: string
  place: string
  count: number
  /** Of the waits that it ended. */
  totalNs: number
}

const MOST_WAKERS = 5

export function blocks(look: Look): Block[] {
  const { intervals, goroutines, texts } = look.trace
  const found = new Spreads<Pick<Block, 'reason' | 'place' | 'function'>>()
  each(look, WAITING, (i, ns, from) => {
    const { func } = goroutines[intervals.goroutine[i]]
    const stack = intervals.stack[i]
    const why = intervals.reason[i]
    const spread = found.of((stack * texts.length + why) * texts.length + func, () => ({
      reason: texts[why],
      place: look.places.of(stack),
      function: texts[func],
    }))
    spread.add(ns, i, -1, from)
    if (!isEnded(look.trace, i)) spread.open++
  })
  return found.finish(look.example)
}

export function syscalls(look: Look): Syscall[] {
  const { trace } = look
  const { intervals, goroutines, texts } = trace
  const { next } = look
  const lost = new Map<object, number>()
  const found = new Spreads<Pick<Syscall, 'place' | 'function'>>()
  each(look, SYSCALL, (i, ns, from) => {
    const { func } = goroutines[intervals.goroutine[i]]
    const stack = intervals.stack[i]
    const spread = found.of(stack * texts.length + func, () => ({
      place: look.places.of(stack),
      function: texts[func],
    }))
    spread.add(ns, i, -1, from)
    if (!isEnded(trace, i)) spread.open++
    if (intervals.state[next[i]] === RUNNABLE) lost.set(spread, (lost.get(spread) ?? 0) + 1)
  })
  return found.finish(look.example, (spread) => ({ lost: lost.get(spread) ?? 0 }))
}

/** Intervals of the program's goroutines in a state, within what was asked about. */
function each(look: Look, state: number, take: (i: number, ns: number, from: number) => void): void {
  const { intervals, goroutines } = look.trace
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== state || !look.isOwn[goroutines[intervals.goroutine[i]].func]) continue
    const ns = look.ns(intervals.from[i], intervals.to[i])
    if (ns >= 0) take(i, ns, look.at(intervals.from[i]))
  }
}

export function contended(look: Look): Contended[] {
  const { trace, places } = look
  const { intervals, goroutines, texts, started } = trace
  const { next } = look
  const resource = new Resources(trace)
  const isCounted = texts.map((text) => waitOf(text) === 'sync')
  const found = new Spreads<Pick<Contended, 'resource' | 'reason' | 'place'>>()
  interface Also {
    rows: IntColumn
    from: DoubleColumn
    to: DoubleColumn
    /** By stack and function of who did. */
    wakers: Map<number, { stack: number; func: number; count: number; totalNs: number }>
  }
  const also = new Map<object, Also>()
  each(look, WAITING, (i, ns, from) => {
    if (!isCounted[intervals.reason[i]]) return
    const stack = intervals.stack[i]
    const why = intervals.reason[i]
    const spread = found.of(stack * texts.length + why, () => ({
      resource: resource.of(stack, texts[why]),
      reason: texts[why],
      place: places.of(stack),
    }))
    spread.add(ns, i, -1, from)
    if (!isEnded(trace, i)) spread.open++
    const more: Also = also.get(spread) ?? {
      rows: new IntColumn(16),
      from: new DoubleColumn(16),
      to: new DoubleColumn(16),
      wakers: new Map(),
    }
    also.set(spread, more)
    more.rows.push(intervals.goroutine[i])
    more.from.push(from)
    more.to.push(from + ns)
    const by = next[i] < 0 ? -1 : intervals.by[next[i]]
    if (by < 0) return
    const at = intervals.stack[next[i]]
    const { func } = goroutines[by]
    const code = at * texts.length + func
    let sum = more.wakers.get(code)
    if (!sum) {
      sum = { stack: at, func, count: 0, totalNs: 0 }
      more.wakers.set(code, sum)
    }
    sum.count++
    sum.totalNs += ns
  })
  return found
    .finish(look.example, (spread) => {
      const { rows, from, to, wakers } = also.get(spread) as Also
      const { most, at } = mostAtOnce(from.finish(), to.finish())
      const byPlace = new Map<string, Waker>()
      for (const { stack, func, count, totalNs } of wakers.values()) {
        const waker = { function: texts[func], place: places.of(stack) }
        const id = JSON.stringify(waker)
        const sum = byPlace.get(id) ?? { ...waker, count: 0, totalNs: 0 }
        byPlace.set(id, sum)
        sum.count += count
        sum.totalNs += totalNs
      }
      const wokenBy = [...byPlace.values()].sort((a, b) => b.totalNs - a.totalNs).slice(0, MOST_WAKERS)
      return { goroutines: distinct(rows.finish()), most, mostAtNs: at - started, wokenBy }
    })
    .filter(({ most }) => most > 1)
}

/** How many different ones there are. Sorts them. */
function distinct(values: Int32Array): number {
  values.sort()
  let count = 0
  for (let i = 0; i < values.length; i++) if (i === 0 || values[i] !== values[i - 1]) count++
  return count
}

const SENDS = /^chan send/
const RECEIVES = /^chan receive/

/** Told by the innermost functions of a stack. */
class Resources {
  private readonly known = new Map<number, Resource>()

  constructor(private readonly trace: Trace) {}

  of(stack: number, reason: string): Resource {
    const known = this.known.get(stack)
    if (known) return known
    const { texts, frames, stackStart, stackFrame } = this.trace
    const own = Array.from(
      stackFrame.subarray(stackStart[stack], stackStart[stack + 1]),
      (row) => texts[frames[row].func],
    )
    const found = resourceOf(own, reason)
    this.known.set(stack, found)
    return found
  }
}

function resourceOf(functions: readonly string[], reason: string): Resource {
  if (SENDS.test(reason)) return 'send'
  if (RECEIVES.test(reason)) return 'receive'
  if (reason === 'select') return 'select'
  for (const name of functions) {
    if (/^(internal\/)?sync\.\(\*(RW)?Mutex\)\./.test(name)) return 'lock'
    if (name === 'sync.(*WaitGroup).Wait') return 'wait group'
    if (name === 'sync.(*Cond).Wait') return 'condition'
    if (/^internal\/poll\./.test(name)) return 'lock'
    if (/^runtime\.(gc|stopTheWorld|GC$)/.test(name)) return 'runtime'
    if (!/^(runtime|sync|internal)[./]/.test(name)) break
  }
  return 'other'
}
