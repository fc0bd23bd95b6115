/** Makes the tables of a trace, event by event. */
import { ByteColumn, DoubleColumn, IntColumn } from '../model/columns.ts'
import { Names } from './names.ts'
import { type EventCounts, type Goroutine, type Log, type Missing, RUNNING, type Trace, WAITING } from './trace.ts'

/** Of the time since the first event, in nanoseconds: what lies outside is passed over. */
export interface Kept {
  from: number
  to: number
}

/** Row of goroutines and ranges that begin behind what is kept. */
const NOT_KEPT = 2 ** 31 - 1

export class TraceBuilder {
  readonly names = new Names()
  readonly counts: EventCounts = {
    sync: 0,
    transition: 0,
    metric: 0,
    rangeBegin: 0,
    rangeActive: 0,
    rangeEnd: 0,
    sample: 0,
    label: 0,
    task: 0,
    region: 0,
    log: 0,
    experimental: 0,
  }
  readonly goroutines: Goroutine[] = []
  wallMs: number | null = null
  generations = 0
  /** Time of the last event; later ones come later. */
  now = 0
  /** Time of the last generation's beginning: what is under way then began there or before. */
  sync = 0
  /** When the first generation begins. */
  first = 0
  private started = 0
  private readonly forever = this.names.text('forever')
  private readonly rowOf = new Map<number, number>()
  private readonly goroutine = new IntColumn()
  private readonly state = new ByteColumn(256)
  private readonly reason = new IntColumn()
  private readonly stack = new IntColumn()
  private readonly processor = new IntColumn()
  private readonly by = new IntColumn()
  private readonly from = new DoubleColumn()
  private readonly to = new DoubleColumn()
  private readonly intervals = [
    this.goroutine,
    this.state,
    this.reason,
    this.stack,
    this.processor,
    this.by,
    this.from,
    this.to,
  ]
  private readonly procNumber = new IntColumn()
  private readonly procState = new ByteColumn()
  private readonly procFrom = new DoubleColumn()
  private readonly procTo = new DoubleColumn()
  /** Row of the interval that a processor is in. */
  private readonly procOpen = new Map<number, number>()
  private readonly rangeKind = new ByteColumn()
  private readonly rangeName = new IntColumn()
  private readonly rangeGoroutine = new IntColumn()
  private readonly rangeProcessor = new IntColumn()
  private readonly rangeTask = new DoubleColumn()
  private readonly rangeStack = new IntColumn()
  private readonly rangeFrom = new DoubleColumn()
  private readonly rangeTo = new DoubleColumn()
  private readonly metricKind = new ByteColumn()
  private readonly metricTime = new DoubleColumn()
  private readonly metricValue = new DoubleColumn()
  private readonly labelTime = new DoubleColumn()
  private readonly labelGoroutine = new IntColumn()
  private readonly label = new IntColumn()
  private readonly logs: Log[] = []
  private readonly sampleTime = new DoubleColumn()
  private readonly sampleGoroutine = new IntColumn()
  private readonly sampleProcessor = new IntColumn()
  private readonly sampleStack = new IntColumn()

  /** Events come before what is kept: of each goroutine and processor only the state that it is in is known. */
  private isBefore: boolean
  /** Rows of goroutines, and of intervals, whose goroutine ended before what is kept. They are given to others. */
  private readonly freeGoroutines: number[] = []
  private readonly freeIntervals: number[] = []
  /** By row of goroutines, when it was free last: what named it before means another one. */
  private readonly freedAt: number[] = []
  private readonly lastMetric = new Map<number, { time: number; value: number }>()

  /** kept: null = all of it. */
  constructor(private readonly kept: Kept | null = null) {
    this.isBefore = kept !== null && kept.from > 0
  }

  get length(): number {
    return this.from.length
  }

  /** Events come behind what is kept: they tell what ended. */
  private isAfter = false

  /** When what is kept ends. */
  private get until(): number {
    return this.started + (this.kept?.to ?? Number.POSITIVE_INFINITY)
  }

  /** An event of Go's own clock, moved behind the last one as Go's reader does. Answers its time. */
  at(time: number): number {
    this.now = time <= this.now ? this.now + 1 : time
    if (this.started === 0 && this.counts.sync > 0) this.started = this.now
    if (this.isBefore && this.started > 0 && this.now >= this.started + (this.kept?.from ?? 0)) this.open()
    if (this.kept && this.started > 0 && this.now > this.until) this.isAfter = true
    return this.now
  }

  /** What is kept begins: what goes on now becomes the first rows, in the order in which it began. */
  private open(): void {
    this.isBefore = false
    const { goroutines, freedAt, from } = this
    const isFree = new Uint8Array(this.length)
    for (const row of this.freeIntervals) isFree[row] = 1
    const rows = Array.from({ length: this.length }, (_, row) => row)
      .filter((row) => isFree[row] === 0)
      .sort((a, b) => from.data[a] - from.data[b])
    for (const column of this.intervals) {
      const kept = rows.map((row) => column.data[row])
      column.data.set(kept)
      column.length = kept.length
    }
    for (let row = 0; row < rows.length; row++) {
      goroutines[this.goroutine.data[row]].open = row
      const by = this.by.data[row]
      if (by >= 0 && freedAt[by] > from.data[row]) this.by.data[row] = -1
    }
    for (const goroutine of goroutines)
      if (goroutine.creator >= 0 && freedAt[goroutine.creator] > goroutine.from) goroutine.creator = -1
    for (let row = 0; row < this.rangeFrom.length; row++)
      if (freedAt[this.rangeGoroutine.data[row]] > this.rangeFrom.data[row]) this.rangeGoroutine.data[row] = -1
    const processors = [...this.procOpen].sort(([, a], [, b]) => this.procFrom.data[a] - this.procFrom.data[b])
    const columns = [this.procNumber, this.procState, this.procFrom, this.procTo]
    for (const column of columns) {
      const kept = processors.map(([, row]) => column.data[row])
      column.data.set(kept)
      column.length = kept.length
    }
    for (const [row, [number]] of processors.entries()) this.procOpen.set(number, row)
    for (const [kind, { time, value }] of this.lastMetric) this.pushMetric(kind, time, value)
  }

  /** The beginning of a generation, or the end of all. */
  synced(time: number): void {
    this.sync = this.at(time)
    if (this.counts.sync === 0) this.first = this.sync
    this.counts.sync++
  }

  /** Row of a goroutine that was created, or is seen for the first time. */
  appear(id: number, isCreated: boolean, creator: number, createdAt: number, begins: number): number {
    if (this.isAfter) return NOT_KEPT
    const row = this.freeGoroutines.pop() ?? this.goroutines.length
    const from = isCreated ? this.now : this.sync
    this.rowOf.set(id, row)
    this.freedAt[row] ??= 0
    this.goroutines[row] = {
      id,
      func: 0,
      creator,
      createdAt,
      begins,
      from,
      to: 0,
      isCreated,
      isEnded: false,
      ran: 0,
      forever: 0,
      label: 0,
      open: -1,
    }
    return row
  }

  /** stack: of the goroutine itself. Its outermost frame is the function that it began with. */
  named(row: number, stack: number): void {
    if (row === NOT_KEPT) return
    const goroutine = this.goroutines[row]
    if (goroutine.func !== 0 || stack === 0) return
    const { stackStart, stackFrame, frames } = this.names
    goroutine.func = frames[stackFrame.data[stackStart.data[stack + 1] - 1]].func
  }

  /** The goroutine enters another state than it is in. by: see Intervals. */
  enter(row: number, state: number, reason: number, stack: number, processor: number, by: number): void {
    if (row === NOT_KEPT) return
    const { from, to, now } = this
    const goroutine = this.goroutines[row]
    let at = from.length
    if (state === RUNNING && goroutine.ran === 0) goroutine.ran = now
    if (state === WAITING && reason === this.forever) goroutine.forever = now
    if (this.isAfter) {
      this.closed(goroutine)
      return
    }
    if (this.isBefore) at = goroutine.open >= 0 ? goroutine.open : (this.freeIntervals.pop() ?? at)
    else if (goroutine.open >= 0) to.data[goroutine.open] = now
    if (at === from.data.length) this.grow(at * 4)
    goroutine.open = at
    this.goroutine.data[at] = row
    this.state.data[at] = state
    this.reason.data[at] = reason
    this.stack.data[at] = stack
    this.processor.data[at] = processor
    this.by.data[at] = by
    from.data[at] = now
    to.data[at] = 0
    if (at === from.length) for (const column of this.intervals) column.length = at + 1
  }

  private closed(goroutine: Goroutine): void {
    if (goroutine.open >= 0) this.to.data[goroutine.open] = this.until
    goroutine.open = -1
  }

  /** By more than twice: room that is not written to costs nothing, and what is copied seldom costs little. */
  private grow(capacity: number): void {
    for (const column of this.intervals) column.reserve(capacity)
  }

  end(row: number): void {
    if (row === NOT_KEPT) return
    const goroutine = this.goroutines[row]
    if (this.isAfter) this.closed(goroutine)
    else if (this.isBefore) {
      if (goroutine.open >= 0) this.freeIntervals.push(goroutine.open)
      this.freeGoroutines.push(row)
      this.freedAt[row] = this.now
      this.rowOf.delete(goroutine.id)
    } else if (goroutine.open >= 0) this.to.data[goroutine.open] = this.now
    goroutine.open = -1
    goroutine.to = this.isAfter ? this.until : this.now
    goroutine.isEnded = true
  }

  processorIs(number: number, state: number): void {
    if (this.isAfter) return
    const open = this.procOpen.get(number)
    if (open !== undefined) {
      if (this.procState.data[open] === state) return
      if (this.isBefore) {
        this.procState.data[open] = state
        this.procFrom.data[open] = this.now
        return
      }
      this.procTo.data[open] = this.now
    }
    this.procOpen.set(number, this.procFrom.length)
    this.procNumber.push(number)
    this.procState.push(state)
    this.procFrom.push(this.now)
    this.procTo.push(0)
  }

  /** Row of the range. from: when it began, 0 = now. */
  begin(kind: number, { name = 0, goroutine = -1, processor = -1, task = 0, stack = 0, from = this.now }): number {
    if (this.isAfter) return NOT_KEPT
    this.rangeKind.push(kind)
    this.rangeName.push(name)
    this.rangeGoroutine.push(goroutine)
    this.rangeProcessor.push(processor)
    this.rangeTask.push(task)
    this.rangeStack.push(stack)
    this.rangeFrom.push(from)
    this.rangeTo.push(0)
    return this.rangeFrom.length - 1
  }

  finishRange(row: number): void {
    if (row !== NOT_KEPT) this.rangeTo.data[row] = this.isAfter ? this.until : this.now
  }

  metric(kind: number, value: number): void {
    this.counts.metric++
    if (this.isBefore) this.lastMetric.set(kind, { time: this.now, value })
    else if (!this.isAfter) this.pushMetric(kind, this.now, value)
  }

  private pushMetric(kind: number, time: number, value: number): void {
    this.metricKind.push(kind)
    this.metricTime.push(time)
    this.metricValue.push(value)
  }

  labelled(goroutine: number, label: number): void {
    this.counts.label++
    if (goroutine === NOT_KEPT) return
    this.goroutines[goroutine].label = label
    if (this.isBefore || this.isAfter) return
    this.labelTime.push(this.now)
    this.labelGoroutine.push(goroutine)
    this.label.push(label)
  }

  log(log: Omit<Log, 'time'>): void {
    this.counts.log++
    if (!this.isBefore && !this.isAfter) this.logs.push({ time: this.now, ...log })
  }

  sample(goroutine: number, processor: number, stack: number): void {
    this.counts.sample++
    if (this.isBefore || this.isAfter) return
    this.sampleTime.push(this.now)
    this.sampleGoroutine.push(this.rowOf.get(goroutine) ?? -1)
    this.sampleProcessor.push(processor)
    this.sampleStack.push(stack)
  }

  /** Lets go of goroutines and ranges that ended before a time, and counts the rows of those that are left anew. */
  private letGo(first: number): void {
    const ranges = [
      this.rangeKind,
      this.rangeName,
      this.rangeGoroutine,
      this.rangeProcessor,
      this.rangeTask,
      this.rangeStack,
      this.rangeFrom,
      this.rangeTo,
    ]
    let count = 0
    for (let row = 0; row < this.rangeFrom.length; row++) {
      const to = this.rangeTo.data[row]
      if (to > 0 && to < first) continue
      for (const column of ranges) column.data[count] = column.data[row]
      count++
    }
    for (const column of ranges) column.length = count
    const { goroutines } = this
    const isFree = new Uint8Array(goroutines.length)
    for (const row of this.freeGoroutines) isFree[row] = 1
    const rowNow = new Int32Array(goroutines.length).fill(-1)
    let left = 0
    for (const [row, goroutine] of goroutines.entries()) {
      if (isFree[row] === 1) continue
      rowNow[row] = left
      goroutines[left++] = goroutine
    }
    goroutines.length = left
    const columns = [this.goroutine, this.by, this.rangeGoroutine, this.sampleGoroutine, this.labelGoroutine]
    for (const { data, length } of columns) for (let i = 0; i < length; i++) if (data[i] >= 0) data[i] = rowNow[data[i]]
    for (const goroutine of goroutines) if (goroutine.creator >= 0) goroutine.creator = rowNow[goroutine.creator]
    for (const log of this.logs) log.goroutine = rowNow[log.goroutine]
  }

  /** The tables; the builder is spent. */
  finish(version: number, skipped: number, missing: Missing | null): Trace {
    this.synced(this.now)
    // Nothing of what was to be kept came.
    if (this.isBefore) this.open()
    const { names, kept, started } = this
    const now = this.isAfter ? this.until : this.now
    const first = kept ? Math.min(now, Math.max(this.first, started + kept.from)) : this.first
    if (kept) this.letGo(first)
    const close = (column: DoubleColumn) => {
      const to = column.finish()
      const isWhole = new Uint8Array(to.length)
      for (let i = 0; i < to.length; i++) {
        if (to[i] === 0) to[i] = now
        else isWhole[i] = 1
      }
      return { to, isWhole }
    }
    for (const goroutine of this.goroutines) if (!goroutine.isEnded) goroutine.to = now
    return {
      version: `1.${version}`,
      from: first,
      to: now,
      started,
      wallMs: this.wallMs,
      generations: this.generations,
      counts: this.counts,
      skipped,
      missing,
      texts: names.texts,
      frames: names.frames,
      stackStart: names.stackStart.finish(),
      stackFrame: names.stackFrame.finish(),
      goroutines: this.goroutines,
      intervals: {
        length: this.from.length,
        goroutine: this.goroutine.finish(),
        state: this.state.finish(),
        reason: this.reason.finish(),
        stack: this.stack.finish(),
        processor: this.processor.finish(),
        by: this.by.finish(),
        from: this.from.finish(),
        to: close(this.to).to,
      },
      processors: {
        length: this.procFrom.length,
        processor: this.procNumber.finish(),
        state: this.procState.finish(),
        from: this.procFrom.finish(),
        to: close(this.procTo).to,
      },
      ranges: {
        length: this.rangeFrom.length,
        kind: this.rangeKind.finish(),
        name: this.rangeName.finish(),
        goroutine: this.rangeGoroutine.finish(),
        processor: this.rangeProcessor.finish(),
        task: this.rangeTask.finish(),
        stack: this.rangeStack.finish(),
        from: this.rangeFrom.finish(),
        ...close(this.rangeTo),
      },
      metrics: {
        length: this.metricTime.length,
        kind: this.metricKind.finish(),
        time: this.metricTime.finish(),
        value: this.metricValue.finish(),
      },
      labels: {
        length: this.labelTime.length,
        time: this.labelTime.finish(),
        goroutine: this.labelGoroutine.finish(),
        label: this.label.finish(),
      },
      logs: this.logs,
      samples: {
        length: this.sampleTime.length,
        time: this.sampleTime.finish(),
        goroutine: this.sampleGoroutine.finish(),
        processor: this.sampleProcessor.finish(),
        stack: this.sampleStack.finish(),
      },
    }
  }
}
