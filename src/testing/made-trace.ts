/**
 * Execution traces that Go might have written, made from a seed: threads that run goroutines with processors, at random
 * but as the scheduler may. With each the truth: which states every goroutine went through, and when. For tests.
 */
import {
  CLOCK_SNAPSHOT,
  CPU_SAMPLE,
  CPU_SAMPLES,
  END_OF_GENERATION,
  EVENT_BATCH,
  EXPERIMENTAL_BATCH,
  FREQUENCY,
  GC_ACTIVE,
  GC_BEGIN,
  GC_END,
  GC_MARK_ASSIST_ACTIVE,
  GC_MARK_ASSIST_BEGIN,
  GC_MARK_ASSIST_END,
  GO_BLOCK,
  GO_CREATE,
  GO_DESTROY,
  GO_START,
  GO_STATUS,
  GO_STATUS_STACK,
  GO_STOP,
  GO_SWITCH,
  GO_SYSCALL_BEGIN,
  GO_SYSCALL_END,
  GO_SYSCALL_END_BLOCKED,
  GO_UNBLOCK,
  HEAP_ALLOC,
  PROC_START,
  PROC_STATUS,
  PROC_STEAL,
  PROC_STOP,
  STACK,
  STACKS,
  STRING,
  STRINGS,
  STW_BEGIN,
  STW_END,
  SYNC,
  USER_LOG,
  USER_REGION_BEGIN,
  USER_REGION_END,
} from '../core/trace/events.ts'
import { RUNNABLE, RUNNING, SYSCALL, WAITING } from '../core/trace/trace.ts'
import { Random } from './random.ts'

export interface MadeTraceOptions {
  seed: number
  version: 22 | 23 | 25 | 26
  generations: number
  /** Steps of the scheduler, in each generation. */
  steps: number
  processors: number
  /** Threads' clocks are off by up to so many units: only sequence numbers tell the order then. */
  skew: number
}

export interface TrueState {
  /** RUNNABLE to WAITING, 0 = it ended. */
  state: number
  reason: string
  at: number
  /** Id of the goroutine that made it runnable, 0 = none. */
  by: number
}

export interface MadeTrace {
  bytes: Uint8Array
  /** By id. */
  goroutines: Map<number, TrueState[]>
  events: number
}

const REASONS = ['', 'chan receive', 'sync', 'network', 'sleep', 'preempted', 'stop-the-world (GC mark termination)']
const TEXTS = [...REASONS, 'main.main', 'main.work', '/src/main.go', 'round trip', 'key', 'value']
const text = (of: string) => TEXTS.indexOf(of)
const STACK_COUNT = 5
const NOBODY = 2n ** 64n - 1n

interface Thread {
  id: number
  skew: number
  goroutine: Go | null
  processor: Proc | null
  bytes: number[]
  /** Time of the last event, with the skew. */
  last: number
  began: number
}

interface Go {
  id: number
  state: number
  sequence: number
  inRegion: boolean
  assists: boolean
}

interface Proc {
  id: number
  /** Idle where no thread has it; in a system call it can be taken. */
  thread: Thread | null
  sequence: number
}

export function madeTrace(options: MadeTraceOptions): MadeTrace {
  return new Maker(options).make()
}

class Maker {
  private readonly random: Random
  private readonly out: number[] = []
  private readonly threads: Thread[]
  private readonly procs: Proc[]
  private readonly alive: Go[] = []
  private readonly truth = new Map<number, TrueState[]>()
  private now = 1000
  private nextId = 1
  private gc = 0
  private marks = false
  private events = 0

  constructor(private readonly options: MadeTraceOptions) {
    this.random = new Random(options.seed)
    this.threads = Array.from({ length: options.processors + 2 }, (_, i) => ({
      id: 100 + i,
      skew: i === 0 ? 0 : this.below(options.skew + 1),
      goroutine: null,
      processor: null,
      bytes: [],
      last: 0,
      began: 0,
    }))
    this.procs = Array.from({ length: options.processors }, (_, id) => ({ id, thread: null, sequence: 0 }))
  }

  make(): MadeTrace {
    const { options, threads, procs } = this
    this.out.push(...new TextEncoder().encode(`go 1.${options.version} trace\0\0\0`))
    for (const [i, proc] of procs.entries()) {
      proc.thread = threads[i]
      threads[i].processor = proc
    }
    // Some were there before.
    for (let i = 0; i < 4; i++) this.alive.push(this.go(i === 0 ? RUNNING : i === 1 ? RUNNABLE : WAITING))
    threads[0].goroutine = this.alive[0]
    for (let generation = 1; generation <= options.generations; generation++) {
      this.statuses(generation)
      for (let i = 0; i < options.steps; i++) this.step()
      this.write(generation)
    }
    return { bytes: Uint8Array.from(this.out), goroutines: this.truth, events: this.events }
  }

  private chance(): number {
    return this.random.next()
  }

  private below(n: number): number {
    return this.random.int(n)
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)]
  }

  private go(state: number): Go {
    return { id: this.nextId++, state, sequence: 0, inRegion: false, assists: false }
  }

  private event(thread: Thread, type: number, ...numbers: (number | bigint)[]): void {
    this.now += 1 + this.below(50)
    const at = Math.max(this.now + thread.skew, thread.last + 1)
    if (thread.bytes.length === 0) {
      thread.began = at
      thread.last = at
    }
    thread.bytes.push(type, ...varint(at - thread.last), ...numbers.flatMap(varint))
    thread.last = at
    this.events++
  }

  private is(go: Go, state: number, reason = '', by: Go | null = null): void {
    go.state = state
    const states = this.truth.get(go.id) ?? []
    states.push({ state, reason, at: this.now, by: by?.id ?? 0 })
    this.truth.set(go.id, states)
  }

  /** What is so when a generation begins. */
  private statuses(generation: number): void {
    const { threads, procs } = this
    for (const proc of procs) proc.sequence = 0
    for (const go of this.alive) go.sequence = 0
    for (const thread of threads) {
      if (thread.processor) {
        const inCall = thread.goroutine?.state === SYSCALL
        this.event(thread, PROC_STATUS, thread.processor.id, inCall ? 3 : 1)
      }
      if (thread.goroutine) this.status(thread, thread.goroutine, thread)
    }
    const any = threads.filter(({ processor }) => processor)
    for (const proc of procs) if (!proc.thread) this.event(this.pick(any) ?? threads[0], PROC_STATUS, proc.id, 2)
    for (const go of this.alive)
      if (!threads.some(({ goroutine }) => goroutine === go)) this.status(this.pick(any) ?? threads[0], go, null)
    const first = threads.find(({ goroutine, processor }) => processor && goroutine?.state === RUNNING)
    if (this.marks && generation > 1 && first) this.event(first, GC_ACTIVE, ++this.gc)
    else if (generation === 1 && first && (this.options.skew > 0 || this.chance() < 0.3)) {
      // Nothing but its time tells the first collection of a trace from later ones, so no clock may be off then.
      this.gc = 1 + this.below(100)
      this.marks = true
      this.event(first, GC_ACTIVE, this.gc)
    }
    for (const go of this.alive) if (go.assists && generation > 1) this.event(threads[0], GC_MARK_ASSIST_ACTIVE, go.id)
  }

  private status(by: Thread, go: Go, on: Thread | null): void {
    const thread = on && go.state === SYSCALL ? on.id : on ? on.id : NOBODY
    if (this.options.version >= 23 && go.state === WAITING)
      this.event(by, GO_STATUS_STACK, go.id, thread, go.state, this.below(STACK_COUNT))
    else this.event(by, GO_STATUS, go.id, thread, go.state)
    if (!this.truth.has(go.id)) this.is(go, go.state)
  }

  private step(): void {
    const thread = this.pick(this.threads)
    if (!thread) return
    const { goroutine, processor } = thread
    if (!processor) {
      if (goroutine) this.returns(thread, goroutine)
      else this.getsProcessor(thread)
    } else if (!goroutine) this.schedules(thread, processor)
    else if (goroutine.state === SYSCALL) this.inSyscall(thread, goroutine, processor)
    else this.runs(thread, goroutine, processor)
  }

  private returns(thread: Thread, goroutine: Go): void {
    this.event(thread, GO_SYSCALL_END_BLOCKED)
    thread.goroutine = null
    this.is(goroutine, RUNNABLE)
  }

  private getsProcessor(thread: Thread): void {
    const idle = this.pick(this.procs.filter((proc) => !proc.thread))
    const taken = this.pick(this.procs.filter((proc) => proc.thread?.goroutine?.state === SYSCALL))
    if (taken?.thread && this.chance() < 0.3) {
      this.event(thread, PROC_STEAL, taken.id, ++taken.sequence, taken.thread.id)
      taken.thread.processor = null
      taken.thread = null
      this.start(thread, taken)
    } else if (idle) this.start(thread, idle)
  }

  private start(thread: Thread, proc: Proc): void {
    this.event(thread, PROC_START, proc.id, ++proc.sequence)
    proc.thread = thread
    thread.processor = proc
  }

  private schedules(thread: Thread, proc: Proc): void {
    const next = this.pick(this.alive.filter(({ state }) => state === RUNNABLE))
    const waits = this.pick(this.alive.filter(({ state }) => state === WAITING))
    if (next && this.chance() < 0.6) {
      this.event(thread, GO_START, next.id, ++next.sequence)
      thread.goroutine = next
      this.is(next, RUNNING)
    } else if (waits && this.chance() < 0.6) this.wakes(thread, waits)
    else if (this.chance() < 0.3) {
      this.event(thread, PROC_STOP)
      proc.thread = null
      thread.processor = null
    } else this.event(thread, HEAP_ALLOC, 1 + this.below(1 << 20))
  }

  private wakes(thread: Thread, go: Go): void {
    this.event(thread, GO_UNBLOCK, go.id, ++go.sequence, this.below(STACK_COUNT))
    this.is(go, RUNNABLE, '', thread.goroutine)
  }

  private inSyscall(thread: Thread, go: Go, proc: Proc): void {
    if (this.chance() < 0.5) {
      this.event(thread, GO_SYSCALL_END)
      this.is(go, RUNNING)
    } else if (this.chance() < 0.3) {
      this.event(thread, PROC_STOP)
      proc.thread = null
      thread.processor = null
    }
  }

  private runs(thread: Thread, go: Go, proc: Proc): void {
    const stack = this.below(STACK_COUNT)
    const waits = this.pick(this.alive.filter(({ state }) => state === WAITING))
    const leaves = (state: number, reason = '') => {
      thread.goroutine = null
      this.is(go, state, reason)
    }
    const what = this.below(14)
    if (go.assists && what < 8) {
      this.event(thread, GC_MARK_ASSIST_END)
      go.assists = false
    } else if (what === 0) {
      const made = this.go(RUNNABLE)
      this.event(thread, GO_CREATE, made.id, 1 + this.below(STACK_COUNT - 1), stack)
      this.alive.push(made)
      this.is(made, RUNNABLE, '', go)
    } else if (what <= 2) {
      const reason = 1 + this.below(4)
      this.event(thread, GO_BLOCK, reason, stack)
      leaves(WAITING, TEXTS[reason])
    } else if (what === 3) {
      this.event(thread, GO_STOP, text('preempted'), stack)
      leaves(RUNNABLE, 'preempted')
    } else if (what <= 5) {
      this.event(thread, GO_SYSCALL_BEGIN, ++proc.sequence, stack)
      this.is(go, SYSCALL)
    } else if (what === 6 && this.alive.length > 2 && !go.inRegion) {
      this.event(thread, GO_DESTROY)
      this.alive.splice(this.alive.indexOf(go), 1)
      leaves(0)
    } else if (what === 7 && waits) this.wakes(thread, waits)
    else if (what === 8) {
      this.event(thread, STW_BEGIN, text('stop-the-world (GC mark termination)'), stack)
      this.event(thread, STW_END)
    } else if (what === 9) {
      this.event(thread, go.inRegion ? USER_REGION_END : USER_REGION_BEGIN, 0, text('round trip'), stack)
      go.inRegion = !go.inRegion
    } else if (what === 10) this.event(thread, USER_LOG, 0, text('key'), text('value'), stack)
    else if (what === 11) {
      const type = this.marks ? GC_END : GC_BEGIN
      this.event(thread, type, ++this.gc, ...(type === GC_BEGIN ? [stack] : []))
      this.marks = !this.marks
    } else if (what === 12 && this.marks && !go.assists) {
      this.event(thread, GC_MARK_ASSIST_BEGIN, stack)
      go.assists = true
    } else if (what === 13 && waits && this.options.version >= 23) {
      this.event(thread, GO_SWITCH, waits.id, ++waits.sequence)
      this.is(waits, RUNNABLE, '', go)
      leaves(WAITING)
      this.is(waits, RUNNING)
      thread.goroutine = waits
    }
  }

  private write(generation: number): void {
    const { version } = this.options
    const batch = (thread: number | bigint, time: number, data: readonly number[]) =>
      this.out.push(EVENT_BATCH, ...[generation, thread, time].flatMap(varint), ...padded(data.length), ...data)
    for (const thread of this.threads) {
      if (thread.bytes.length > 0) batch(thread.id, thread.began, thread.bytes)
      thread.bytes = []
    }
    const frequency = [FREQUENCY, ...varint(1e9)]
    const clock = [CLOCK_SNAPSHOT, ...[0, 5, 1_800_000_000, 7].flatMap(varint)]
    batch(NOBODY, this.now, version >= 25 ? [SYNC, ...frequency, ...clock] : frequency)
    const samples = Array.from({ length: 3 }, () => [
      CPU_SAMPLE,
      ...[this.now - this.below(40), 100, 0, 1, 1].flatMap(varint),
    ])
    batch(NOBODY, this.now, [CPU_SAMPLES, ...samples.flat()])
    if (version >= 23) this.out.push(EXPERIMENTAL_BATCH, 1, ...[generation, 1, this.now, 2].flatMap(varint), 0, 0)
    const stacks = Array.from({ length: STACK_COUNT - 1 }, (_, i) => {
      const frame = (at: number) => [
        0x1000 + at,
        text(at === 0 ? 'main.main' : 'main.work'),
        text('/src/main.go'),
        at + 1,
      ]
      return [STACK, ...[i + 1, 2, ...frame(i + 1), ...frame(0)].flatMap(varint)]
    })
    batch(NOBODY, this.now, [STACKS, ...stacks.flat()])
    const strings = TEXTS.slice(1).map((said, i) => {
      const bytes = new TextEncoder().encode(said)
      return [STRING, ...varint(i + 1), ...varint(bytes.length), ...bytes]
    })
    batch(NOBODY, this.now, [STRINGS, ...strings.flat()])
    if (version >= 26) this.out.push(END_OF_GENERATION)
  }
}

function varint(value: number | bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt(value)
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return [...bytes, Number(rest)]
}

/** As Go writes lengths: in ten bytes, whatever they are. */
const padded = (value: number) => {
  const bytes = varint(value)
  return [...bytes.map((byte) => byte | 128), ...new Array(9 - bytes.length).fill(128), 0]
}
