/**
 * What Go's scheduler must have done, by the events of a trace: which goroutine each thread runs, with which processor.
 * Clocks of threads disagree, so that the next event by time may not be the next one in truth; sequence numbers of
 * goroutines and processors say so, and such an event has to wait (as in Go's internal/trace/order.go).
 */
import type { TraceBuilder } from './builder.ts'
import type { PendingEvent } from './event.ts'
import {
  GO_BLOCK,
  GO_CREATE,
  GO_CREATE_BLOCKED,
  GO_CREATE_SYSCALL,
  GO_DESTROY,
  GO_DESTROY_SYSCALL,
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
  PROC_START,
  PROC_STATUS,
  PROC_STEAL,
  PROC_STOP,
} from './events.ts'
import type { GenerationNames } from './names.ts'
import { Ranges } from './ranges.ts'
import { type GoroutineState, type ProcessorState, RunState, type ThreadState } from './run-state.ts'
import { BUSY, IDLE, RUNNABLE, RUNNING, SYSCALL, WAITING } from './trace.ts'
import { damaged } from './trace-error.ts'

// Statuses of processors, as numbered in traces.
const PROC_RUNNING = 1
const PROC_IDLE = 2
const PROC_SYSCALL = 3
/** It lost its thread in a system call, and nothing tells which one. */
const PROC_ABANDONED = 4

export class Scheduler {
  private readonly state = new RunState()
  private readonly ranges: Ranges

  constructor(private readonly out: TraceBuilder) {
    this.ranges = new Ranges(this.state, out)
  }

  begin(generation: number, names: GenerationNames): void {
    this.state.begin(generation, names)
  }

  thread(id: number): ThreadState {
    return this.state.thread(id)
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
      default:
        return this.ranges.take(event, thread)
    }
  }

  // Goroutines.

  private goStart({ time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.goroutines.get(a)
    if (goroutine?.status !== RUNNABLE || !this.state.follows(goroutine, b)) return false
    const processor = this.state.withProcessor(thread)
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
    const goroutine = this.state.runningOn(thread)
    const reason = this.state.names.text(a)
    const stack = this.state.names.stack(b)
    this.transition(time)
    this.out.named(goroutine.row, stack)
    this.enter(goroutine, type === GO_STOP ? RUNNABLE : WAITING, reason, stack, null)
    thread.goroutine = null
    return true
  }

  private goUnblock({ time, a, b, c }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.goroutines.get(a)
    if (goroutine?.status !== WAITING || !this.state.follows(goroutine, b)) return false
    goroutine.sequence = b
    const stack = this.state.names.stack(c)
    this.transition(time)
    this.enter(goroutine, RUNNABLE, 0, stack, null, thread.goroutine)
    return true
  }

  private syscallBegin({ time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.runningOn(thread)
    const processor = this.state.withProcessor(thread)
    if (!this.state.follows(processor, a))
      throw damaged(`A system call has number ${a} of processor ${processor.id}, after ${processor.sequence}.`)
    processor.sequence = a
    processor.status = PROC_SYSCALL
    const stack = this.state.names.stack(b)
    this.transition(time)
    this.out.named(goroutine.row, stack)
    this.enter(goroutine, SYSCALL, 0, stack, processor)
    return true
  }

  private syscallEnd({ time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.inSyscall(thread)
    const processor = this.state.withProcessor(thread)
    if (processor.status !== PROC_SYSCALL) throw damaged('A system call ends with a processor that is in none.')
    processor.status = PROC_RUNNING
    this.transition(time)
    this.enter(goroutine, RUNNING, 0, 0, processor)
    return true
  }

  /** While the thread has the processor with which it went in, somebody is still to take it away. */
  private syscallEndBlocked({ time }: PendingEvent, thread: ThreadState): boolean {
    if (thread.processor?.status === PROC_SYSCALL) return false
    const goroutine = this.state.inSyscall(thread)
    this.transition(time)
    this.enter(goroutine, RUNNABLE, 0, 0, null)
    thread.goroutine = null
    return true
  }

  private goCreate({ type, time, a, b, c }: PendingEvent, thread: ThreadState): boolean {
    this.state.withProcessor(thread)
    const creator = thread.goroutine
    if (creator && creator.status !== RUNNING)
      throw damaged(`Goroutine ${creator.id} starts another one and does not run.`)
    const begins = this.state.names.stack(b)
    const stack = this.state.names.stack(c)
    this.transition(time)
    const goroutine = this.create(a, true, creator, stack, begins)
    this.out.named(goroutine.row, begins)
    this.enter(goroutine, type === GO_CREATE ? RUNNABLE : WAITING, 0, stack, null, creator)
    return true
  }

  private goCreateSyscall({ time, a }: PendingEvent, thread: ThreadState): boolean {
    this.state.onThread(thread)
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
    if (this.state.goroutines.has(id)) throw damaged(`Goroutine ${id} is created twice.`)
    const row = this.out.appear(id, isCreated, creator?.row ?? -1, createdAt, begins)
    const goroutine = { id, row, status: 0, generation: this.state.generation, sequence: 0, ranges: [], regions: [] }
    this.state.goroutines.set(id, goroutine)
    return goroutine
  }

  private goDestroy({ time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.runningOn(thread)
    this.transition(time)
    this.gone(goroutine, thread)
    return true
  }

  private gone(goroutine: GoroutineState, thread: ThreadState): void {
    this.out.end(goroutine.row)
    for (const { row } of goroutine.regions) this.out.finishRange(row)
    this.state.goroutines.delete(goroutine.id)
    thread.goroutine = null
  }

  /** Back to C: the thread may go on without the processor. */
  private goDestroySyscall({ time }: PendingEvent, thread: ThreadState): boolean {
    const goroutine = this.state.inSyscall(thread)
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
    const stack = type === GO_STATUS_STACK ? this.state.names.stack(d) : 0
    let goroutine = this.state.goroutines.get(a)
    const isNew = !goroutine
    if (goroutine) {
      if (goroutine.status !== c) throw damaged(`Goroutine ${a} has the status ${c} where it had ${goroutine.status}.`)
      goroutine.generation = this.state.generation
      goroutine.sequence = 0
    } else if (!this.state.isFirst) {
      throw damaged(`Goroutine ${a} was not there before generation ${this.state.generation}, and nobody created it.`)
    }
    if (c === SYSCALL) {
      if (b >= 2 ** 53) throw damaged(`Goroutine ${a} is in a system call without a thread.`)
      const known = this.state.thread(b)
      const first = this.state.isFirst
      // In the first generation a thread is bound by its own event.
      const isFree = known === thread ? first : !known.isSeen && known.goroutine === null
      if (!isFree && known.goroutine !== (goroutine ?? null))
        throw damaged(`Goroutine ${a} is in a system call on a thread that runs another one.`)
    }
    this.transition(time)
    goroutine ??= this.create(a, false, null, 0)
    if (c === RUNNING) thread.goroutine = goroutine
    else if (c === SYSCALL) this.state.thread(b).goroutine = goroutine
    if (isNew) {
      this.out.named(goroutine.row, stack)
      this.enter(goroutine, c, 0, stack, c === RUNNING || (c === SYSCALL && b === thread.id) ? thread.processor : null)
    }
    return true
  }

  /** Of coroutines: the next one is woken, this one blocks or ends, the next one runs. */
  private goSwitch({ type, time, a, b }: PendingEvent, thread: ThreadState): boolean {
    const current = this.state.runningOn(thread)
    const next = this.state.goroutines.get(a)
    if (next?.status !== WAITING || !this.state.follows(next, b)) return false
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
    const processor = this.state.processors.get(a)
    if (processor?.status !== PROC_IDLE || !this.state.follows(processor, b) || thread.processor) return false
    this.state.onThread(thread)
    processor.status = PROC_RUNNING
    processor.sequence = b
    thread.processor = processor
    this.transition(time)
    this.out.processorIs(a, BUSY)
    return true
  }

  private procStop({ time }: PendingEvent, thread: ThreadState): boolean {
    const processor = this.state.withProcessor(thread)
    if (processor.status !== PROC_RUNNING && processor.status !== PROC_SYSCALL)
      throw damaged(`Processor ${processor.id} stops and did not run.`)
    processor.status = PROC_IDLE
    thread.processor = null
    this.transition(time)
    this.out.processorIs(processor.id, IDLE)
    return true
  }

  private procSteal({ time, a, b, c }: PendingEvent, thread: ThreadState): boolean {
    const processor = this.state.processors.get(a)
    if (!processor || !this.state.follows(processor, b)) return false
    const { status } = processor
    if (status !== PROC_SYSCALL && status !== PROC_ABANDONED) return false
    this.state.onThread(thread)
    if (status === PROC_SYSCALL) {
      const loser = c === thread.id ? thread : this.state.threads.get(c)
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
    let processor = this.state.processors.get(a)
    if (processor) {
      // It is as it was, only that nothing of this generation has told so.
      if (status === PROC_ABANDONED && processor.status === PROC_SYSCALL) status = PROC_SYSCALL
      else if (processor.status !== status)
        throw damaged(`Processor ${a} has the status ${status} where it had ${processor.status}.`)
      processor.generation = this.state.generation
      processor.sequence = 0
    } else {
      processor = { id: a, status, generation: this.state.generation, sequence: 0, sweep: -1 }
      this.state.processors.set(a, processor)
    }
    if (b === PROC_RUNNING || b === PROC_SYSCALL) thread.processor = processor
    this.transition(time)
    this.out.processorIs(a, status === PROC_RUNNING || status === PROC_SYSCALL ? BUSY : IDLE)
    return true
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
