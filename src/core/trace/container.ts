/**
 * The container of execution traces since Go 1.22: a header, then batches. Batches of one generation lie together; each
 * holds events of one thread, or texts, stacks, CPU samples, clocks of the generation.
 */
import {
  CLOCK_SNAPSHOT,
  CPU_SAMPLES,
  END_OF_GENERATION,
  EVENT_BATCH,
  EXPERIMENTAL_BATCH,
  FREQUENCY,
  STACKS,
  STRINGS,
  SYNC,
} from './events.ts'
import { FIRST_VERSION, HEAD, traceVersion } from './head.ts'
import { Numbers } from './numbers.ts'
import { damaged, TraceError } from './trace-error.ts'

/** What Go writes at most; more is damage. */
const MOST_BATCH = 65_536
/** Batches of one generation wait in memory until it is whole. Go ends one each second. */
const MOST_GENERATION = 1 << 30
/** Of batches that belong to no thread. */
export const NO_THREAD = -1
/** The first version whose generations say where they end. */
const SAYS_END = 26
/** The first version whose clocks come in a batch of their own. */
const SYNCS = 25

export interface Batch {
  /** In units of the trace's clock. */
  time: number
  data: Uint8Array
}

export interface Clock {
  /** In units of the trace's clock. */
  time: number
  /** Since 1970. */
  wallMs: number
}

export interface Generation {
  number: number
  /** By thread, both in the order of the file. */
  batches: Map<number, Batch[]>
  strings: Uint8Array[]
  stacks: Uint8Array[]
  samples: Uint8Array[]
  /** Nanoseconds per unit of the trace's clock, 0 = not said. */
  nsPerUnit: number
  clock: Clock | null
  /** The earliest time of a batch, in units. */
  firstTime: number
  bytes: number
}

/** The NN of "go 1.NN trace", of a version whose container is this one. Throws a TraceError for others. */
export function versionOf(head: Uint8Array): number {
  const version = traceVersion(head)
  if (version === null) throw new TraceError('not-a-trace', 'This is no Go execution trace.')
  if (version < FIRST_VERSION) {
    throw new TraceError(
      'old',
      `This trace is of the format of Go 1.${version}. Traces of Go 1.22 and newer are read; go tool trace reads older ones.`,
    )
  }
  return version
}

/** Takes the bytes as they come, and hands over each generation once it is whole. */
export class Container {
  /** 0 = the header has not come yet. */
  version = 0
  /** Bytes of the generation that is not whole. */
  get begun(): number {
    return this.open.bytes + this.pending.length
  }

  /** Experimental batches that were passed over. */
  skipped = 0
  private pending: Uint8Array = new Uint8Array(0)
  private open = emptyGeneration()
  /** Where in the file `pending` begins. */
  private offset = 0
  private readonly in = new Numbers()

  constructor(private readonly take: (generation: Generation, isLast: boolean) => void) {}

  /** Copies what it keeps. Throws a TraceError at bytes that are no batch. */
  feed(piece: Uint8Array): void {
    const bytes = this.pending.length === 0 ? piece : joined(this.pending, piece)
    let at = 0
    if (this.version === 0) {
      if (bytes.length >= HEAD) {
        this.version = versionOf(bytes)
        at = HEAD
      }
    }
    while (this.version > 0) {
      const next = this.batch(bytes, at)
      if (next < 0) break
      at = next
    }
    this.pending = bytes.slice(at)
    this.offset += at
  }

  /** After the last byte. True when the file ends where a generation may end. */
  finish(): boolean {
    if (this.version === 0) versionOf(this.pending)
    const whole = this.pending.length === 0
    // Before Go 1.26 nothing but the end of the file says so.
    if (this.version < SAYS_END && this.open.number > 0) {
      this.take(this.open, true)
      return whole
    }
    return whole && this.open.bytes === 0
  }

  /** Where the next batch begins, -1 = this one has not come whole. */
  private batch(bytes: Uint8Array, start: number): number {
    const { in: read } = this
    if (start >= bytes.length) return -1
    const type = bytes[start]
    if (type === END_OF_GENERATION && this.version >= SAYS_END) {
      this.endGeneration()
      return start + 1
    }
    if (type !== EVENT_BATCH && type !== EXPERIMENTAL_BATCH) {
      throw damaged(`A batch was expected at byte ${this.offset + start}, not ${type}.`)
    }
    read.open(bytes, start + (type === EXPERIMENTAL_BATCH ? 2 : 1), bytes.length)
    const number = read.maybe()
    const thread = number < 0 ? -1 : read.maybe()
    const time = thread < 0 ? -1 : read.maybe()
    const size = time < 0 ? -1 : read.maybe()
    if (size < 0) return -1
    if (size > MOST_BATCH) throw damaged(`The batch at byte ${this.offset + start} claims ${size} bytes.`)
    const end = read.pos + size
    if (end > bytes.length) return -1
    this.begin(number)
    if (type === EXPERIMENTAL_BATCH) this.skipped++
    else this.sort(thread >= 2 ** 53 ? NO_THREAD : thread, { time, data: bytes.slice(read.pos, end) })
    this.open.bytes += end - start
    if (this.open.bytes > MOST_GENERATION)
      throw new TraceError('too-large', 'One generation of this trace takes more than 1 GiB.')
    return end
  }

  private begin(number: number): void {
    const { open } = this
    if (number === 0) throw damaged('A generation has the number 0.')
    if (open.number !== 0 && number !== open.number) {
      const follows = number === open.number + 1 && this.version < SAYS_END
      if (!follows) throw damaged(`Batches of generation ${number} lie among those of generation ${open.number}.`)
      this.endGeneration()
    }
    this.open.number = number
  }

  private endGeneration(): void {
    const { open } = this
    this.open = emptyGeneration()
    if (open.number > 0) this.take(open, false)
  }

  private sort(thread: number, batch: Batch): void {
    const { open } = this
    const { data } = batch
    if (open.firstTime === 0 || batch.time < open.firstTime) open.firstTime = batch.time
    const type = data[0]
    if (type === STRINGS) open.strings.push(data)
    else if (type === STACKS) open.stacks.push(data)
    else if (type === CPU_SAMPLES) open.samples.push(data)
    else if (type === (this.version >= SYNCS ? SYNC : FREQUENCY)) this.clocks(batch)
    else {
      const list = open.batches.get(thread)
      if (list) list.push(batch)
      else open.batches.set(thread, [batch])
    }
  }

  private clocks({ time, data }: Batch): void {
    const { open, in: read } = this
    read.open(data, data[0] === SYNC ? 1 : 0, data.length)
    let now = time
    while (read.pos < data.length) {
      const type = read.byte()
      if (type === FREQUENCY && open.nsPerUnit === 0) open.nsPerUnit = 1 / (read.next() / 1e9)
      else if (type === CLOCK_SNAPSHOT && open.clock === null) {
        now += read.next()
        read.next()
        const seconds = read.next()
        open.clock = { time: now, wallMs: seconds * 1000 + read.next() / 1e6 }
      } else throw damaged(`Clocks have an event of type ${type}.`)
    }
    if (!(open.nsPerUnit > 0 && open.nsPerUnit < Infinity)) throw damaged('The clock of the trace stands still.')
  }
}

const emptyGeneration = (): Generation => ({
  number: 0,
  batches: new Map(),
  strings: [],
  stacks: [],
  samples: [],
  nsPerUnit: 0,
  clock: null,
  firstTime: 0,
  bytes: 0,
})

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
