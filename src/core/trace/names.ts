/** Texts and stacks of a trace. Each generation has numbers of its own for them; rows here are those of the whole trace. */
import { IntColumn } from '../model/columns.ts'
import type { Generation } from './container.ts'
import { CPU_SAMPLE, STACK, STRING } from './events.ts'
import { Numbers } from './numbers.ts'
import { damaged } from './trace-error.ts'

const MOST_TEXT = 1024
const MOST_FRAMES = 128

export interface Frame {
  /** Address, 0 = none. */
  pc: number
  /** Rows of texts. */
  func: number
  file: number
  line: number
}

export interface CpuSample {
  /** In units of the trace's clock. */
  time: number
  processor: number
  /** Id, 0 = none. */
  goroutine: number
  /** As the generation numbers it. */
  stack: number
}

const utf8 = new TextDecoder()

export class Names {
  /** Row 0 is the empty text. */
  readonly texts: string[] = ['']
  readonly frames: Frame[] = []
  /** Row 0 is the stack without frames. Frames of row i: stackFrame[stackStart[i], stackStart[i + 1]), leaf first. */
  readonly stackStart = new IntColumn()
  readonly stackFrame = new IntColumn()
  private readonly textRow = new Map<string, number>([['', 0]])
  private readonly frameRow = new Map<string, number>()
  private readonly stackRow = new Map<string, number>([['', 0]])

  constructor() {
    this.stackStart.push(0)
    this.stackStart.push(0)
  }

  text(text: string): number {
    let row = this.textRow.get(text)
    if (row === undefined) {
      row = this.texts.push(text) - 1
      this.textRow.set(text, row)
    }
    return row
  }

  frame(frame: Frame): number {
    const id = `${frame.pc} ${frame.func} ${frame.file} ${frame.line}`
    let row = this.frameRow.get(id)
    if (row === undefined) {
      row = this.frames.push(frame) - 1
      this.frameRow.set(id, row)
    }
    return row
  }

  /** frames: leaf first. */
  stack(frames: readonly number[]): number {
    const id = frames.join()
    let row = this.stackRow.get(id)
    if (row === undefined) {
      row = this.stackStart.length - 1
      this.stackRow.set(id, row)
      for (const frame of frames) this.stackFrame.push(frame)
      this.stackStart.push(this.stackFrame.length)
    }
    return row
  }
}

/** Rows by the numbers that one generation gives them. */
class Rows {
  private dense = new Int32Array(1024)
  private readonly sparse = new Map<number, number>()

  /** -1 = the generation does not have it. 0 is always there: the empty one. */
  get(id: number): number {
    if (id < this.dense.length) return this.dense[id] - 1
    return this.sparse.get(id) ?? -1
  }

  set(id: number, row: number): boolean {
    if (this.get(id) >= 0) return false
    // Go counts them up; numbers far off are rare.
    if (id >= this.dense.length && id < this.dense.length * 4) {
      const grown = new Int32Array(Math.max(id + 1, this.dense.length * 2))
      grown.set(this.dense)
      this.dense = grown
    }
    if (id < this.dense.length) this.dense[id] = row + 1
    else this.sparse.set(id, row)
    return true
  }
}

/** What the numbers of one generation mean. Throws a TraceError where tables are damaged. */
export class GenerationNames {
  private readonly texts = new Rows()
  private readonly stacks = new Rows()

  constructor(
    { strings, stacks }: Pick<Generation, 'strings' | 'stacks'>,
    private readonly names: Names,
  ) {
    this.texts.set(0, 0)
    this.stacks.set(0, 0)
    const read = new Numbers()
    for (const batch of strings) this.readTexts(batch, read)
    const frameOf = new Map<number, number>()
    for (const batch of stacks) this.readStacks(batch, read, frameOf)
  }

  /** Whether the generation has it: 't' a text, 's' a stack; of other numbers there is nothing to have. */
  has(is: string, id: number): boolean {
    return is === 't' ? this.texts.get(id) >= 0 : is !== 's' || this.stacks.get(id) >= 0
  }

  /** Row of the text with this number. Throws a TraceError where there is none. */
  text(id: number): number {
    const row = this.texts.get(id)
    if (row < 0) throw damaged(`An event names text ${id}, which its generation does not have.`)
    return row
  }

  stack(id: number): number {
    const row = this.stacks.get(id)
    if (row < 0) throw damaged(`An event names stack ${id}, which its generation does not have.`)
    return row
  }

  private readTexts(batch: Uint8Array, read: Numbers): void {
    read.open(batch, 1, batch.length)
    while (read.pos < read.end) {
      if (read.byte() !== STRING) throw damaged('Among texts is something else.')
      const id = read.next()
      const length = read.next()
      const end = read.pos + length
      if (length > MOST_TEXT || end > read.end) throw damaged(`A text claims ${length} bytes.`)
      const text = this.names.text(utf8.decode(batch.subarray(read.pos, end)))
      if (!this.texts.set(id, text)) throw damaged(`Two texts have the number ${id}.`)
      read.pos = end
    }
  }

  /** As in Go, the first frame of an address is that of all with it. */
  private readStacks(batch: Uint8Array, read: Numbers, frameOf: Map<number, number>): void {
    const frames: number[] = []
    read.open(batch, 1, batch.length)
    while (read.pos < read.end) {
      if (read.byte() !== STACK) throw damaged('Among stacks is something else.')
      const id = read.next()
      const count = read.next()
      if (count > MOST_FRAMES) throw damaged(`A stack claims ${count} frames.`)
      frames.length = 0
      for (let i = 0; i < count; i++) {
        const pc = read.next()
        const func = read.next()
        const file = read.next()
        const line = read.next()
        let row = frameOf.get(pc)
        if (row === undefined) {
          row = this.names.frame({ pc, func: this.text(func), file: this.text(file), line })
          frameOf.set(pc, row)
        }
        frames.push(row)
      }
      if (!this.stacks.set(id, this.names.stack(frames))) throw damaged(`Two stacks have the number ${id}.`)
    }
  }
}

/** CPU samples of a generation by their time. */
export function cpuSamplesOf(batches: readonly Uint8Array[]): CpuSample[] {
  const samples: CpuSample[] = []
  const read = new Numbers()
  for (const batch of batches) {
    read.open(batch, 1, batch.length)
    while (read.pos < read.end) {
      if (read.byte() !== CPU_SAMPLE) throw damaged('Among CPU samples is something else.')
      const time = read.next()
      read.next()
      samples.push({ time, processor: read.next(), goroutine: read.next(), stack: read.next() })
    }
  }
  return samples.sort((a, b) => a.time - b.time)
}
