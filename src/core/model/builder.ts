/**
 * Makes a Profile row by row: for text formats and tests. Functions, locations and samples that are equal are
 * kept once; equal samples (same stack, same labels) are added up.
 */
import { DoubleColumn, IntColumn, WordColumn } from './columns.ts'
import { mappingKey } from './mapping-key.ts'
import type { FunctionTable, LocationTable, Mapping, Profile, ProfileMeta, ValueType } from './profile.ts'
import { depthFirst } from './stack-order.ts'
import { StackTrie } from './stack-trie.ts'
import { packStrings, Strings } from './strings.ts'
import { symbolsOf } from './symbols.ts'

/** A whole number of up to 64 bits; those that a double holds may come as one. */
export type Whole = number | bigint

export interface BuiltFrame {
  /** Row that func() gave. */
  func: number
  line: number
  column?: number
}

export interface BuiltFunction {
  name: string
  file: string
  startLine?: number
  /** When it is not `name`; of a stand-in, when there is one. */
  systemName?: string
  /** See FunctionTable.standIn. */
  standIn?: number
}

export interface BuiltLabel {
  key: string
  /** Empty text and a number: numeric label. */
  str: string
  num: Whole
  unit: string
}

export type BuiltMapping = Partial<Omit<Mapping, 'id' | 'start' | 'limit' | 'offset'>> & {
  start?: Whole
  limit?: Whole
  offset?: Whole
}

export type BuiltMeta = Partial<Omit<ProfileMeta, 'timeNs' | 'durationNs' | 'period' | 'mappings'>> & {
  timeNs?: Whole
  durationNs?: Whole
  period?: Whole
}

const whole = (value: Whole = 0) => BigInt.asIntN(64, typeof value === 'bigint' ? value : BigInt(Math.round(value)))
const unsigned = (value: Whole = 0) => BigInt.asUintN(64, whole(value))

export class ProfileBuilder {
  private readonly texts: string[] = ['']
  private readonly textRow = new Map<string, number>([['', 0]])
  private readonly funcRow = new Map<string, number>()
  private readonly funcName = new IntColumn()
  private readonly funcSystemName = new IntColumn()
  private readonly funcStandIn = new IntColumn()
  private readonly funcFile = new IntColumn()
  private readonly funcStart = new IntColumn()
  private readonly mappings: Mapping[] = []
  private readonly mappingRow = new Map<string, number>()
  private readonly locationRow = new Map<string, number>()
  private readonly frameStart = new IntColumn()
  private readonly frameFunc = new IntColumn()
  private readonly frameLine = new IntColumn()
  private readonly frameColumn = new IntColumn()
  private readonly mapping = new IntColumn()
  private readonly address = new WordColumn()
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
    return this.funcOf({ name, file, startLine })
  }

  funcOf({ name, file, startLine = 0, standIn = 0, systemName = standIn === 0 ? name : '' }: BuiltFunction): number {
    const id = [name, file, startLine, systemName, standIn].join('\0')
    let row = this.funcRow.get(id)
    if (row === undefined) {
      row = this.funcName.length
      this.funcRow.set(id, row)
      this.funcName.push(this.text(name))
      this.funcSystemName.push(this.text(systemName))
      this.funcStandIn.push(standIn)
      this.funcFile.push(this.text(file))
      this.funcStart.push(startLine)
    }
    return row
  }

  /** Row of a mapping; the same binary is the same mapping wherever it was loaded. */
  binary({ start, limit, offset, file = '', buildId = '', ...has }: BuiltMapping): number {
    const said = { start: unsigned(start), limit: unsigned(limit), offset: unsigned(offset), file, buildId }
    const id = mappingKey(said)
    let row = this.mappingRow.get(id)
    if (row === undefined) {
      row = this.mappings.length
      this.mappingRow.set(id, row)
      this.mappings.push({
        id: BigInt(row + 1),
        ...said,
        hasFunctions: has.hasFunctions ?? false,
        hasFilenames: has.hasFilenames ?? false,
        hasLineNumbers: has.hasLineNumbers ?? false,
        hasInlineFrames: has.hasInlineFrames ?? false,
      })
    }
    return row
  }

  /** frames: outermost first; there is at least one. binary: -1 = none. */
  location(frames: readonly BuiltFrame[], binary = -1, address: Whole = 0): number {
    const at = unsigned(address)
    const lines = frames.map(({ func, line, column = 0 }) => `${func}:${line}:${column}`)
    const id = `${binary} ${at} ${lines.join()}`
    let row = this.locationRow.get(id)
    if (row === undefined) {
      row = this.mapping.length
      this.locationRow.set(id, row)
      for (const { func, line, column = 0 } of frames) {
        this.frameFunc.push(func)
        this.frameLine.push(line)
        this.frameColumn.push(column)
      }
      this.frameStart.push(this.frameFunc.length)
      this.mapping.push(binary)
      this.address.push(Number(BigInt.asIntN(32, at)), Number(BigInt.asIntN(32, at >> 32n)))
    }
    return row
  }

  /** stack: locations, leaf first. */
  sample(stack: readonly number[], values: readonly number[], labels: readonly BuiltLabel[] = []): void {
    if (stack.length > this.scratch.length) this.scratch = new Int32Array(stack.length * 2)
    for (let i = 0; i < stack.length; i++) this.scratch[i] = stack[i]
    const row = this.trie.insert(this.scratch, stack.length)
    const sorted = labels.length > 1 ? labels.toSorted(byKey) : labels
    const id = sorted.length === 0 ? `${row}` : `${row} ${JSON.stringify(sorted.map(labelId))}`
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
  finish(meta: BuiltMeta = {}, defaultSampleType = this.sampleTypes.length - 1): Profile {
    const labels = this.labelTable()
    const strings = new Strings(packStrings(this.texts))
    const { stacks, stack } = depthFirst(this.trie.finish(), this.sampleStack.finish())
    return {
      sampleTypes: [...this.sampleTypes],
      defaultSampleType,
      strings,
      functions: this.functionTable(strings),
      frames: {
        length: this.frameFunc.length,
        func: this.frameFunc.finish(),
        line: this.frameLine.finish(),
        ...(this.frameColumn.finish().some(isSet) ? { column: this.frameColumn.finish() } : {}),
      },
      locations: this.locationTable(),
      stacks,
      samples: {
        length: this.sampleStack.length,
        stack,
        value: this.values.map((column) => column.finish()),
        labels,
      },
      meta: {
        periodType: null,
        comments: [],
        docUrl: '',
        defaultType: defaultSampleType === this.sampleTypes.length - 1 ? '' : this.sampleTypes[defaultSampleType].type,
        dropFrames: '',
        keepFrames: '',
        notes: [],
        ...meta,
        timeNs: whole(meta.timeNs),
        durationNs: whole(meta.durationNs),
        period: whole(meta.period),
        mappings: this.mappings,
      },
    }
  }

  private functionTable(strings: Strings): FunctionTable {
    const name = this.funcName.finish()
    const systemName = this.funcSystemName.finish()
    const standIn = this.funcStandIn.finish()
    return {
      length: name.length,
      name,
      file: this.funcFile.finish(),
      startLine: this.funcStart.finish(),
      ...symbolsOf(strings, name),
      ...(systemName.some((s, f) => s !== (standIn[f] === 0 ? name[f] : 0)) ? { systemName } : {}),
      ...(standIn.some(isSet) ? { standIn: Uint8Array.from(standIn) } : {}),
    }
  }

  private locationTable(): LocationTable {
    return {
      length: this.mapping.length,
      frameStart: this.frameStart.finish(),
      mapping: this.mapping.finish(),
      address: this.address.finish(),
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
    const wide = new Map(all.flatMap(({ num }, l) => (typeof num === 'bigint' && !isDouble(num) ? [[l, num]] : [])))
    return {
      start,
      key: Int32Array.from(all, (l) => this.text(l.key)),
      str: Int32Array.from(all, (l) => this.text(l.str)),
      num: Float64Array.from(all, (l) => Number(l.num)),
      unit: Int32Array.from(all, (l) => this.text(l.unit)),
      ...(wide.size > 0 ? { wide } : {}),
    }
  }
}

const labelId = ({ key, str, num, unit }: BuiltLabel) => [key, str, String(num), unit]
const isSet = (value: number) => value !== 0
const isDouble = (value: bigint) => BigInt(Number(value)) === value

/** By key, texts before numbers, as pprof tells samples apart; several values of one key keep their order. */
function byKey(a: BuiltLabel, b: BuiltLabel): number {
  return Number(a.str === '') - Number(b.str === '') || compare(a.key, b.key)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
