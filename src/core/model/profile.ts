/**
 * The tables of a profile. Every screen is a function of these and of the ViewState.
 *
 * Tables are structs of arrays; an id is a row number and -1 means "none". Columns are named in the
 * singular; rows.ts names row numbers by their table. Values keep the unit of their sample type; times are nanoseconds; lines start at 1, 0 is
 * "unknown". Nothing here changes once built.
 *
 *   sample ──node──▶ stack ──location──▶ location ──frameStart──▶ frame ──func──▶ function ──name──▶ strings
 *                      └─parent─▶ stack …
 *
 * The stack table is a trie of locations: two samples share the rows of the callers they share. It is
 * lossless, is built once, and serves every view, filter and sample type as a linear pass.
 */
import type { SampleTypeRow } from './rows.ts'
import type { Strings } from './strings.ts'

export interface ValueType {
  type: string
  unit: string
}

export interface FunctionTable {
  length: number
  /** Line on which the function starts, 0 = unknown. Absent when the format has no such thing. */
  startLine?: Int32Array
  /** Index into strings. Rows that stand in for what has no name are named `[binary]`, as pprof prints them. */
  name: Int32Array
  /** Index into strings: the name that the file gives. Absent when all are shown by it. */
  given?: Int32Array
  /** Index into strings: the name in the binary's symbol table, mangled where `name` is not. Absent when all are as the file's names. */
  systemName?: Int32Array
  /**
   * Rows that stand in for a name: 0 = the name is the file's own, else NAMELESS or LINELESS. Absent when all names are.
   * One function without a name has a row per binary, since that is what it is called by.
   */
  standIn?: Uint8Array
  file: Int32Array
  /**
   * The first function row that bears the same name. pprof counts by name at function granularity, so
   * every view groups by `symbol[f]`, never by f.
   */
  symbol: Int32Array
  /** 30-bit hash of the name's UTF-8 bytes (FNV-1a folded), stable across files: permalinks are made of it. */
  hash: Int32Array
}

/** The function is in the file, without a name. */
export const NAMELESS = 1
/** There is no function: the location has no lines. */
export const LINELESS = 2

/** One line of one location; the frames of a location are consecutive, outermost call first. */
export interface FrameTable {
  length: number
  func: Int32Array
  line: Int32Array
  /** Counted from 1, 0 = unknown. Absent when no frame has one. */
  column?: Int32Array
}

export interface LocationTable {
  length: number
  /** Frames of location l are [frameStart[l], frameStart[l + 1]); every location has at least one. All but the first are inlined calls. */
  frameStart: Int32Array
  /** Row of mappings, -1 = none. */
  mapping: Int32Array
  address: BigUint64Array<ArrayBuffer>
  /** 1 where several functions of one body share the code, so that the name may be another's. Absent when there are none. */
  folded?: Uint8Array
  /** Ids that the file gives. Absent when they are row + 1, and where rows were made. */
  id?: BigUint64Array
  /** Rows in the order in which the file defines them. Absent when that is the order of rows. */
  fileOrder?: Int32Array
  /** 1 where the first frame is an inlined call too: a location that was cut in two. Absent when there are none. */
  inlined?: Uint8Array
}

/** Row 0 is the empty stack (location -1, parent -1). Rows are in depth-first order (stack-order.ts), so parent < row always. */
export interface StackTable {
  length: number
  location: Int32Array
  parent: Int32Array
}

/** Labels in CSR form: labels of sample s are [start[s], start[s + 1]). All indexes are into strings; str 0 = numeric label. */
export interface LabelTable {
  start: Int32Array
  key: Int32Array
  str: Int32Array
  num: Float64Array
  unit: Int32Array
  /** By label: numbers that a double does not hold, of which `num` is the nearest one. Absent when there are none. */
  wide?: ReadonlyMap<number, bigint>
}

export interface SampleTable {
  length: number
  /** Row of stacks; -1 = filtered out, which only the query stage makes. */
  stack: Int32Array
  /** One column per sample type. */
  value: Float64Array[]
  /** Per sample type, by sample: values that a double does not hold, of which `value` is the nearest one. Absent when there are none. */
  wide?: readonly ReadonlyMap<number, bigint>[]
  labels: LabelTable | null
  /** Which of the profiles that were united it is from (core/compare/unite.ts), counted from 0. Absent in a profile of one. */
  source?: Uint8Array
  /** Of a comparison: the source whose values are subtracted (core/query/sides.ts). */
  base?: number
  /**
   * Of a comparison whose per cent are of what is left: per sample the first one of the same stack and labels
   * (core/query/alike-samples.ts).
   */
  alike?: Int32Array
}

/** A binary and where in memory it lay: addresses [start, limit), from `offset` of the file on. */
export interface Mapping {
  id: bigint
  start: bigint
  limit: bigint
  offset: bigint
  file: string
  buildId: string
  /** What the locations in it were given already; `go tool pprof` looks up what they were not. */
  hasFunctions: boolean
  hasFilenames: boolean
  hasLineNumbers: boolean
  hasInlineFrames: boolean
}

/** Something a reader should know although the profile opened; the UI words it. */
export type NoteCode =
  | 'sum-beyond-2^53'
  | 'has-negative-values'
  | 'no-function-names'
  | 'no-function-names-jemalloc'
  | 'empty-stacks'
  | 'lines-beyond'
  | 'types-left-out'
  | 'programs-differ'
  | 'periods-differ'
  | 'frames-dropped'
  | 'drop-frames-unusable'
  | 'limit-samples'
  | 'lines-left-out'
  | 'names-left-out'
  | 'names-left-mangled'
  | 'counts-missing'
  | 'counts-in-names'
  | 'names-unescaped'
  | 'frames-unclosed'
  | 'frames-unopened'
  | 'trace-cut'
  | 'trace-damaged'
  | 'trace-too-large'

export interface Note {
  code: NoteCode
  /** Counts the sentence needs, e.g. how many samples were left out. */
  count?: number
  detail?: string
}

export interface ProfileMeta {
  /** Wall clock of the capture in nanoseconds since 1970, 0 = not said. */
  timeNs: bigint
  durationNs: bigint
  period: bigint
  periodType: ValueType | null
  comments: string[]
  docUrl: string
  /** Name of the sample type to open on, as the file says it: '' = it does not; perhaps none that there is. */
  defaultType: string
  /** Regular expressions over whole function names: frames that match the first and not the second one are not shown. */
  dropFrames: string
  keepFrames: string
  mappings: Mapping[]
  notes: Note[]
}

export interface Profile {
  sampleTypes: ValueType[]
  /** Row of sampleTypes: default_sample_type, else the last, as pprof does. */
  defaultSampleType: SampleTypeRow
  strings: Strings
  functions: FunctionTable
  frames: FrameTable
  locations: LocationTable
  stacks: StackTable
  samples: SampleTable
  meta: ProfileMeta
  /** Of profiles that were united (core/compare/unite.ts): what each says of itself, by source. Absent in a profile of one. */
  sources?: readonly ProfileMeta[]
}
