/**
 * What the events of a trace say beside who runs: what goes on for a while (pauses, assists, collections, sweeps), sizes
 * of the heap, and what the program says of itself (tasks, regions, logs, labels).
 */
import type { TraceBuilder } from './builder.ts'
import type { PendingEvent } from './event.ts'
import {
  GC_ACTIVE,
  GC_BEGIN,
  GC_END,
  GC_MARK_ASSIST_ACTIVE,
  GC_MARK_ASSIST_BEGIN,
  GC_MARK_ASSIST_END,
  GC_SWEEP_ACTIVE,
  GC_SWEEP_BEGIN,
  GC_SWEEP_END,
  GO_LABEL,
  HEAP_ALLOC,
  HEAP_GOAL as HEAP_GOAL_EVENT,
  isExperimental,
  PROCS_CHANGE,
  STW_BEGIN,
  STW_END,
  USER_LOG,
  USER_REGION_BEGIN,
  USER_REGION_END,
  USER_TASK_BEGIN,
  USER_TASK_END,
} from './events.ts'
import type { RunState, ThreadState } from './run-state.ts'
import { ASSIST, GC, HEAP, HEAP_GOAL, PAUSE, PROCESSORS, REGION, SWEEP, TASK } from './trace.ts'
import { damaged } from './trace-error.ts'

// Whether a collection of the heap is under way.
const UNKNOWN = 0
const OFF = 1
const ON = 2

export class Ranges {
  /** Row of the range of each task that has begun. */
  private readonly tasks = new Map<number, number>()
  private gcSequence = 0
  private gc = UNKNOWN
  private gcRow = -1

  constructor(
    private readonly state: RunState,
    private readonly out: TraceBuilder,
  ) {}

  /** As Scheduler.take(), of events that move no goroutine and no processor. */
  take(event: PendingEvent, thread: ThreadState): boolean {
    switch (event.type) {
      case HEAP_ALLOC:
        return this.metric(HEAP, event, thread)
      case HEAP_GOAL_EVENT:
        return this.metric(HEAP_GOAL, event, thread)
      case PROCS_CHANGE:
        this.state.ofGoroutine(thread)
        this.state.names.stack(event.b)
        return this.metric(PROCESSORS, event, thread)
      case STW_BEGIN:
      case GC_MARK_ASSIST_BEGIN:
        return this.rangeBegin(event, thread)
      case STW_END:
      case GC_MARK_ASSIST_END:
        return this.rangeEnd(event, thread)
      case GC_MARK_ASSIST_ACTIVE:
        return this.assistActive(event)
      case GC_ACTIVE:
      case GC_BEGIN:
      case GC_END:
        return this.collection(event, thread)
      case GC_SWEEP_ACTIVE:
      case GC_SWEEP_BEGIN:
      case GC_SWEEP_END:
        return this.sweep(event, thread)
      default:
        return this.annotation(event, thread)
    }
  }

  // What goes on for a while.

  private rangeBegin({ type, time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.ofGoroutine(thread)
    const kind = type === STW_BEGIN ? PAUSE : ASSIST
    const name = kind === PAUSE ? this.state.names.text(a) : 0
    const stack = this.state.names.stack(kind === PAUSE ? b : a)
    if (goroutine.ranges.some((range) => range.kind === kind))
      throw damaged(`Goroutine ${goroutine.id} is in two pauses or assists at once.`)
    this.out.at(time)
    this.out.counts.rangeBegin++
    goroutine.ranges.push({
      kind,
      row: this.out.begin(kind, { name: this.pauseKind(name), goroutine: goroutine.row, stack }),
    })
    return true
  }

  /** Without what is said of every one of them. */
  private pauseKind(name: number): number {
    const { names } = this.out
    const [, kind] = /^stop-the-world \((.*)\)$/.exec(names.texts[name]) ?? []
    return kind === undefined ? name : names.text(kind)
  }

  private rangeEnd({ type, time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.ofGoroutine(thread)
    const kind = type === STW_END ? PAUSE : ASSIST
    const at = goroutine.ranges.findIndex((range) => range.kind === kind)
    if (at < 0) throw damaged(`Goroutine ${goroutine.id} ends a pause or an assist that it did not begin.`)
    this.out.at(time)
    this.out.counts.rangeEnd++
    const [ended] = goroutine.ranges.splice(at, 1)
    this.out.finishRange(ended.row)
    return true
  }

  private assistActive({ time, a }: PendingEvent): boolean {
    const goroutine = this.state.goroutines.get(a)
    if (!goroutine) throw damaged(`Goroutine ${a} assists and was never seen.`)
    const open = goroutine.ranges.some(({ kind }) => kind === ASSIST)
    const first = this.state.isFirst
    if (open === first) throw damaged(`Goroutine ${a} assists ${open ? 'twice at once' : 'and did not begin to'}.`)
    this.out.at(time)
    this.out.counts.rangeActive++
    if (first) {
      const row = this.out.begin(ASSIST, { goroutine: goroutine.row, from: this.out.sync })
      goroutine.ranges.push({ kind: ASSIST, row })
    }
    return true
  }

  private collection({ type, time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const { out } = this
    const first = this.state.isFirst
    if (type === GC_ACTIVE && first) {
      if (this.gc !== UNKNOWN) throw damaged('A collection was under way before, and is seen late.')
    } else if (type !== GC_BEGIN || this.gc !== UNKNOWN) {
      if (a !== this.gcSequence + 1) return false
      if ((type === GC_BEGIN) === (this.gc === ON) || this.gc === UNKNOWN)
        throw damaged('Collections of the heap begin or end twice.')
      this.state.ofGoroutine(thread)
    }
    const stack = type === GC_BEGIN ? this.state.names.stack(b) : 0
    this.gcSequence = a
    out.at(time)
    if (type === GC_END) {
      out.counts.rangeEnd++
      out.finishRange(this.gcRow)
    } else if (type === GC_BEGIN) {
      out.counts.rangeBegin++
      this.gcRow = out.begin(GC, { stack })
    } else {
      out.counts.rangeActive++
      if (first) this.gcRow = out.begin(GC, { from: out.sync })
    }
    this.gc = type === GC_END ? OFF : ON
    return true
  }

  private sweep({ type, time, a }: PendingEvent, thread: ThreadState): boolean {
    const { out } = this
    if (type === GC_SWEEP_ACTIVE) {
      const processor = this.state.processors.get(a)
      const first = this.state.isFirst
      if (!processor || processor.sweep >= 0 === first)
        throw damaged(`Processor ${a} sweeps twice, or did not begin to.`)
      out.at(time)
      out.counts.rangeActive++
      if (first) processor.sweep = out.begin(SWEEP, { processor: a, from: out.sync })
      return true
    }
    const processor = this.state.withProcessor(thread)
    if (processor.sweep >= 0 === (type === GC_SWEEP_BEGIN))
      throw damaged(`Processor ${processor.id} begins or ends a sweep twice.`)
    const stack = type === GC_SWEEP_BEGIN ? this.state.names.stack(a) : 0
    out.at(time)
    if (type === GC_SWEEP_BEGIN) {
      out.counts.rangeBegin++
      processor.sweep = out.begin(SWEEP, { processor: processor.id, goroutine: thread.goroutine?.row ?? -1, stack })
    } else {
      out.counts.rangeEnd++
      out.finishRange(processor.sweep)
      processor.sweep = -1
    }
    return true
  }

  // What is said of a goroutine, by the program or by the runtime.

  private metric(kind: number, { time, a }: PendingEvent, thread: ThreadState): boolean {
    this.state.withProcessor(thread)
    this.out.at(time)
    this.out.metric(kind, a)
    return true
  }

  private annotation(event: PendingEvent, thread: ThreadState): boolean {
    const { out } = this
    const { names } = this.state
    const { type, time, a, b, c, d } = event
    if (isExperimental(type)) {
      this.state.onThread(thread)
      out.at(time)
      out.counts.experimental++
      return true
    }
    const goroutine = this.state.ofGoroutine(thread)
    const { row } = goroutine
    if (type === GO_LABEL) {
      const label = names.text(a)
      out.at(time)
      out.labelled(row, label)
    } else if (type === USER_LOG) {
      const said = { task: a, key: names.text(b), value: names.text(c), stack: names.stack(d) }
      out.at(time)
      out.log({ goroutine: row, ...said })
    } else if (type === USER_TASK_BEGIN) {
      if (this.tasks.has(a)) throw damaged(`Two tasks have the number ${a}.`)
      const said = { task: a, name: names.text(c), stack: names.stack(d) }
      out.at(time)
      out.counts.task++
      this.tasks.set(a, out.begin(TASK, { goroutine: row, ...said }))
    } else if (type === USER_TASK_END) {
      const stack = names.stack(b)
      out.at(time)
      out.counts.task++
      // Begun before the trace where it was never seen.
      const task = this.tasks.get(a) ?? out.begin(TASK, { goroutine: row, task: a, stack, from: out.first })
      out.finishRange(task)
      this.tasks.delete(a)
    } else if (type === USER_REGION_BEGIN) {
      const said = { task: a, name: names.text(b), stack: names.stack(c) }
      out.at(time)
      out.counts.region++
      goroutine.regions.push({ ...said, row: out.begin(REGION, { goroutine: row, ...said }) })
    } else if (type === USER_REGION_END) {
      const said = { task: a, name: names.text(b), stack: names.stack(c) }
      const open = goroutine.regions.at(-1)
      if (open && (open.task !== a || open.name !== said.name))
        throw damaged(`Goroutine ${goroutine.id} ends another region than it is in.`)
      out.at(time)
      out.counts.region++
      goroutine.regions.pop()
      out.finishRange(open?.row ?? out.begin(REGION, { goroutine: row, ...said, from: out.first }))
    } else throw damaged(`No event has the type ${type}.`)
    return true
  }
}
