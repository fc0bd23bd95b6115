/** What runs where at a moment of a trace: goroutines, processors and threads, and what must hold of them. */
import { NO_THREAD } from './container.ts'
import type { GenerationNames } from './names.ts'
import { RUNNING, SYSCALL } from './trace.ts'
import { damaged } from './trace-error.ts'

interface OpenRange {
  kind: number
  row: number
}

export interface GoroutineState {
  id: number
  row: number
  status: number
  /** Sequence numbers begin anew in each generation. */
  generation: number
  sequence: number
  ranges: OpenRange[]
  regions: { task: number; name: number; row: number }[]
}

export interface ProcessorState {
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

export class RunState {
  readonly goroutines = new Map<number, GoroutineState>()
  readonly processors = new Map<number, ProcessorState>()
  readonly threads = new Map<number, ThreadState>()
  generation = 0
  /** Of the generation that is read. */
  names!: GenerationNames
  private firstGeneration = 0

  begin(generation: number, names: GenerationNames): void {
    this.firstGeneration ||= generation
    this.generation = generation
    this.names = names
  }

  /** Nothing that went before was seen. */
  get isFirst(): boolean {
    return this.generation === this.firstGeneration
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

  /** Whether a number is the next one of a goroutine or processor in this generation. */
  follows({ generation, sequence }: { generation: number; sequence: number }, next: number): boolean {
    return generation === this.generation && next === sequence + 1
  }

  // The others throw a TraceError where it is not so.

  onThread({ id }: ThreadState): void {
    if (id === NO_THREAD) throw damaged('An event of a thread belongs to none.')
  }

  withProcessor(thread: ThreadState): ProcessorState {
    this.onThread(thread)
    if (!thread.processor) throw damaged(`Thread ${thread.id} works without a processor.`)
    return thread.processor
  }

  ofGoroutine(thread: ThreadState): GoroutineState {
    this.withProcessor(thread)
    if (!thread.goroutine) throw damaged(`Thread ${thread.id} works for no goroutine.`)
    return thread.goroutine
  }

  runningOn(thread: ThreadState): GoroutineState {
    const goroutine = this.ofGoroutine(thread)
    if (goroutine.status !== RUNNING) throw damaged(`Goroutine ${goroutine.id} stops and did not run.`)
    return goroutine
  }

  inSyscall(thread: ThreadState): GoroutineState {
    this.onThread(thread)
    const { goroutine } = thread
    if (goroutine?.status !== SYSCALL)
      throw damaged(`Thread ${thread.id} comes back from a system call that nobody made.`)
    return goroutine
  }
}
