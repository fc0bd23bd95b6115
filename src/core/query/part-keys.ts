/**
 * Keys that are put together from parts: name, file, line, column and address, as far as the granularity asks for them.
 * Each is named as pprof prints it (graph.NodeInfo.PrintableName).
 */
import { halvesOf, IntColumn } from '../model/columns.ts'
import { namelessIn } from '../model/nameless.ts'
import type { Profile } from '../model/profile.ts'
import { Strings } from '../model/strings.ts'
import { cleanFiles, fileNames } from './file-names.ts'
import type { FoldedNames } from './folded-names.ts'
import type { Keyed, KeySpec, KeyTable } from './key-table.ts'
import { isNameless } from './name-filter.ts'
import { NameWriter } from './name-writer.ts'

const SPACE = 0x20
const COLON = 0x3a

/** Which parts make a key; a part that does not count is 0 for all frames. */
export function partKeys(profile: Profile, names: FoldedNames, spec: KeySpec): Keyed {
  const { frames, functions, locations } = profile
  const { granularity } = spec
  const withName = granularity !== 'files'
  const withFile = granularity !== 'functions'
  const withLine = granularity === 'lines' || granularity === 'addresses'
  // pprof takes a frame at an address as it is, unless it looks for inlined calls.
  const withColumn = spec.showColumns || (granularity === 'addresses' && !spec.noInlines)
  const pathOf = fileNames(spec)
  const file = withFile ? cleanFiles(profile, pathOf) : null
  const address = granularity === 'addresses' ? halvesOf(locations.address) : null
  const binary = binaryParts(profile)
  const table = new PartTable()
  const frameKey = new Int32Array(frames.length)
  for (let l = 0; l < locations.length; l++) {
    const low = address ? address[l * 2] : 0
    const high = address ? address[l * 2 + 1] : 0
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
      const func = frames.func[f]
      const path = file ? file[functions.file[func]] : 0
      const line = withLine ? frames.line[f] : 0
      const column = line !== 0 && withColumn && frames.column ? frames.column[f] : 0
      let name = withName && !isNameless(profile, func) ? names.of[func] : NO_NAME
      // What has neither name nor place is called by its binary.
      if (name === NO_NAME && path === 0 && line === 0) name = binary(l)
      frameKey[f] = table.row(name, path, line, column, low, high)
    }
  }
  return { frameKey, keys: table.finish(profile, names, pathOf) }
}

/** A part of a key instead of a function row; what is below it is a binary, counted from BINARY downwards. */
const NO_NAME = -1
const BINARY = -2

/** The part that stands for a location's binary: binaries that are printed alike are one. */
function binaryParts(profile: Profile): (location: number) => number {
  const { mappings } = profile.meta
  const parts = new Map<string, number>()
  const known = Array.from({ length: mappings.length + 1 }, (_, i) => {
    const text = binaryName(profile, i - 1)
    const part = parts.get(text) ?? BINARY - i
    parts.set(text, part)
    return part
  })
  return (location) => known[Math.max(-1, profile.locations.mapping[location]) + 1]
}

/** Distinct (name, file, line, column, address in halves), found by open addressing: there are as many as frames. */
export class PartTable {
  private readonly name = new IntColumn(1024)
  private readonly file = new IntColumn(1024)
  private readonly line = new IntColumn(1024)
  private readonly column = new IntColumn(1024)
  private readonly low = new IntColumn(1024)
  private readonly high = new IntColumn(1024)
  private slots = new Int32Array(4096).fill(-1)

  row(name: number, file: number, line: number, column: number, low: number, high: number): number {
    let at = this.slot(name, file, line, column, low, high)
    for (; ; at = (at + 1) & (this.slots.length - 1)) {
      const row = this.slots[at]
      if (row < 0) break
      if (
        this.name.data[row] === name &&
        this.file.data[row] === file &&
        this.line.data[row] === line &&
        this.column.data[row] === column &&
        this.low.data[row] === low &&
        this.high.data[row] === high
      ) {
        return row
      }
    }
    const row = this.name.length
    this.name.push(name)
    this.file.push(file)
    this.line.push(line)
    this.column.push(column)
    this.low.push(low)
    this.high.push(high)
    this.slots[at] = row
    if (row * 2 > this.slots.length) this.grow()
    return row
  }

  private slot(name: number, file: number, line: number, column: number, low: number, high: number): number {
    let h = Math.imul(name, 0x9e3779b1) ^ Math.imul(file, 0x85ebca77) ^ Math.imul(line, 0xc2b2ae3d)
    h ^= Math.imul(low, 0x27d4eb2f) ^ Math.imul(high, 0x165667b1) ^ Math.imul(column, 0x6c8e9cf5)
    h ^= h >>> 15
    return Math.imul(h, 0x2c1b3c6d) & (this.slots.length - 1)
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1)
    const mask = this.slots.length - 1
    for (let row = 0; row < this.name.length; row++) {
      let at = this.slot(
        this.name.data[row],
        this.file.data[row],
        this.line.data[row],
        this.column.data[row],
        this.low.data[row],
        this.high.data[row],
      )
      while (this.slots[at] >= 0) at = (at + 1) & mask
      this.slots[at] = row
    }
  }

  /** Names are put together from the bytes of their parts: a large profile has hundreds of thousands. */
  finish(profile: Profile, names: FoldedNames, pathOf: (path: string) => string): KeyTable {
    const length = this.name.length
    const text = new NameWriter(profile, pathOf)
    const offset = new Uint32Array(length + 1)
    const hash = new Int32Array(length)
    const func = new Int32Array(length)
    const nameOf = names.name ?? profile.functions.name
    for (let k = 0; k < length; k++) {
      const name = this.name.data[k]
      const file = this.file.data[k]
      const line = this.line.data[k]
      const from = text.length
      const low = this.low.data[k]
      const high = this.high.data[k]
      if (low !== 0 || high !== 0) text.text(`${hex(high)}${hex(low)} `)
      if (name >= 0) text.string(names.strings, nameOf[name])
      else if (name <= BINARY) text.text(binaryName(profile, BINARY - name - 1))
      if (name >= 0 && (file > 0 || line !== 0)) text.byte(SPACE)
      if (file > 0) text.file(file)
      if (line !== 0) {
        text.byte(COLON)
        text.number(line)
      }
      if (this.column.data[k] !== 0) {
        text.byte(COLON)
        text.number(this.column.data[k])
      }
      offset[k + 1] = text.length
      hash[k] = text.hashFrom(from)
      func[k] = name >= 0 ? name : -1
    }
    return {
      length,
      strings: new Strings({ bytes: text.finish(), offset }),
      name: Int32Array.from({ length }, (_, k) => k),
      hash,
      perFunction: false,
      func,
      file: this.file.finish(),
      line: this.line.finish(),
      column: this.column.finish(),
    }
  }
}

/** Eight digits of half an address. */
const hex = (half: number) => (half >>> 0).toString(16).padStart(8, '0')

const binaryName = ({ meta }: Profile, mapping: number) => namelessIn(meta.mappings[mapping]?.file ?? '')
