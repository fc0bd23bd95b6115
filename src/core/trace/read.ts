/**
 * Bytes of an execution trace → tables. One generation is in memory at a time, besides the tables. As in Go's reader,
 * events of the threads are merged by their times, as far as their sequence numbers agree.
 */
import { type Kept, TraceBuilder } from './builder.ts'
import { type Batch, Container, type Generation } from './container.ts'
import type { PendingEvent } from './event.ts'
import { NUMBERS, SHAPES } from './events.ts'
import { cpuSamplesOf, GenerationNames, type Names } from './names.ts'
import { Numbers } from './numbers.ts'
import type { ThreadState } from './run-state.ts'
import { Scheduler } from './scheduler.ts'
import type { Missing, Trace } from './trace.ts'
import { damaged, TraceError } from './trace-error.ts'

export interface TraceLimits {
  /** Intervals of goroutines; each takes 37 bytes. */
  intervals: number
}

export const LIMITS: TraceLimits = { intervals: 24_000_000 }

/** Takes a trace piece by piece. What is whole of a cut or damaged one is read; nothing of it: a TraceError. */
export class TraceReader {
  private readonly out: TraceBuilder
  private readonly scheduler: Scheduler
  private readonly container = new Container((generation, isLast) => this.generation(generation, isLast))
  /** Bytes that came, and those of them in generations that were read. */
  private came = 0
  private read = 0
  private missing: Missing | null = null
  /** Events excluded each other: what comes later cannot be told either. */
  private isBroken = false

  /**
   * kept: only what happened between two times since the first event; null = all of it. The rest is read all the same:
   * what was so before tells what goes on, and what comes behind tells what ended. Counts are of all events.
   */
  constructor(
    private readonly limits = LIMITS,
    kept: Kept | null = null,
  ) {
    this.out = new TraceBuilder(kept)
    this.scheduler = new Scheduler(this.out)
  }

  /** Throws a TraceError for what is no trace, or one of an old format. What comes behind the limit is counted alone. */
  feed(piece: Uint8Array): void {
    this.came += piece.length
    if (!this.missing) this.guard(() => this.container.feed(piece))
  }

  finish(): Trace {
    const { container, out } = this
    let isWhole = true
    if (this.missing?.why !== 'too-large')
      this.guard(() => {
        isWhole = container.finish()
      })
    if (!isWhole && !this.missing)
      this.missing = { why: 'cut', says: 'The file ends within a generation.', bytes: container.begun }
    // Nothing of a program is in a trace without goroutines.
    if (out.generations === 0 || (this.missing && out.goroutines.length === 0)) {
      const { missing } = this
      if (missing?.why === 'damaged') throw new TraceError('damaged', missing.says)
      throw new TraceError(
        'cut',
        'The trace ends before its first generation is whole: it was cut off, or tracing was never stopped.',
      )
    }
    if (this.missing) this.missing.bytes = Math.max(0, this.came - this.read)
    return out.finish(container.version, container.skipped, this.missing)
  }

  private guard(run: () => void): void {
    try {
      run()
    } catch (error) {
      if (!(error instanceof TraceError)) throw error
      const { code, message } = error
      if (code === 'old' || code === 'not-a-trace') throw error
      this.missing ??= { why: code, says: message, bytes: 0 }
    }
  }

  private generation(generation: Generation, isLast: boolean): void {
    if (this.isBroken) return
    this.isBroken = true
    // The header.
    if (this.read === 0) this.read = 16
    const names = isLast ? lastNames(generation, this.out.names) : new GenerationNames(generation, this.out.names)
    if (generation.nsPerUnit === 0) throw damaged('A generation does not say how fast its clock is.')
    if (this.out.generations === 0 && generation.clock) {
      const { clock, nsPerUnit, firstTime } = generation
      this.out.wallMs = clock.wallMs - ((clock.time - firstTime) * nsPerUnit) / 1e6
    }
    this.out.synced(nanoseconds(generation.firstTime, generation.nsPerUnit))
    this.scheduler.begin(generation.number, names)
    this.out.generations++
    this.merge(generation, names)
    this.read += generation.bytes
    this.isBroken = false
  }

  private merge({ batches, samples, nsPerUnit }: Generation, names: GenerationNames): void {
    const { out, scheduler, limits } = this
    const cursors = new Frontier()
    for (const [thread, list] of batches) {
      const cursor = new Cursor(scheduler.thread(thread), list, nsPerUnit)
      if (cursor.advance()) cursors.add(cursor)
    }
    const cpu = cpuSamplesOf(samples)
    let next = 0
    const accepts = (cursor: Cursor) => scheduler.take(cursor, cursor.thread)
    while (cursors.length > 0 || next < cpu.length) {
      const sample = cpu[next]
      const time = sample ? nanoseconds(sample.time, nsPerUnit) : 0
      if (sample && (cursors.length === 0 || time < cursors.first.time)) {
        const stack = names.stack(sample.stack)
        out.at(time)
        out.sample(sample.goroutine, sample.processor, stack)
        next++
        continue
      }
      if (!cursors.take(accepts)) throw damaged('Events exclude each other: no thread can go on.')
      if (out.length > limits.intervals)
        throw new TraceError(
          'too-large',
          `The trace has more than ${limits.intervals} intervals of goroutines. A part of its time can be read: hotzone trace FILE -from=TIME -to=TIME.`,
        )
    }
  }
}

/** Before Go 1.26 only the end of the file says that a generation has ended: it is whole where all that it names is there. */
function lastNames(generation: Generation, names: Names): GenerationNames {
  const cut = new TraceError('cut', 'The file ends within a generation.')
  let found: GenerationNames
  try {
    found = new GenerationNames(generation, names)
  } catch (error) {
    throw error instanceof TraceError ? cut : error
  }
  if (generation.nsPerUnit === 0 || !hasNames(generation, found)) throw cut
  return found
}

/** As Go's reader counts: to whole nanoseconds, times of events by adding up. */
const nanoseconds = (units: number, nsPerUnit: number) => Math.trunc(units * nsPerUnit)

/** Events of one thread of a generation, of which it is at one. */
class Cursor implements PendingEvent {
  type = 0
  time = 0
  a = 0
  b = 0
  c = 0
  d = 0
  private index = 0
  private readonly in = new Numbers()

  constructor(
    readonly thread: ThreadState,
    private readonly batches: readonly Batch[],
    private readonly nsPerUnit: number,
  ) {}

  /** Goes to the next event; false where there is none. */
  advance(): boolean {
    const { in: read } = this
    while (read.pos === read.end) {
      const batch = this.batches[this.index++]
      if (!batch) return false
      read.open(batch.data, 0, batch.data.length)
      this.time = nanoseconds(batch.time, this.nsPerUnit)
    }
    const type = read.byte()
    const count = NUMBERS[type]
    if (count < 0) throw damaged(`No event has the type ${type}.`)
    this.type = type
    this.time += nanoseconds(read.next(), this.nsPerUnit)
    if (count > 0) this.a = read.next()
    if (count > 1) this.b = read.next()
    if (count > 2) this.c = read.next()
    if (count > 3) this.d = read.next()
    return true
  }
}

/** Cursors as a heap by time, which among equals gives the same one as that of Go's reader. */
class Frontier {
  private readonly heap: Cursor[] = []

  get length(): number {
    return this.heap.length
  }

  get first(): Cursor {
    return this.heap[0]
  }

  add(cursor: Cursor): void {
    this.heap.push(cursor)
    this.up(this.heap.length - 1)
  }

  /** Offers cursors by their times until one is taken, which goes on to its next event. False = none was. */
  take(accepts: (cursor: Cursor) => boolean): boolean {
    const { heap } = this
    if (accepts(heap[0])) {
      this.proceed(0)
      return true
    }
    heap.sort((a, b) => a.time - b.time)
    for (let i = 1; i < heap.length; i++) {
      if (accepts(heap[i])) {
        this.proceed(i)
        return true
      }
    }
    return false
  }

  private proceed(i: number): void {
    if (!this.heap[i].advance()) this.remove(i)
    else if (this.up(i) === i) this.down(i)
  }

  private remove(i: number): void {
    const { heap } = this
    for (let at = i; at > 0; at = (at - 1) >> 1) this.swap(at, (at - 1) >> 1)
    this.swap(0, heap.length - 1)
    heap.pop()
    this.down(0)
  }

  private up(i: number): number {
    const { heap } = this
    let at = i
    for (let above = (at - 1) >> 1; at > 0 && heap[above].time > heap[at].time; above = (at - 1) >> 1) {
      this.swap(at, above)
      at = above
    }
    return at
  }

  private down(i: number): void {
    const { heap } = this
    for (let at = i; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && heap[child].time < heap[least].time) least = child
      if (least === at) return
      this.swap(at, least)
      at = least
    }
  }

  private swap(i: number, j: number): void {
    const { heap } = this
    const cursor = heap[i]
    heap[i] = heap[j]
    heap[j] = cursor
  }
}

/** Whether there is every text and stack that events of the generation name. */
function hasNames({ batches }: Generation, names: GenerationNames): boolean {
  const read = new Numbers()
  for (const list of batches.values()) {
    for (const { data } of list) {
      read.open(data, 0, data.length)
      while (read.pos < read.end) {
        const type = read.byte()
        const shape = SHAPES[type]
        if (shape === null) throw damaged(`No event has the type ${type}.`)
        read.next()
        for (const is of shape) if (!names.has(is, read.next())) return false
      }
    }
  }
  return true
}
