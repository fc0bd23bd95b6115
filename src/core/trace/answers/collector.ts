/** What the collector, and whatever else stopped the world, took and whom it held up. */
import { firstAbove } from '../../model/sorted.ts'
import { ASSIST, GC, PAUSE, RUNNABLE, RUNNING, SWEEP, type Trace } from '../trace.ts'
import type { Look } from './look.ts'
import { Spans } from './spans.ts'
import { type Spread, Spreads } from './spread.ts'

/** Goroutines of the program that wanted to run while the world was stopped, or that had to help the collector. */
export interface HeldUp extends Spread {
  by: 'pause' | 'assist'
  /** Of the pause, '' for assists. */
  kind: string
  function: string
  /** Of an assist: where memory was asked for. Of a pause that is not the collector's: who stopped the world. */
  place: string
  /** How many goroutines it met. */
  goroutines: number
}

/** The world was stopped. */
export interface Pause extends Spread {
  kind: string
  /** Who stopped it, '' for the collector. */
  place: string
}

/** Processor time, which is the time of all processors together. What is counted while the world is stopped is not counted elsewhere. */
export interface Collector {
  cycles: number
  /** While a collection marked, in time of the clock. */
  markNs: number
  /** While the world was stopped, for whatever reason, in time of the clock. */
  pausedNs: number
  /** Its workers. Of it: what they did only because a processor had nothing else to do. */
  workersNs: number
  idleWorkersNs: number
  /** Goroutines that had to help. */
  assistsNs: number
  /** Sweeping: of its own goroutine, and of goroutines that asked for memory. */
  sweepNs: number
  /** While the collector stopped the world, of all processors. */
  stoppedNs: number
  /** Of all processor time there was, 0 to 1: of workers, assists, sweeping and pauses. */
  share: number
  /** That base. */
  processorNs: number
  processors: number
}

const isOfCollector = (kind: string) => kind.startsWith('GC ')

export function pausesOf(look: Look): Pause[] {
  const { ranges, texts } = look.trace
  const found = new Spreads<Pick<Pause, 'kind' | 'place'>>()
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] !== PAUSE) continue
    const ns = look.ns(ranges.from[i], ranges.to[i])
    if (ns < 0) continue
    const spread = found.of(ranges.name[i] * look.trace.stackStart.length + ranges.stack[i], () => ({
      kind: texts[ranges.name[i]],
      place: stopperOf(look, i),
    }))
    spread.add(ns, -1, i, look.at(ranges.from[i]))
    if (!ranges.isWhole[i]) spread.open++
  }
  return found.finish(look.example)
}

function stopperOf({ trace, places }: Look, pause: number): string {
  const { ranges, texts } = trace
  return isOfCollector(texts[ranges.name[pause]]) ? '' : places.of(ranges.stack[pause])
}

export function heldUp(look: Look): HeldUp[] {
  const { intervals, ranges, goroutines, texts, stackStart } = look.trace
  const found = new Spreads<Pick<HeldUp, 'by' | 'kind' | 'function' | 'place'>>()
  const met = new Map<object, Set<number>>()
  const meets = (spread: object, goroutine: number) => {
    const rows = met.get(spread) ?? new Set()
    met.set(spread, rows.add(goroutine))
  }
  const pauses: number[] = []
  const codeOf = (kind: number, stack: number, func: number) => (kind * stackStart.length + stack) * texts.length + func
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] === PAUSE) pauses.push(i)
    if (ranges.kind[i] !== ASSIST) continue
    const ns = look.ns(ranges.from[i], ranges.to[i])
    if (ns < 0) continue
    const row = ranges.goroutine[i]
    const { func } = goroutines[row]
    const spread = found.of(codeOf(0, ranges.stack[i], func), () => ({
      by: 'assist',
      kind: '',
      function: texts[func],
      place: look.places.of(ranges.stack[i]),
    }))
    spread.add(ns, -1, i, look.at(ranges.from[i]))
    meets(spread, row)
    if (!ranges.isWhole[i]) spread.open++
  }
  // One ends before the next begins.
  const ends = Float64Array.from(pauses, (i) => ranges.to[i])
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== RUNNABLE) continue
    const row = intervals.goroutine[i]
    const { func } = goroutines[row]
    if (!look.isOwn[func]) continue
    for (let p = firstAbove(ends, intervals.from[i]); p < pauses.length; p++) {
      const pause = pauses[p]
      const from = Math.max(intervals.from[i], ranges.from[pause])
      const to = Math.min(intervals.to[i], ranges.to[pause])
      if (from >= to) break
      const ns = look.ns(from, to)
      if (ns <= 0) continue
      const name = ranges.name[pause]
      const spread = found.of(codeOf(name + 1, ranges.stack[pause], func), () => ({
        by: 'pause',
        kind: texts[name],
        function: texts[func],
        place: stopperOf(look, pause),
      }))
      spread.add(ns, i, -1, look.at(from))
      meets(spread, row)
    }
  }
  return found.finish(look.example, (spread) => ({ goroutines: met.get(spread)?.size ?? 0 }))
}

/** By row of goroutines: when they were in ranges of a kind; those that never were are missing. */
export function rangesOf({ ranges }: Trace, kind: number): Map<number, Spans> {
  const rows = new Map<number, number[]>()
  for (let i = 0; i < ranges.length; i++) {
    if (ranges.kind[i] !== kind || ranges.goroutine[i] < 0) continue
    const own = rows.get(ranges.goroutine[i]) ?? []
    rows.set(ranges.goroutine[i], own)
    own.push(i)
  }
  const column = (own: number[], of: Float64Array) => Float64Array.from(own, (i) => of[i])
  return new Map(Array.from(rows, ([row, own]) => [row, Spans.union(column(own, ranges.from), column(own, ranges.to))]))
}

export function collectorOf(look: Look): Collector {
  const { trace, pauses, processors } = look
  const { intervals, ranges, goroutines, texts } = trace
  const isWorker = goroutines.map(({ func }) => texts[func] === 'runtime.gcBgMarkWorker')
  const isSweeper = goroutines.map(({ func }) => texts[func] === 'runtime.bgsweep')
  const stopped = look.spans(ranges, (i) => ranges.kind[i] === PAUSE && isOfCollector(texts[ranges.name[i]]))
  const assists = rangesOf(trace, ASSIST)
  const sweeps = rangesOf(trace, SWEEP)
  for (const [row, spans] of sweeps) {
    const helped = assists.get(row)
    sweeps.set(row, (helped ? spans.without(helped) : spans).without(stopped))
  }
  for (const [row, spans] of assists) assists.set(row, spans.without(stopped))
  const isIdle = new IdleWorkers(trace)
  let [workersNs, idleWorkersNs, assistsNs, sweepNs] = [0, 0, 0, 0]
  for (let i = 0; i < intervals.length; i++) {
    if (intervals.state[i] !== RUNNING) continue
    const row = intervals.goroutine[i]
    const whole = look.ns(intervals.from[i], intervals.to[i])
    const from = look.at(intervals.from[i])
    const to = from + whole
    if (isWorker[row]) {
      const idles = isIdle.during(row, intervals.to[i])
      if (whole <= 0) continue
      const ns = whole - stopped.within(from, to)
      workersNs += ns
      if (idles) idleWorkersNs += ns
    } else if (whole > 0) {
      if (isSweeper[row]) sweepNs += whole - stopped.within(from, to)
      else {
        // Who helps may wait for work meanwhile, which costs no processor.
        assistsNs += assists.get(row)?.within(from, to) ?? 0
        sweepNs += sweeps.get(row)?.within(from, to) ?? 0
      }
    }
  }
  const stoppedNs = stopped.total * processors
  const processorNs = look.durationNs * processors
  const cycles = look.spans(ranges, (i) => ranges.kind[i] === GC)
  let count = 0
  for (let i = 0; i < ranges.length; i++)
    if (ranges.kind[i] === GC && look.ns(ranges.from[i], ranges.to[i]) >= 0) count++
  return {
    cycles: count,
    markNs: cycles.total,
    pausedNs: pauses.total,
    workersNs,
    idleWorkersNs,
    assistsNs,
    sweepNs,
    stoppedNs,
    share: processorNs > 0 ? Math.min(1, (workersNs + assistsNs + sweepNs + stoppedNs) / processorNs) : 0,
    processorNs,
    processors,
  }
}

/** Go labels a worker each time that it starts it. */
class IdleWorkers {
  private readonly labels = new Map<number, { rows: number[]; next: number; isIdle: boolean }>()

  constructor(private readonly trace: Trace) {
    const { labels } = trace
    for (let i = 0; i < labels.length; i++) {
      const own = this.labels.get(labels.goroutine[i]) ?? { rows: [], next: 0, isIdle: false }
      this.labels.set(labels.goroutine[i], own)
      own.rows.push(i)
    }
  }

  /** Whether the goroutine's time on a processor that ends then was one of those. To be asked in the order of time. */
  during(goroutine: number, to: number): boolean {
    const own = this.labels.get(goroutine)
    if (!own) return false
    const { labels, texts } = this.trace
    for (; own.next < own.rows.length && labels.time[own.rows[own.next]] <= to; own.next++)
      own.isIdle = texts[labels.label[own.rows[own.next]]] === 'GC (idle)'
    return own.isIdle
  }
}
