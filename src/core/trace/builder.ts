/** Makes the tables of a trace, event by event. */
import { ByteColumn, DoubleColumn, IntColumn } from '../model/columns.ts'
import { Names } from './names.ts'
import { type EventCounts, type Goroutine, type Log, type Missing, RUNNING, type Trace, WAITING } from './trace.ts'

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

  get length(): number {
    return this.from.length
  }

  /** An event of Go's own clock, moved behind the last one as Go's reader does. Answers its time. */
  at(time: number): number {
    this.now = time <= this.now ? this.now + 1 : time
    if (this.started === 0 && this.counts.sync > 0) this.started = this.now
    return this.now
  }

  /** The beginning of a generation, or the end of all. */
  synced(time: number): void {
    this.sync = this.at(time)
    if (this.counts.sync === 0) this.first = this.sync
    this.counts.sync++
  }

  /** Row of a goroutine that was created, or is seen for the first time. */
  appear(id: number, isCreated: boolean, creator: number, createdAt: number, begins: number): number {
    const row = this.goroutines.length
    const from = isCreated ? this.now : this.sync
    this.rowOf.set(id, row)
    this.goroutines.push({
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
    })
    return row
  }

  /** stack: of the goroutine itself. Its outermost frame is the function that it began with. */
  named(row: number, stack: number): void {
    const goroutine = this.goroutines[row]
    if (goroutine.func !== 0 || stack === 0) return
    const { stackStart, stackFrame, frames } = this.names
    goroutine.func = frames[stackFrame.data[stackStart.data[stack + 1] - 1]].func
  }

  /** The goroutine enters another state than it is in. by: see Intervals. */
  enter(row: number, state: number, reason: number, stack: number, processor: number, by: number): void {
    const { from, to, now } = this
    const goroutine = this.goroutines[row]
    const at = from.length
    if (at === from.data.length) this.grow(at * 4)
    if (goroutine.open >= 0) to.data[goroutine.open] = now
    goroutine.open = at
    if (state === RUNNING && goroutine.ran === 0) goroutine.ran = now
    if (state === WAITING && reason === this.forever) goroutine.forever = now
    this.goroutine.data[at] = row
    this.state.data[at] = state
    this.reason.data[at] = reason
    this.stack.data[at] = stack
    this.processor.data[at] = processor
    this.by.data[at] = by
    from.data[at] = now
    to.data[at] = 0
    for (const column of this.intervals) column.length = at + 1
  }

  /** By more than twice: room that is not written to costs nothing, and what is copied seldom costs little. */
  private grow(capacity: number): void {
    for (const column of this.intervals) column.reserve(capacity)
  }

  end(row: number): void {
    const goroutine = this.goroutines[row]
    if (goroutine.open >= 0) this.to.data[goroutine.open] = this.now
    goroutine.open = -1
    goroutine.to = this.now
    goroutine.isEnded = true
  }

  processorIs(number: number, state: number): void {
    const open = this.procOpen.get(number)
    if (open !== undefined) {
      if (this.procState.data[open] === state) return
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
    this.rangeTo.data[row] = this.now
  }

  metric(kind: number, value: number): void {
    this.counts.metric++
    this.metricKind.push(kind)
    this.metricTime.push(this.now)
    this.metricValue.push(value)
  }

  labelled(goroutine: number, label: number): void {
    this.counts.label++
    this.goroutines[goroutine].label = label
    this.labelTime.push(this.now)
    this.labelGoroutine.push(goroutine)
    this.label.push(label)
  }

  log(log: Omit<Log, 'time'>): void {
    this.counts.log++
    this.logs.push({ time: this.now, ...log })
  }

  sample(goroutine: number, processor: number, stack: number): void {
    this.counts.sample++
    this.sampleTime.push(this.now)
    this.sampleGoroutine.push(this.rowOf.get(goroutine) ?? -1)
    this.sampleProcessor.push(processor)
    this.sampleStack.push(stack)
  }

  /** The tables; the builder is spent. */
  finish(version: number, skipped: number, missing: Missing | null): Trace {
    this.synced(this.now)
    const { names, now } = this
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
      from: this.first,
      to: now,
      started: this.started,
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
