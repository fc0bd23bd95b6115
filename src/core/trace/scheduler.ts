/**
 * What Go's scheduler must have done, by the events of a trace: which goroutine each thread runs, with which processor.
 * Clocks of threads disagree, so that the next event by time may not be the next one in truth; sequence numbers of
 * goroutines and processors say so, and such an event has to wait (as in Go's internal/trace/order.go).
 */
import type { TraceBuilder } from './builder.ts'
import { NO_THREAD } from './container.ts'
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
  GO_BLOCK,
  GO_CREATE,
  GO_CREATE_BLOCKED,
  GO_CREATE_SYSCALL,
  GO_DESTROY,
  GO_DESTROY_SYSCALL,
  GO_LABEL,
  GO_START,
  GO_STATUS,
  GO_STATUS_STACK,
  GO_STOP,
  GO_SWITCH,
  GO_SWITCH_DESTROY,
  GO_SYSCALL_BEGIN,
  GO_SYSCALL_END,
  GO_SYSCALL_END_BLOCKED,
  GO_UNBLOCK,
  HEAP_ALLOC,
  HEAP_GOAL as HEAP_GOAL_EVENT,
  isExperimental,
  PROC_START,
  PROC_STATUS,
  PROC_STEAL,
  PROC_STOP,
  PROCS_CHANGE,
  STW_BEGIN,
  STW_END,
  USER_LOG,
  USER_REGION_BEGIN,
  USER_REGION_END,
  USER_TASK_BEGIN,
  USER_TASK_END,
} from './events.ts'
import type { GenerationNames } from './names.ts'
import {
  ASSIST,
  BUSY,
  GC,
  HEAP,
  HEAP_GOAL,
  IDLE,
  PAUSE,
  PROCESSORS,
  REGION,
  RUNNABLE,
  RUNNING,
  SWEEP,
  SYSCALL,
  TASK,
  WAITING,
} from './trace.ts'
import { damaged } from './trace-error.ts'

/** An event of a thread that has not been taken yet. */
export interface PendingEvent {
  type: number
  /** In nanoseconds. */
  time: number
  /** The numbers behind it. */
  a: number
  b: number
  c: number
  d: number
}

// Statuses of processors, as numbered in traces.
const PROC_RUNNING = 1
const PROC_IDLE = 2
const PROC_SYSCALL = 3
/** It lost its thread in a system call, and nothing tells which one. */
const PROC_ABANDONED = 4

interface OpenRange {
  kind: number
  row: number
}

interface GoroutineState {
  id: number
  row: number
  status: number
  /** Sequence numbers begin anew in each generation. */
  generation: number
  sequence: number
  ranges: OpenRange[]
  regions: { task: number; name: number; row: number }[]
}

interface ProcessorState {
  id: number
  status: number
  generation: number
  sequence: number
  /** Row of the sweep that it is in, -1 = none. */
  sweep: number
}

export interface ThreadState {
  id: number
  /** One of its events was looked at. */
  isSeen: boolean
  goroutine: GoroutineState | null
  processor: ProcessorState | null
}

const UNKNOWN = 0
const OFF = 1
const ON = 2

export class Scheduler {
  private readonly goroutines = new Map<number, GoroutineState>()
  private readonly processors = new Map<number, ProcessorState>()
  private readonly threads = new Map<number, ThreadState>()
  /** Row of the range of each task that has begun. */
  private readonly tasks = new Map<number, number>()
  private gcSequence = 0
  private gc = UNKNOWN
  private gcRow = -1
  private firstGeneration = 0
  private generation = 0
  private names!: GenerationNames

  constructor(private readonly out: TraceBuilder) {}

  begin(generation: number, names: GenerationNames): void {
    this.firstGeneration ||= generation
    this.generation = generation
    this.names = names
  }

  thread(id: number): ThreadState {
    // Batches of no thread know of nothing that went before.
    let thread = id === NO_THREAD ? undefined : this.threads.get(id)
    if (!thread) {
      thread = { id, isSeen: false, goroutine: null, processor: null }
      if (id !== NO_THREAD) this.threads.set(id, thread)
    }
    return thread
  }

  /** Takes an event of a thread, or answers false where others have to come first. Throws a TraceError at what cannot be. */
  take(event: PendingEvent, thread: ThreadState): boolean {
    thread.isSeen = true
    switch (event.type) {
      case GO_START:
        return this.goStart(event, thread)
      case GO_BLOCK:
      case GO_STOP:
        return this.goStop(event, thread)
      case GO_UNBLOCK:
        return this.goUnblock(event, thread)
      case GO_SYSCALL_BEGIN:
        return this.syscallBegin(event, thread)
      case GO_SYSCALL_END:
        return this.syscallEnd(event, thread)
      case GO_SYSCALL_END_BLOCKED:
        return this.syscallEndBlocked(event, thread)
      case GO_CREATE:
      case GO_CREATE_BLOCKED:
        return this.goCreate(event, thread)
      case GO_CREATE_SYSCALL:
        return this.goCreateSyscall(event, thread)
      case GO_DESTROY:
        return this.goDestroy(event, thread)
      case GO_DESTROY_SYSCALL:
        return this.goDestroySyscall(event, thread)
      case GO_STATUS:
      case GO_STATUS_STACK:
        return this.goStatus(event, thread)
      case GO_SWITCH:
      case GO_SWITCH_DESTROY:
        return this.goSwitch(event, thread)
      case PROC_START:
        return this.procStart(event, thread)
      case PROC_STOP:
        return this.procStop(event, thread)
      case PROC_STEAL:
        return this.procSteal(event, thread)
      case PROC_STATUS:
        return this.procStatus(event, thread)
      case HEAP_ALLOC:
        return this.metric(HEAP, event, thread)
      case HEAP_GOAL_EVENT:
        return this.metric(HEAP_GOAL, event, thread)
      case PROCS_CHANGE:
        this.ofGoroutine(thread)
        this.names.stack(event.b)
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

  // Goroutines.

  private goStart({ time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.goroutines.get(a)
    if (goroutine?.status !== RUNNABLE || !this.follows(goroutine, b)) return false
    const processor = this.withProcessor(thread)
    if (thread.goroutine) throw damaged(`Goroutine ${a} starts on a thread that runs another one.`)
    goroutine.sequence = b
    this.transition(time)
    this.run(goroutine, thread, processor)
    return true
  }

  private run(goroutine: GoroutineState, thread: ThreadState, processor: ProcessorState | null): void {
    thread.goroutine = goroutine
    this.enter(goroutine, RUNNING, 0, 0, processor)
  }

  private goStop({ type, time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.runningOn(thread)
    const reason = this.names.text(a)
    const stack = this.names.stack(b)
    this.transition(time)
    this.out.named(goroutine.row, stack)
    this.enter(goroutine, type === GO_STOP ? RUNNABLE : WAITING, reason, stack, null)
    thread.goroutine = null
    return true
  }

  private goUnblock({ time, a, b, c }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.goroutines.get(a)
    if (goroutine?.status !== WAITING || !this.follows(goroutine, b)) return false
    goroutine.sequence = b
    const stack = this.names.stack(c)
    this.transition(time)
    this.enter(goroutine, RUNNABLE, 0, stack, null, thread.goroutine)
    return true
  }

  private syscallBegin({ time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.runningOn(thread)
    const processor = this.withProcessor(thread)
    if (!this.follows(processor, a))
      throw damaged(`A system call has number ${a} of processor ${processor.id}, after ${processor.sequence}.`)
    processor.sequence = a
    processor.status = PROC_SYSCALL
    const stack = this.names.stack(b)
    this.transition(time)
    this.out.named(goroutine.row, stack)
    this.enter(goroutine, SYSCALL, 0, stack, processor)
    return true
  }

  private syscallEnd({ time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.inSyscall(thread)
    const processor = this.withProcessor(thread)
    if (processor.status !== PROC_SYSCALL) throw damaged('A system call ends with a processor that is in none.')
    processor.status = PROC_RUNNING
    this.transition(time)
    this.enter(goroutine, RUNNING, 0, 0, processor)
    return true
  }

  /** While the thread has the processor with which it went in, somebody is still to take it away. */
  private syscallEndBlocked({ time }: PendingEvent, thread: ThreadState): boolean {
    if (thread.processor?.status === PROC_SYSCALL) return false
    const goroutine = this.inSyscall(thread)
    this.transition(time)
    this.enter(goroutine, RUNNABLE, 0, 0, null)
    thread.goroutine = null
    return true
  }

  private goCreate({ type, time, a, b, c }: PendingEvent, thread: ThreadState): boolean {
    this.withProcessor(thread)
    const creator = thread.goroutine
    if (creator && creator.status !== RUNNING)
      throw damaged(`Goroutine ${creator.id} starts another one and does not run.`)
    const begins = this.names.stack(b)
    const stack = this.names.stack(c)
    this.transition(time)
    const goroutine = this.create(a, true, creator, stack, begins)
    this.out.named(goroutine.row, begins)
    this.enter(goroutine, type === GO_CREATE ? RUNNABLE : WAITING, 0, stack, null, creator)
    return true
  }

  private goCreateSyscall({ time, a }: PendingEvent, thread: ThreadState): boolean {
    this.onThread(thread)
    if (thread.goroutine) throw damaged(`Goroutine ${a} comes from C on a thread that runs another one.`)
    this.transition(time)
    const goroutine = this.create(a, true, null, 0)
    thread.goroutine = goroutine
    this.enter(goroutine, SYSCALL, 0, 0, thread.processor)
    return true
  }

  private create(
    id: number,
    isCreated: boolean,
    creator: GoroutineState | null,
    createdAt: number,
    begins = 0,
  ): GoroutineState {
    if (this.goroutines.has(id)) throw damaged(`Goroutine ${id} is created twice.`)
    const row = this.out.appear(id, isCreated, creator?.row ?? -1, createdAt, begins)
    const goroutine = { id, row, status: 0, generation: this.generation, sequence: 0, ranges: [], regions: [] }
    this.goroutines.set(id, goroutine)
    return goroutine
  }

  private goDestroy({ time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.runningOn(thread)
    this.transition(time)
    this.gone(goroutine, thread)
    return true
  }

  private gone(goroutine: GoroutineState, thread: ThreadState): void {
    this.out.end(goroutine.row)
    for (const { row } of goroutine.regions) this.out.finishRange(row)
    this.goroutines.delete(goroutine.id)
    thread.goroutine = null
  }

  /** Back to C: the thread may go on without the processor. */
  private goDestroySyscall({ time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.inSyscall(thread)
    const { processor } = thread
    if (processor) {
      if (processor.status !== PROC_SYSCALL)
        throw damaged(`Processor ${processor.id} is in no system call when one ends.`)
      processor.status = PROC_ABANDONED
      thread.processor = null
      this.transition(time)
      this.out.processorIs(processor.id, IDLE)
    }
    this.transition(time)
    this.gone(goroutine, thread)
    return true
  }

  private goStatus({ type, time, a, b, c, d }: PendingEvent, thread: ThreadState): boolean {
    if (c < RUNNABLE || c > WAITING) throw damaged(`Goroutine ${a} has the status ${c}.`)
    const stack = type === GO_STATUS_STACK ? this.names.stack(d) : 0
    let goroutine = this.goroutines.get(a)
    const isNew = !goroutine
    if (goroutine) {
      if (goroutine.status !== c) throw damaged(`Goroutine ${a} has the status ${c} where it had ${goroutine.status}.`)
      goroutine.generation = this.generation
      goroutine.sequence = 0
    } else if (this.generation !== this.firstGeneration) {
      throw damaged(`Goroutine ${a} was not there before generation ${this.generation}, and nobody created it.`)
    }
    if (c === SYSCALL) {
      if (b >= 2 ** 53) throw damaged(`Goroutine ${a} is in a system call without a thread.`)
      const known = this.thread(b)
      const first = this.generation === this.firstGeneration
      // In the first generation a thread is bound by its own event.
      const isFree = known === thread ? first : !known.isSeen && known.goroutine === null
      if (!isFree && known.goroutine !== (goroutine ?? null))
        throw damaged(`Goroutine ${a} is in a system call on a thread that runs another one.`)
    }
    this.transition(time)
    goroutine ??= this.create(a, false, null, 0)
    if (c === RUNNING) thread.goroutine = goroutine
    else if (c === SYSCALL) this.thread(b).goroutine = goroutine
    if (isNew) {
      this.out.named(goroutine.row, stack)
      this.enter(goroutine, c, 0, stack, c === RUNNING || (c === SYSCALL && b === thread.id) ? thread.processor : null)
    }
    return true
  }

  /** Of coroutines: the next one is woken, this one blocks or ends, the next one runs. */
  private goSwitch({ type, time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const current = this.runningOn(thread)
    const next = this.goroutines.get(a)
    if (next?.status !== WAITING || !this.follows(next, b)) return false
    next.sequence = b
    this.transition(time)
    this.enter(next, RUNNABLE, 0, 0, null, current)
    this.transition(time)
    if (type === GO_SWITCH) this.enter(current, WAITING, 0, 0, null)
    else this.gone(current, thread)
    this.transition(time)
    this.run(next, thread, thread.processor)
    return true
  }

  // Processors.

  private procStart({ time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const processor = this.processors.get(a)
    if (processor?.status !== PROC_IDLE || !this.follows(processor, b) || thread.processor) return false
    this.onThread(thread)
    processor.status = PROC_RUNNING
    processor.sequence = b
    thread.processor = processor
    this.transition(time)
    this.out.processorIs(a, BUSY)
    return true
  }

  private procStop({ time }: PendingEvent, thread: ThreadState): boolean {
    const processor = this.withProcessor(thread)
    if (processor.status !== PROC_RUNNING && processor.status !== PROC_SYSCALL)
      throw damaged(`Processor ${processor.id} stops and did not run.`)
    processor.status = PROC_IDLE
    thread.processor = null
    this.transition(time)
    this.out.processorIs(processor.id, IDLE)
    return true
  }

  private procSteal({ time, a, b, c }: PendingEvent, thread: ThreadState): boolean {
    const processor = this.processors.get(a)
    if (!processor || !this.follows(processor, b)) return false
    const { status } = processor
    if (status !== PROC_SYSCALL && status !== PROC_ABANDONED) return false
    this.onThread(thread)
    if (status === PROC_SYSCALL) {
      const loser = c === thread.id ? thread : this.threads.get(c)
      if (loser?.processor !== processor) throw damaged(`Processor ${a} is taken from a thread that does not have it.`)
      loser.processor = null
    }
    processor.status = PROC_IDLE
    processor.sequence = b
    this.transition(time)
    this.out.processorIs(a, IDLE)
    return true
  }

  private procStatus({ time, a, b }: PendingEvent, thread: ThreadState): boolean {
    if (b < PROC_RUNNING || b > PROC_ABANDONED) throw damaged(`Processor ${a} has the status ${b}.`)
    let status = b
    let processor = this.processors.get(a)
    if (processor) {
      // It is as it was, only that nothing of this generation has told so.
      if (status === PROC_ABANDONED && processor.status === PROC_SYSCALL) status = PROC_SYSCALL
      else if (processor.status !== status)
        throw damaged(`Processor ${a} has the status ${status} where it had ${processor.status}.`)
      processor.generation = this.generation
      processor.sequence = 0
    } else {
      processor = { id: a, status, generation: this.generation, sequence: 0, sweep: -1 }
      this.processors.set(a, processor)
    }
    if (b === PROC_RUNNING || b === PROC_SYSCALL) thread.processor = processor
    this.transition(time)
    this.out.processorIs(a, status === PROC_RUNNING || status === PROC_SYSCALL ? BUSY : IDLE)
    return true
  }

  // What goes on for a while.

  private rangeBegin({ type, time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.ofGoroutine(thread)
    const kind = type === STW_BEGIN ? PAUSE : ASSIST
    const name = kind === PAUSE ? this.names.text(a) : 0
    const stack = this.names.stack(kind === PAUSE ? b : a)
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
    const goroutine = this.ofGoroutine(thread)
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
    const goroutine = this.goroutines.get(a)
    if (!goroutine) throw damaged(`Goroutine ${a} assists and was never seen.`)
    const open = goroutine.ranges.some(({ kind }) => kind === ASSIST)
    const first = this.generation === this.firstGeneration
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
    const first = this.generation === this.firstGeneration
    if (type === GC_ACTIVE && first) {
      if (this.gc !== UNKNOWN) throw damaged('A collection was under way before, and is seen late.')
    } else if (type !== GC_BEGIN || this.gc !== UNKNOWN) {
      if (a !== this.gcSequence + 1) return false
      if ((type === GC_BEGIN) === (this.gc === ON) || this.gc === UNKNOWN)
        throw damaged('Collections of the heap begin or end twice.')
      this.ofGoroutine(thread)
    }
    const stack = type === GC_BEGIN ? this.names.stack(b) : 0
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
      const processor = this.processors.get(a)
      const first = this.generation === this.firstGeneration
      if (!processor || processor.sweep >= 0 === first)
        throw damaged(`Processor ${a} sweeps twice, or did not begin to.`)
      out.at(time)
      out.counts.rangeActive++
      if (first) processor.sweep = out.begin(SWEEP, { processor: a, from: out.sync })
      return true
    }
    const processor = this.withProcessor(thread)
    if (processor.sweep >= 0 === (type === GC_SWEEP_BEGIN))
      throw damaged(`Processor ${processor.id} begins or ends a sweep twice.`)
    const stack = type === GC_SWEEP_BEGIN ? this.names.stack(a) : 0
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
    this.withProcessor(thread)
    this.out.at(time)
    this.out.metric(kind, a)
    return true
  }

  private annotation(event: PendingEvent, thread: ThreadState): boolean {
    const { out, names } = this
    const { type, time, a, b, c, d } = event
    if (isExperimental(type)) {
      this.onThread(thread)
      out.at(time)
      out.counts.experimental++
      return true
    }
    const goroutine = this.ofGoroutine(thread)
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

  // What must hold.

  private follows({ generation, sequence }: { generation: number; sequence: number }, next: number): boolean {
    return generation === this.generation && next === sequence + 1
  }

  private onThread({ id }: ThreadState): void {
    if (id === NO_THREAD) throw damaged('An event of a thread belongs to none.')
  }

  private withProcessor(thread: ThreadState): ProcessorState {
    this.onThread(thread)
    if (!thread.processor) throw damaged(`Thread ${thread.id} works without a processor.`)
    return thread.processor
  }

  private ofGoroutine(thread: ThreadState): GoroutineState {
    this.withProcessor(thread)
    if (!thread.goroutine) throw damaged(`Thread ${thread.id} works for no goroutine.`)
    return thread.goroutine
  }

  private runningOn(thread: ThreadState): GoroutineState {
    const goroutine = this.ofGoroutine(thread)
    if (goroutine.status !== RUNNING) throw damaged(`Goroutine ${goroutine.id} stops and did not run.`)
    return goroutine
  }

  private inSyscall(thread: ThreadState): GoroutineState {
    this.onThread(thread)
    const { goroutine } = thread
    if (goroutine?.status !== SYSCALL)
      throw damaged(`Thread ${thread.id} comes back from a system call that nobody made.`)
    return goroutine
  }

  private transition(time: number): void {
    this.out.at(time)
    this.out.counts.transition++
  }

  private enter(
    goroutine: GoroutineState,
    state: number,
    reason: number,
    stack: number,
    processor: ProcessorState | null,
    by: GoroutineState | null = null,
  ): void {
    goroutine.status = state
    this.out.enter(goroutine.row, state, reason, stack, processor?.id ?? -1, by?.row ?? -1)
  }
}
