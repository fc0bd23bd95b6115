/**
 * What a box stands for: every frame has a key, and frames of one key are one row, node or box. With functions the
 * keys are the rows of the function table; every other granularity has a table of its own, named as pprof prints it
 * (graph.NodeInfo.PrintableName).
 */
import { halvesOf, IntColumn } from '../model/columns.ts'
import { parseGoName } from '../model/go-name.ts'
import { fnv1a, fold30 } from '../model/name-hash.ts'
import { namelessIn } from '../model/nameless.ts'
import type { Profile } from '../model/profile.ts'
import { pathTrimmer } from '../model/source-path.ts'
import { appendStrings, Strings } from '../model/strings.ts'
import { isNameless } from './name-filter.ts'
import type { QuerySpec } from './query-spec.ts'

export interface KeyTable {
  length: number
  /** Name of key k is strings.get(name[k]). */
  strings: Strings
  name: Int32Array
  /** 30-bit name hash (see name-hash.ts): steps of a CallPath. */
  hash: Int32Array
  /** Keys are function rows: those of one name share the first one's key, which func[k] says. */
  perFunction: boolean
  /** A function of the key, -1 where it stands for a file or a package. */
  func: Int32Array
  /** String (of the profile) with the file, 0 = none; line and column, 0 = none. Only where they are part of the key. */
  file: Int32Array
  line: Int32Array
  column: Int32Array
}

export interface Keyed {
  keys: KeyTable
  /** Key of each frame. */
  frameKey: Int32Array
}

export type KeySpec = Pick<
  QuerySpec,
  'granularity' | 'noInlines' | 'showColumns' | 'trimPath' | 'sourcePath' | 'mergeGenerics' | 'mergeClosures'
>

export function keyFrames(profile: Profile, spec: KeySpec): Keyed {
  const folds = spec.mergeGenerics || spec.mergeClosures
  const symbol = folds ? foldNames(profile, spec) : { strings: profile.strings, of: profile.functions.symbol }
  if (spec.granularity === 'functions' && !folds) return functionKeys(profile)
  if (spec.granularity === 'packages') return packageKeys(profile)
  return partKeys(profile, symbol, spec)
}

function functionKeys(profile: Profile): Keyed {
  const { functions, frames, strings } = profile
  const frameKey = new Int32Array(frames.length)
  for (let f = 0; f < frameKey.length; f++) frameKey[f] = functions.symbol[frames.func[f]]
  const { length, name, hash, symbol } = functions
  const none = new Int32Array(length)
  return {
    frameKey,
    keys: { length, strings, name, hash, perFunction: true, func: symbol, file: none, line: none, column: none },
  }
}

interface FoldedNames {
  strings: Strings
  /** Function row → the row that stands for its name, or for its folded name. */
  of: Int32Array
  /** Name (string of `strings`) of those rows, when it is not the function's own. */
  name?: Int32Array
}

/** "Map[...]" for every instance of Map, "f" for f.func1 and f.func1.2. */
export function foldName(name: string, spec: Pick<KeySpec, 'mergeGenerics' | 'mergeClosures'>): string {
  let text = name
  if (spec.mergeClosures) {
    const { closure } = parseGoName(text)
    if (closure !== '' && text.endsWith(closure)) text = text.slice(0, -closure.length)
  }
  return spec.mergeGenerics ? withoutTypes(text) : text
}

/** Type arguments as "[...]", the way Go's own tracebacks write them. */
function withoutTypes(name: string): string {
  if (!name.includes('[') || name.startsWith('[')) return name
  let out = ''
  let depth = 0
  for (const c of name) {
    if (c === '[' && depth++ === 0) out += '[...]'
    else if (c === ']') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += c
  }
  return out
}

function foldNames(profile: Profile, spec: KeySpec): FoldedNames {
  const { functions, strings } = profile
  const rows = new Map<string, number>()
  const of = new Int32Array(functions.length)
  const name = functions.name.slice()
  const more: string[] = []
  for (let f = 0; f < functions.length; f++) {
    if (functions.symbol[f] !== f) {
      of[f] = of[functions.symbol[f]]
      continue
    }
    const full = strings.get(functions.name[f])
    const folded = foldName(full, spec)
    const row = rows.get(folded) ?? f
    if (row === f) rows.set(folded, f)
    of[f] = row
    if (row === f && folded !== full) {
      name[f] = strings.length + more.length
      more.push(folded)
    }
  }
  return { strings: appendStrings(strings, more), of, name }
}

/** Which parts make a key; a part that does not count is 0 for all frames. */
function partKeys(profile: Profile, names: FoldedNames, spec: KeySpec): Keyed {
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

/** What a file is called: its path without what is cut off, as filepath.Clean writes it. */
export function fileNames({
  trimPath,
  sourcePath,
}: Pick<KeySpec, 'trimPath' | 'sourcePath'>): (path: string) => string {
  const trimmed = pathTrimmer({ trim: trimPath, source: sourcePath })
  return (path) => cleanPath(trimmed(path))
}

/** String index of a file → that of the first file that is called so; strings no file has map to themselves. */
function cleanFiles(profile: Profile, nameOf: (path: string) => string): Int32Array {
  const { functions, strings } = profile
  const clean = new Int32Array(strings.length)
  const byText = new Map<string, number>()
  for (let f = 0; f < functions.length; f++) {
    const file = functions.file[f]
    if (file === 0 || clean[file] !== 0) continue
    const text = nameOf(strings.get(file))
    const first = byText.get(text)
    clean[file] = first ?? file
    if (first === undefined) byText.set(text, file)
  }
  return clean
}

/** filepath.Clean: "a/./b//c/../d" is "a/b/d". */
export function cleanPath(path: string): string {
  if (path === '' || !/\/\.{0,2}\/|\/\.{0,2}$|^\.{1,2}(\/|$)/.test(path)) return path
  const rooted = path.startsWith('/')
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') out.push(part)
    else if (out.length > 0 && out[out.length - 1] !== '..') out.pop()
    else if (!rooted) out.push('..')
  }
  const text = out.join('/')
  return rooted ? `/${text}` : text === '' ? '.' : text
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

const SPACE = 0x20
const COLON = 0x3a
const MINUS = 0x2d
const ZERO = 0x30

/** UTF-8 that grows at its end. */
class NameWriter {
  length = 0
  private bytes = new Uint8Array(1 << 16)
  private readonly encoder = new TextEncoder()
  /** By string: where the cleaned path of a file was written, and its length. */
  private readonly fileAt: Float64Array
  private readonly fileLength: Int32Array

  constructor(
    private readonly profile: Profile,
    private readonly pathOf: (path: string) => string,
  ) {
    this.fileAt = new Float64Array(profile.strings.length).fill(-1)
    this.fileLength = new Int32Array(profile.strings.length)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  text(text: string): void {
    const bytes = this.encoder.encode(text)
    this.copy(bytes, 0, bytes.length)
  }

  string({ packed }: Strings, i: number): void {
    this.copy(packed.bytes, packed.offset[i], packed.offset[i + 1])
  }

  /** A cleaned path is put together once. */
  file(string: number): void {
    const at = this.fileAt[string]
    if (at >= 0) {
      this.reserve(this.fileLength[string])
      this.copy(this.bytes, at, at + this.fileLength[string])
      return
    }
    this.fileAt[string] = this.length
    this.text(this.pathOf(this.profile.strings.get(string)))
    this.fileLength[string] = this.length - this.fileAt[string]
  }

  number(value: number): void {
    if (value < 0) this.byte(MINUS)
    let rest = Math.abs(value)
    let digits = 1
    for (let power = 10; power <= rest; power *= 10) digits++
    this.reserve(digits)
    this.length += digits
    for (let i = this.length - 1; digits > 0; i--, digits--) {
      this.bytes[i] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }

  hashFrom(from: number): number {
    return fold30(fnv1a(this.bytes.subarray(from, this.length)))
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length)
  }

  /** Names are short: copying byte by byte costs less than a call for each. */
  private copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start)
    const { bytes } = this
    let at = this.length
    if (end - start > 256) {
      bytes.set(from.subarray(start, end), at)
      at += end - start
    } else for (let i = start; i < end; i++) bytes[at++] = from[i]
    this.length = at
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.length + more, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
}

/** Eight digits of half an address. */
const hex = (half: number) => (half >>> 0).toString(16).padStart(8, '0')

const binaryName = ({ meta }: Profile, mapping: number) => namelessIn(meta.mappings[mapping]?.file ?? '')

/** Import paths; code without one (C, assembly, binaries) keeps its own name. */
function packageKeys(profile: Profile): Keyed {
  const { frames, functions, strings } = profile
  const rows = new Map<string, number>()
  const texts: string[] = []
  const ofFunction = new Int32Array(functions.length)
  for (let f = 0; f < functions.length; f++) {
    if (functions.symbol[f] !== f) {
      ofFunction[f] = ofFunction[functions.symbol[f]]
      continue
    }
    const full = strings.get(functions.name[f])
    const name = parseGoName(full).packagePath || full
    let row = rows.get(name)
    if (row === undefined) {
      row = texts.length
      rows.set(name, row)
      texts.push(name)
    }
    ofFunction[f] = row
  }
  return { frameKey: frames.func.map((f) => ofFunction[f]), keys: textKeys(texts) }
}

/** A key table of plain names. */
export function textKeys(texts: readonly string[]): KeyTable {
  const empty = new Strings({ bytes: new Uint8Array(0), offset: new Uint32Array(1) })
  const strings = appendStrings(empty, texts)
  const length = texts.length
  const none = new Int32Array(length)
  return {
    length,
    strings,
    name: Int32Array.from({ length }, (_, k) => k),
    hash: Int32Array.from({ length }, (_, k) => fold30(fnv1a(strings.bytes(k)))),
    perFunction: false,
    func: new Int32Array(length).fill(-1),
    file: none,
    line: none,
    column: none,
  }
}
