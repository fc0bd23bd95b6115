/**
 * Makes a Profile row by row: for text formats, merges and tests. Functions, locations and samples that are equal are
 * kept once; equal samples (same stack, same labels) are added up.
 */
import { DoubleColumn, IntColumn } from './columns.ts'
import type { Mapping, Profile, ProfileMeta, ValueType } from './profile.ts'
import { depthFirst } from './stack-order.ts'
import { StackTrie } from './stack-trie.ts'
import { packStrings, Strings } from './strings.ts'
import { symbolsOf } from './symbols.ts'

export interface BuiltFrame {
  /** Row that func() gave. */
  func: number
  line: number
}

export interface BuiltLabel {
  key: string
  /** Empty text and a number: numeric label. */
  str: string
  num: number
  unit: string
}

const noMeta: ProfileMeta = {
  timeNs: 0,
  durationNs: 0,
  period: 0,
  periodType: null,
  comments: [],
  docUrl: '',
  mappings: [],
  notes: [],
}

export class ProfileBuilder {
  private readonly texts: string[] = ['']
  private readonly textRow = new Map<string, number>([['', 0]])
  private readonly funcRow = new Map<string, number>()
  private readonly funcName = new IntColumn()
  private readonly funcFile = new IntColumn()
  private readonly funcStart = new IntColumn()
  private readonly mappings: Mapping[] = []
  private readonly locationRow = new Map<string, number>()
  private readonly frameStart = new IntColumn()
  private readonly frameFunc = new IntColumn()
  private readonly frameLine = new IntColumn()
  private readonly mapping = new IntColumn()
  private readonly address = new DoubleColumn()
  private readonly trie: StackTrie
  private readonly sampleRow = new Map<string, number>()
  private readonly sampleStack = new IntColumn()
  private readonly values: DoubleColumn[]
  private readonly labels: BuiltLabel[][] = []
  private scratch = new Int32Array(256)

  /** seed: see StackTrie. */
  constructor(
    private readonly sampleTypes: readonly ValueType[],
    seed = 0,
  ) {
    this.trie = new StackTrie(seed)
    this.values = sampleTypes.map(() => new DoubleColumn())
    this.frameStart.push(0)
  }

  func(name: string, file: string, startLine = 0): number {
    const id = `${name}\0${file}\0${startLine}`
    let row = this.funcRow.get(id)
    if (row === undefined) {
      row = this.funcName.length
      this.funcRow.set(id, row)
      this.funcName.push(this.text(name))
      this.funcFile.push(this.text(file))
      this.funcStart.push(startLine)
    }
    return row
  }

  /** Row of a mapping; the same binary is the same mapping wherever it was loaded. */
  binary(mapping: Mapping): number {
    const size = Math.ceil((mapping.limit - mapping.start) / 4096)
    const same = this.mappings.findIndex(
      (m) =>
        (m.buildId || m.file) === (mapping.buildId || mapping.file) && Math.ceil((m.limit - m.start) / 4096) === size,
    )
    return same >= 0 ? same : this.mappings.push(mapping) - 1
  }

  startOf(binary: number): number {
    return (this.mappings[binary] as Mapping).start
  }

  /** frames: outermost first; there is at least one. binary: -1 = none. */
  location(frames: readonly BuiltFrame[], binary = -1, address = 0): number {
    const id = `${binary} ${address} ${frames.map((f) => `${f.func}:${f.line}`).join()}`
    let row = this.locationRow.get(id)
    if (row === undefined) {
      row = this.mapping.length
      this.locationRow.set(id, row)
      for (const { func, line } of frames) {
        this.frameFunc.push(func)
        this.frameLine.push(line)
      }
      this.frameStart.push(this.frameFunc.length)
      this.mapping.push(binary)
      this.address.push(address)
    }
    return row
  }

  /** stack: locations, leaf first. */
  sample(stack: readonly number[], values: readonly number[], labels: readonly BuiltLabel[] = []): void {
    if (stack.length > this.scratch.length) this.scratch = new Int32Array(stack.length * 2)
    for (let i = 0; i < stack.length; i++) this.scratch[i] = stack[i]
    const row = this.trie.insert(this.scratch, stack.length)
    const sorted = labels.length > 1 ? [...labels].sort(byLabel) : labels
    const id = sorted.length === 0 ? `${row}` : `${row} ${JSON.stringify(sorted)}`
    let at = this.sampleRow.get(id)
    if (at === undefined) {
      at = this.sampleStack.length
      this.sampleRow.set(id, at)
      this.sampleStack.push(row)
      this.labels.push([...sorted])
      for (const column of this.values) column.push(0)
    }
    for (let t = 0; t < values.length; t++) this.values[t].data[at] += values[t]
  }

  /** The profile; the builder is spent. defaultSampleType: the last one unless said. */
  finish(meta: Partial<ProfileMeta> = {}, defaultSampleType = this.sampleTypes.length - 1): Profile {
    const labels = this.labelTable()
    const strings = new Strings(packStrings(this.texts))
    const name = this.funcName.finish()
    const { stacks, stack } = depthFirst(this.trie.finish(), this.sampleStack.finish())
    return {
      sampleTypes: [...this.sampleTypes],
      defaultSampleType,
      strings,
      functions: {
        length: name.length,
        name,
        file: this.funcFile.finish(),
        startLine: this.funcStart.finish(),
        ...symbolsOf(strings, name),
      },
      frames: { length: this.frameFunc.length, func: this.frameFunc.finish(), line: this.frameLine.finish() },
      locations: {
        length: this.mapping.length,
        frameStart: this.frameStart.finish(),
        mapping: this.mapping.finish(),
        address: this.address.finish(),
      },
      stacks,
      samples: {
        length: this.sampleStack.length,
        stack,
        value: this.values.map((column) => column.finish()),
        labels,
      },
      meta: { ...noMeta, ...meta, mappings: this.mappings },
    }
  }

  private text(text: string): number {
    let row = this.textRow.get(text)
    if (row === undefined) {
      row = this.texts.push(text) - 1
      this.textRow.set(text, row)
    }
    return row
  }

  private labelTable(): Profile['samples']['labels'] {
    const all = this.labels.flat()
    if (all.length === 0) return null
    const start = new Int32Array(this.labels.length + 1)
    this.labels.forEach((list, s) => {
      start[s + 1] = start[s] + list.length
    })
    return {
      start,
      key: Int32Array.from(all, (l) => this.text(l.key)),
      str: Int32Array.from(all, (l) => this.text(l.str)),
      num: Float64Array.from(all, (l) => l.num),
      unit: Int32Array.from(all, (l) => this.text(l.unit)),
    }
  }
}

function byLabel(a: BuiltLabel, b: BuiltLabel): number {
  return compare(a.key, b.key) || compare(a.str, b.str) || a.num - b.num || compare(a.unit, b.unit)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
