/**
 * What lanes show between two times, as fine as a screen can show it: what is narrower than one of the equal parts of the
 * window is put together. Times are nanoseconds since the first event.
 */
import { ByteColumn, DoubleColumn, IntColumn } from '../../model/columns.ts'
import { byGoroutine, byProcessor, firstEndingAfter, type RowsByOwner, rowsOf } from '../by-owner.ts'
import {
  ASSIST,
  GC,
  HEAP,
  HEAP_GOAL,
  PAUSE,
  REGION,
  RUNNABLE,
  RUNNING,
  SWEEP,
  SYSCALL,
  type Trace,
  WAITING,
  waitOf,
} from '../trace.ts'
import { type GroupKind, type Lane, tableOf } from './lane.ts'
import { namedTexts, type Timeline } from './lanes.ts'

/** What is drawn alike. Waits are told apart by what is waited for. */
export const TONES = ['running', 'runnable', 'syscall', 'network', 'sync', 'other', 'gc', 'pause', 'range'] as const
export type Tone = (typeof TONES)[number]
const TONE = Object.fromEntries(TONES.map((tone, i) => [tone, i])) as Record<Tone, number>

/** Most parts of a window that an answer may have: pixels of the widest screens. */
export const MOST_PARTS = 8192
/** Most lanes of one answer. */
export const MOST_LANES = 512

export interface WindowRequest {
  from: number
  to: number
  /** Into how many equal parts the window is cut. */
  parts: number
  lanes: readonly Lane[]
}

/** Spans without overlap, in order. */
export interface Spans {
  from: Float64Array
  to: Float64Array
  /** Index into TONES; of spans that were put together, the one with the most time. */
  tone: Uint8Array
  /** Row of intervals (processors, goroutines) or of ranges (all others); -1 = several were put together. */
  row: Int32Array
  /** Row of Timeline.names. */
  name: Int32Array
  /** 0 to 255: how much of it is filled. Less than 255 only where several were put together. */
  share: Uint8Array
}

/** How many are in each state at once: `parts` values for each tone, one tone after the other. */
export interface Density {
  mean: Float32Array
  /** The largest sum of all tones in one part. */
  most: number
}

/** The largest value of each part; NaN before the first one is known. */
export interface Line {
  heap: Float64Array
  goal: Float64Array
  /** Of the whole trace, so that the scale stays. */
  most: number
}

export type LaneWindow = { spans: Spans } | { density: Density } | { line: Line }

export interface WindowAnswer extends Omit<WindowRequest, 'lanes'> {
  /** In the order in which they were asked for. */
  lanes: LaneWindow[]
}

export class TimelineWindows {
  private readonly tone: Uint8Array
  private readonly own: RowsByOwner
  private readonly ran: RowsByOwner
  private readonly ofKind = new Map<number, Int32Array>()
  private swept: Int32Array | null = null
  /** Regions of a name and goroutine. */
  private readonly regions = new Map<string, number[]>()
  private readonly most: number
  /** Row of Timeline.names, by row of texts. */
  private readonly nameOf: Int32Array

  constructor(
    private readonly trace: Trace,
    private readonly timeline: Timeline,
  ) {
    this.own = byGoroutine(trace)
    this.nameOf = new Int32Array(trace.texts.length)
    for (const [name, row] of namedTexts(trace).entries()) this.nameOf[row] = name
    this.ran = byProcessor(trace)
    const { intervals, texts, ranges, metrics } = trace
    const waits = Uint8Array.from(texts, (reason) => TONE[waitOf(reason)])
    this.tone = new Uint8Array(intervals.length)
    const fixed: Record<number, number> = {
      [RUNNABLE]: TONE.runnable,
      [RUNNING]: TONE.running,
      [SYSCALL]: TONE.syscall,
    }
    for (let i = 0; i < intervals.length; i++) {
      const state = intervals.state[i]
      this.tone[i] = state === WAITING ? waits[intervals.reason[i]] : (fixed[state] ?? TONE.other)
    }
    for (let i = 0; i < ranges.length; i++) {
      if (ranges.kind[i] !== REGION) continue
      const key = `${texts[ranges.name[i]]}\0${ranges.goroutine[i]}`
      const rows = this.regions.get(key)
      if (rows) rows.push(i)
      else this.regions.set(key, [i])
    }
    const isSize = (i: number) => metrics.kind[i] === HEAP || metrics.kind[i] === HEAP_GOAL
    this.most = metrics.value.reduce(
      (most, value, i) => (isSize(i) && isKnown(value) ? Math.max(most, value) : most),
      0,
    )
  }

  /** Lanes that there are not are left out of the answer as empty ones. */
  answer({ from, to, parts, lanes }: WindowRequest): WindowAnswer {
    const window = { from, to, parts: Math.max(1, Math.min(MOST_PARTS, Math.round(parts))) }
    return { ...window, lanes: lanes.slice(0, MOST_LANES).map((lane) => this.lane(lane, window)) }
  }

  /** Of what a lane shows one after the other (tableOf()), the row at a time, or the nearest one; -1 = it shows none. */
  at(lane: Lane, time: number): number {
    const rows = this.rowsOf(lane)
    const { from, to } = tableOf(lane) === 'range' ? this.trace.ranges : this.trace.intervals
    const at = time + this.trace.started
    const i = firstEndingAfter(rows, to, at)
    const isNearerBefore = i > 0 && (i === rows.length || at - to[rows[i - 1]] < from[rows[i]] - at)
    return rows[isNearerBefore ? i - 1 : i] ?? -1
  }

  /** The rows before and after one of a lane, -1 = none; null: it shows no such row, or rows of the other table. */
  beside(lane: Lane, table: 'interval' | 'range', row: number): { before: number; after: number } | null {
    return tableOf(lane) === table ? neighbours(this.rowsOf(lane), row) : null
  }

  /** The intervals before and after one of the same goroutine, -1 = none. */
  besideOwn(row: number): { before: number; after: number } {
    return neighbours(this.ownOf(this.trace.intervals.goroutine[row]), row) ?? NO_NEIGHBOURS
  }

  /** Intervals of a goroutine, in order. */
  ownOf(goroutine: number): Int32Array {
    return rowsOf(this.own, goroutine)
  }

  /** The interval that a goroutine is in at a time, -1 = none. */
  intervalAt(goroutine: number, time: number): number {
    const rows = this.ownOf(goroutine)
    const { from, to } = this.trace.intervals
    const at = time + this.trace.started
    const i = firstEndingAfter(rows, to, at)
    return i < rows.length && from[rows[i]] <= at ? rows[i] : -1
  }

  /** What a lane shows one after the other, in order: rows of the table that tableOf() names. */
  private rowsOf(lane: Lane): Int32Array {
    if (lane.kind === 'processor') return rowsOf(this.ran, lane.row)
    if (lane.kind === 'collections') return this.rangesOf(GC)
    if (lane.kind === 'pauses') return this.rangesOf(PAUSE)
    if (lane.kind === 'sweeps') return this.sweeps()
    const row = lane.kind === 'member' ? this.timeline[lane.of].member[lane.member] : undefined
    if (lane.kind !== 'member' || row === undefined) return NO_ROWS
    if (lane.of === 'goroutines') return rowsOf(this.own, row)
    return lane.of === 'tasks' ? Int32Array.of(row) : this.regionsOf(lane.group, row)
  }

  private lane(lane: Lane, window: Window): LaneWindow {
    const { trace } = this
    switch (lane.kind) {
      case 'heap':
        return { line: { heap: this.largest(HEAP, window), goal: this.largest(HEAP_GOAL, window), most: this.most } }
      case 'collections':
        return { spans: this.spansOfRanges(this.rowsOf(lane), window, TONE.gc) }
      case 'pauses':
        return { spans: this.spansOfRanges(this.rowsOf(lane), window, TONE.pause) }
      case 'sweeps':
        return { spans: this.spansOfRanges(this.rowsOf(lane), window, TONE.gc) }
      case 'assists':
        return { density: this.densityOfRanges(this.rangesOf(ASSIST), window, TONE.gc) }
      case 'running': {
        const { from, to } = trace.intervals
        const sums = new DensitySums(window)
        for (const row of this.ran.rows) sums.add(TONE.running, from[row] - trace.started, to[row] - trace.started)
        return { density: sums.finish() }
      }
      case 'processor': {
        const { goroutine } = trace.intervals
        const name = (row: number) => trace.goroutines[goroutine[row]].func
        return { spans: this.spansOfIntervals(this.rowsOf(lane), window, name) }
      }
      case 'group':
        return { density: this.densityOfGroup(lane.of, lane.group, window) }
      case 'member': {
        const rows = this.rowsOf(lane)
        if (lane.of !== 'goroutines') return { spans: this.spansOfRanges(rows, window, TONE.range) }
        const { reason } = trace.intervals
        return { spans: this.spansOfIntervals(rows, window, (i) => reason[i]) }
      }
    }
  }

  /** When any processor swept: without the sweeps during which another processor swept all the time. */
  private sweeps(): Int32Array {
    this.swept ??= outermost(this.trace, [...this.rangesOf(SWEEP)])
    return this.swept
  }

  /** Rows of a kind, in order. */
  private rangesOf(kind: number): Int32Array {
    const known = this.ofKind.get(kind)
    if (known) return known
    const { ranges } = this.trace
    const rows = Int32Array.from(ranges.kind.keys())
      .filter((i) => ranges.kind[i] === kind)
      .sort((a, b) => ranges.from[a] - ranges.from[b])
    this.ofKind.set(kind, rows)
    return rows
  }

  private spansOfIntervals(rows: Int32Array, window: Window, name: (row: number) => number): Spans {
    const { from, to } = this.trace.intervals
    return spansOf(
      rows,
      { from, to, started: this.trace.started },
      window,
      (row) => this.tone[row],
      (row) => this.nameOf[name(row)],
    )
  }

  private spansOfRanges(rows: Int32Array, window: Window, tone: number): Spans {
    const { from, to, name } = this.trace.ranges
    return spansOf(
      rows,
      { from, to, started: this.trace.started },
      window,
      () => tone,
      (row) => this.nameOf[name[row]],
    )
  }

  private densityOfRanges(rows: Iterable<number>, window: Window, tone: number): Density {
    const { from, to } = this.trace.ranges
    const { started } = this.trace
    const sums = new DensitySums(window)
    for (const row of rows) sums.add(tone, from[row] - started, to[row] - started)
    return sums.finish()
  }

  private densityOfGroup(of: GroupKind, group: number, window: Window): Density {
    const groups = this.timeline[of]
    const members = groups.member.subarray(groups.start[group] ?? 0, groups.start[group + 1] ?? 0)
    if (of === 'tasks') return this.densityOfRanges(members, window, TONE.range)
    if (of === 'regions') {
      const rows = Array.from(members, (row) => this.regionsOf(group, row))
      return this.densityOfRanges(
        rows.flatMap((own) => [...own]),
        window,
        TONE.range,
      )
    }
    const { intervals, started } = this.trace
    const sums = new DensitySums(window)
    const end = window.to + started
    for (const member of members) {
      const rows = rowsOf(this.own, member)
      for (let i = firstEndingAfter(rows, intervals.to, window.from + started); i < rows.length; i++) {
        const row = rows[i]
        if (intervals.from[row] >= end) break
        sums.add(this.tone[row], intervals.from[row] - started, intervals.to[row] - started)
      }
    }
    return sums.finish()
  }

  /** The regions of a name that a goroutine was in, without those inside others of them. */
  private regionsOf(group: number, goroutine: number): Int32Array {
    const rows = this.regions.get(`${this.timeline.regions.name[group]}\0${goroutine}`) ?? []
    return outermost(this.trace, rows)
  }

  /** The largest value of a kind in each part, that which held when the part began among them. */
  private largest(kind: number, { from, to, parts }: Window): Float64Array {
    const { metrics, started } = this.trace
    const column = new Float64Array(parts).fill(Number.NaN)
    const width = (to - from) / parts
    let last = Number.NaN
    // Parts up to this one have what held when they began.
    let begun = 0
    for (let i = 0; i < metrics.length; i++) {
      if (metrics.kind[i] !== kind || !isKnown(metrics.value[i])) continue
      const part = Math.floor((metrics.time[i] - started - from) / width)
      if (part >= parts) break
      if (part >= begun) {
        column.fill(last, begun, part + 1)
        begun = part + 1
      }
      if (part >= 0) column[part] = Math.max(metrics.value[i], column[part] || 0)
      last = metrics.value[i]
    }
    return column.fill(last, begun)
  }
}

type Window = Omit<WindowRequest, 'lanes'>

/** Without a limit of memory and with GOGC=off, the goal is the largest number that there is. */
const isKnown = (bytes: number) => bytes < 2 ** 53

const NO_ROWS = new Int32Array(0)
const NO_NEIGHBOURS = { before: -1, after: -1 }

function neighbours(rows: Int32Array, row: number): { before: number; after: number } | null {
  const i = rows.indexOf(row)
  return i < 0 ? null : { before: rows[i - 1] ?? -1, after: rows[i + 1] ?? -1 }
}

/** Of ranges in the order in which they began: those that are not inside another one. */
function outermost({ ranges }: Trace, rows: readonly number[]): Int32Array {
  const kept: number[] = []
  let end = Number.NEGATIVE_INFINITY
  for (const row of [...rows].sort((a, b) => ranges.from[a] - ranges.from[b] || ranges.to[b] - ranges.to[a])) {
    if (ranges.to[row] <= end) continue
    kept.push(row)
    end = ranges.to[row]
  }
  return Int32Array.from(kept)
}

class SpanColumns {
  private readonly from = new DoubleColumn(64)
  private readonly to = new DoubleColumn(64)
  private readonly tone = new ByteColumn(64)
  private readonly row = new IntColumn(64)
  private readonly name = new IntColumn(64)
  private readonly share = new ByteColumn(64)

  push(from: number, to: number, tone: number, row: number, name: number, share: number): void {
    this.from.push(from)
    this.to.push(to)
    this.tone.push(tone)
    this.row.push(row)
    this.name.push(name)
    this.share.push(share)
  }

  /** Columns of their own length, to be handed over. */
  finish(): Spans {
    return {
      from: this.from.finish().slice(),
      to: this.to.finish().slice(),
      tone: this.tone.finish().slice(),
      row: this.row.finish().slice(),
      name: this.name.finish().slice(),
      share: this.share.finish().slice(),
    }
  }
}

interface Times {
  from: Float64Array
  to: Float64Array
  started: number
}

/** Rows in the order in which they begin and end; of two that overlap the second is shown from the end of the first on. What is narrower than a part is put together with what lies in the same part. */
function spansOf(
  rows: Int32Array,
  { from, to, started }: Times,
  window: Window,
  toneOf: (row: number) => number,
  nameOf: (row: number) => number,
): Spans {
  const spans = new SpanColumns()
  const width = (window.to - window.from) / window.parts
  const sums = new Float64Array(TONES.length)
  // What is narrow in the present part.
  let part = -1
  let count = 0
  let only = -1
  let onlyFrom = 0
  const flush = () => {
    if (count === 1) spans.push(onlyFrom - started, to[only] - started, toneOf(only), only, nameOf(only), 255)
    else if (count > 1) {
      let tone = 0
      let sum = 0
      for (let t = 0; t < sums.length; t++) {
        sum += sums[t]
        if (sums[t] > sums[tone]) tone = t
      }
      const start = window.from + part * width
      spans.push(start, start + width, tone, -1, 0, Math.max(1, Math.min(254, Math.round((sum / width) * 255))))
    }
    if (count > 0) sums.fill(0)
    count = 0
  }
  const end = window.to + started
  for (let i = firstEndingAfter(rows, to, window.from + started); i < rows.length; i++) {
    const row = rows[i]
    const begin = i > 0 ? Math.max(from[row], to[rows[i - 1]]) : from[row]
    if (begin >= end) break
    const length = to[row] - begin
    if (length >= width) {
      flush()
      spans.push(begin - started, to[row] - started, toneOf(row), row, nameOf(row), 255)
      continue
    }
    const at = Math.floor(((begin + to[row]) / 2 - started - window.from) / width)
    if (at !== part) flush()
    part = at
    count++
    only = row
    onlyFrom = begin
    sums[toneOf(row)] += length
  }
  flush()
  return spans.finish()
}

/** How many spans lie over each part, in the mean, by tone. */
class DensitySums {
  private readonly width: number
  /** What begins or ends within a part, and how many more lie over all of it than over the one before. */
  private readonly partial: Float64Array
  private readonly change: Float64Array

  constructor(private readonly window: Window) {
    this.width = (window.to - window.from) / window.parts
    this.partial = new Float64Array(TONES.length * window.parts)
    this.change = new Float64Array(TONES.length * (window.parts + 1))
  }

  add(tone: number, from: number, to: number): void {
    const { window, width, partial, change } = this
    const a = Math.max(from, window.from)
    const b = Math.min(to, window.to)
    if (b <= a) return
    const first = Math.min(window.parts - 1, Math.floor((a - window.from) / width))
    const last = Math.min(window.parts - 1, Math.floor((b - window.from) / width))
    const at = tone * window.parts
    if (first === last) {
      partial[at + first] += (b - a) / width
      return
    }
    partial[at + first] += (window.from + (first + 1) * width - a) / width
    partial[at + last] += (b - window.from - last * width) / width
    change[at + tone + first + 1]++
    change[at + tone + last]--
  }

  finish(): Density {
    const { parts } = this.window
    const mean = new Float32Array(TONES.length * parts)
    const sums = new Float64Array(parts)
    for (let tone = 0; tone < TONES.length; tone++) {
      let over = 0
      for (let part = 0; part < parts; part++) {
        over += this.change[tone * (parts + 1) + part]
        const value = over + this.partial[tone * parts + part]
        mean[tone * parts + part] = value
        sums[part] += value
      }
    }
    return { mean, most: sums.reduce((most, sum) => Math.max(most, sum), 0) }
  }
}
