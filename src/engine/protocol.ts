/** What the page and the engine say to each other. One engine holds one document. */

import type { ChangesRequest, ChangesTable } from '../core/compare/changes.ts'
import type { ComparedFindings } from '../core/compare/findings.ts'
import type { PairedSum } from '../core/compare/paired-sums.ts'
import type { SeriesAnswer } from '../core/compare/series.ts'
import type { DocumentHead } from '../core/documents/document.ts'
import type { FindingsLegend } from '../core/export/exporter.ts'
import type { ExportId } from '../core/export/formats.ts'
import type { FormatErrorCode } from '../core/formats/format-error.ts'
import type { FlatTree } from '../core/layout/flat-tree.ts'
import type { ProfileKind } from '../core/model/kind.ts'
import type { Note, ValueType } from '../core/model/profile.ts'
import type { KeyRow, SampleTypeRow } from '../core/model/rows.ts'
import type { PackedStrings } from '../core/model/strings.ts'
import type { Account } from '../core/query/accounting.ts'
import type { CallPath, CallTree, TreeRequest } from '../core/query/call-tree.ts'
import type { BadPattern } from '../core/query/filter-check.ts'
import type { FileLine } from '../core/query/lines.ts'
import type { Filter, QuerySpec } from '../core/query/query-spec.ts'
import type { LeftOut, ReportOptions } from '../core/query/report.ts'
import type { Tag } from '../core/query/tags.ts'
import type { TopRows, TopSort, TopTable } from '../core/query/top.ts'
import type { ColumnName, TreeColumns } from '../core/query/tree-columns.ts'
import type { ShapeFinding } from '../core/shape/shape.ts'
import type { OwnLines } from '../core/where/own-lines.ts'
import type { Where } from '../core/where/where.ts'
import type { ZoneReport } from '../core/zones/zone.ts'

export type { ProfileKind } from '../core/model/kind.ts'
export type { ColumnName, TreeColumns } from '../core/query/tree-columns.ts'

export interface SampleTypeInfo extends ValueType {
  /**
   * What pprof takes its per cent of: the sum of absolute values, or in a comparison (samples with the label
   * pprof::base) that of the base's samples.
   */
  total: number
  /** Signed sum, and sum of absolute values; they differ where a profile holds negative values. */
  net: number
  gross: number
  /** Samples whose value is not zero. */
  samples: number
  /** False when the sum passed 2^53 and is rounded. */
  exact: boolean
}

/** One of the profiles of a comparison, in the order of their sources. */
export interface SideInfo {
  name: string
  /** Of the source; see ContentHash. */
  id: string
  program: string
  buildId: string
  timeNs: number
  durationNs: number
  /** Samples that end in some stack. */
  samples: number
  /** By sample type of the comparison, as measured. */
  totals: number[]
}

/** All of a profile that the page needs besides trees. Names arrive packed and are decoded when shown. */
export interface ProfileInfo {
  /** Of the document: name of the uncompressed bytes, base64url, 43 characters (see ContentHash), or those of all its files. */
  id: string
  name: string
  kind: ProfileKind
  /** e.g. "1.27", only when the file says it. */
  goVersion: string | null
  fileBytes: number
  rawBytes: number
  sampleTypes: SampleTypeInfo[]
  defaultSampleType: number
  samples: number
  stacks: number
  functions: number
  locations: number
  maxDepth: number
  /** Lines say columns too. */
  hasColumns: boolean
  /** Samples bear labels. */
  hasLabels: boolean
  /** Name of the binary, without its folder, and what tells its builds apart; '' = unknown. */
  program: string
  buildId: string
  timeNs: number
  durationNs: number
  period: number
  periodType: ValueType | null
  comments: string[]
  docUrl: string
  notes: Note[]
  /** Import paths of the program's own code, as ownPaths() finds them. */
  own: string[]
  /** Of a comparison: its profiles. Values and totals are those of the pair and scale that a query asks for (core/query/sides.ts). */
  sides: SideInfo[] | null
  /** Of a comparison: names of functions that were matched by more than their name, and what else they are called; null = none. */
  moved: ReadonlyMap<string, readonly string[]> | null
  /** Name of function row i (CallTree.func) and of file row i (CallTree.file). */
  names: PackedStrings
  files: PackedStrings
  /** FunctionTable.hash, so that the page can build a CallPath from rows. */
  hash: Int32Array
}

/** What this and another profile of the same program say of the functions of this one. */
export interface PairedAnswer {
  /** By sample type, those of this profile first. */
  sums: PairedSum[]
  /** CPU time that allocating took, in the CPU profile of the two; 0 without one. */
  allocationWork: number
}

export interface FunctionTotals {
  sampleType: SampleTypeRow
  /** Per function row (of QueryInfo.names when a query was given): flat and cum as `go tool pprof -top` prints them, recursion counted once. */
  flat: Float64Array<ArrayBuffer>
  cum: Float64Array<ArrayBuffer>
}

/** Every question about the profile can be asked about what a query leaves of it. */
export interface Asked {
  /** Left out = the whole profile by functions. */
  query?: QuerySpec
  /** Import paths of the user's own code; left out = those that the profile tells (ProfileInfo.own). */
  own?: readonly string[]
  /** Id of the snapshot that compare() was given, since answers before and after are not the same. */
  since?: string
}

/**
 * What a query makes of the profile. Rows of `names` are what CallTree.func and every row, node and match of its
 * answers mean; for plain functions they are those of ProfileInfo.
 */
export interface QueryInfo {
  /** See queryKey. */
  key: string
  names: PackedStrings
  hash: Int32Array
  /** Function row of ProfileInfo of each name, -1 where it stands for a file, a package or a label. */
  func: Int32Array
  /** Per sample type: what of the total is left, and what went where. */
  accounts: Account[]
  /** Of a comparison: units and totals of the pair and scale that are asked for. */
  sampleTypes: SampleTypeInfo[] | null
  /** Of a time of a trace: how long it is; null = as long as the profile. */
  durationNs: number | null
  /** Filters that are on and cannot be used. */
  bad: (Pick<Filter, 'kind' | 'text'> & BadPattern)[]
}

export interface GraphRequest extends Asked {
  sampleType: SampleTypeRow
  options: ReportOptions
  /** Name hashes (QueryInfo.hash) of functions that are shown besides those that the options choose. */
  also?: readonly number[]
}

/** The call graph, trimmed as asked; rows are those of QueryInfo.names. */
export interface GraphAnswer {
  /** Nodes in report order. */
  row: Int32Array
  flat: Float64Array
  cum: Float64Array
  /** Edges, heaviest first. residual: over functions left out; inlined: every such call is. */
  caller: Int32Array
  callee: Int32Array
  value: Float64Array
  residual: Uint8Array
  inlined: Uint8Array
  /** Nodes and edges below their cutoffs, and nodes beyond nodeCount. */
  droppedNodes: number
  droppedEdges: number
  cutNodes: number
  nodeCutoff: number
  edgeCutoff: number
  /** Per node, whom the graph leaves out; keys are rows of QueryInfo.names. */
  callersLeftOut: LeftOut
  calleesLeftOut: LeftOut
}

/** Per sample type and row of QueryInfo.names. */
export interface RowsAnswer {
  flat: Float64Array[]
  cum: Float64Array[]
}

export interface TopRequest extends Asked, TopRows {
  sampleType: SampleTypeRow
  sort: TopSort
}

/** One entry per shown row, in display order. */
export interface TopAnswer extends Omit<TopTable, 'func'> {
  /** Row of ProfileInfo.files, -1 = unknown. */
  file: Int32Array
}

/** Of a comparison. */
export interface ChangesCall extends ChangesRequest, Asked {
  sampleType: SampleTypeRow
}

export interface PeekRequest extends Asked {
  sampleType: SampleTypeRow
  /** Row of QueryInfo.names. */
  row: KeyRow
}

/** One function (file, line …) and who calls it and whom it calls, as `pprof -peek` prints them. */
export interface PeekAnswer {
  row: KeyRow
  flat: number
  cum: number
  callers: { row: KeyRow; value: number; inlined: boolean }[]
  callees: { row: KeyRow; value: number; inlined: boolean }[]
}

/** The tree of all callers or all callees of one row, its occurrences merged; row 0 of the answer is the function. */
export interface AroundRequest extends TreeRequest, Asked {
  row: KeyRow
  side: 'callers' | 'callees'
}

export interface SandwichRequest extends Asked {
  sampleType: SampleTypeRow
  order: 'size' | 'name'
  /** Full name of the row. */
  name: string
}

/** All that the view of one function shows. */
export interface SandwichAnswer {
  peek: PeekAnswer
  callers: CallTree
  callees: CallTree
}

export interface ExportRequest extends Asked {
  sampleType: SampleTypeRow
  order: 'size' | 'name'
  exporter: ExportId
  /** File name of the profile. */
  name: string
  /** Pictures: the findings that are not marked, and how to speak of all of them. */
  findings?: Pick<FindingsLegend, 'unmarked' | 'words'>
  /** See ExportInput. */
  stripped?: boolean
}

export interface ExportAnswer {
  bytes: Uint8Array<ArrayBuffer>
  /** Names that are written in another way, since the format cannot hold them as they are. */
  escaped: number
}

export interface FileRequest {
  name: string
  file: Blob
}

export interface TogetherRequest extends Asked {
  sampleType: SampleTypeRow
  /** Full names of rows; those that nothing bears count for nothing. */
  names: readonly string[]
}

export interface LinesRequest extends Asked {
  sampleType: SampleTypeRow
  /** Path as the profile names it, cleaned ("a//b" is "a/b"); '' = the file of `func`. */
  file: string
  /** Full name of a function. */
  func?: string
}

export interface LinesAnswer {
  file: string
  lines: FileLine[]
}

export interface BoxRequest extends Asked {
  sampleType: SampleTypeRow
  /** The box in whose samples to look, or the full name of a function that they run through; left out = all. */
  path?: CallPath
  through?: string
}

export interface SearchRequest extends Asked {
  sampleType: SampleTypeRow
  order: 'size' | 'name'
  text: string
}

export interface SearchResult {
  text: string
  sampleType: SampleTypeRow
  /** 1 per row that matches. */
  match: Uint8Array
  functions: number
  /** Of `functions`: those that only their file matches. */
  byFile: number
  /** Whether some match only as the page writes their name, which is not as the file does. */
  byReading: boolean
  /** Weight of the samples that hold a match, each once, and its share of the total. */
  total: number
  share: number
}

/** Where the matches of the search asked last are. Apart from it, since a large tree takes longer to walk than to sum. */
export interface MatchPlaces {
  text: string
  sampleType: SampleTypeRow
  /** Boxes of the call tree that match, and whether counting stopped at a limit. */
  frames: number
  framesCapped: boolean
  /** Matching boxes in display order (depth first, left to right); at most MAX_MATCHES. */
  places: { path: CallPath; pathHash: number; total: number }[]
}

export interface SeriesReply extends SeriesAnswer {
  /** As they were measured, whatever the scale of a comparison. */
  types: ValueType[]
  /** In the unit of the sample type; null = none was typed, or what was is no amount of it. */
  limit: number | null
}

export type ErrorCode =
  | FormatErrorCode
  | 'cannot-merge'
  | 'cannot-compare'
  | 'too-many-files'
  | 'bad-pattern'
  | 'fetch'
  | 'cancelled'
  | 'crashed'
  | 'internal'

export interface EngineError {
  code: ErrorCode
  /** English, for logs and the "Details" of the notice; the UI words the sentence by code. */
  message: string
  /** Facts for the sentence: bytes read, limit, the offending id … */
  facts: Record<string, string | number>
}

export type Stage = 'read' | 'decode' | 'index' | 'draw'

export interface Progress {
  stage: Stage
  /** 0..1 of this stage. */
  share: number
  bytes: number
  totalBytes: number
}

export interface OpenRequest {
  /** One to twenty files, with their names. isReadAhead: it is the one of the message ReadAhead. */
  sources: readonly { name: string; file: Blob; isReadAhead?: boolean }[]
  /** What to make of the files; null = what they are. */
  kind: string | null
  /** A tree of the whole profile to come with the answer; type: of its sample type, another name = the default one. */
  first?: Omit<TreeRequest, 'sampleType'> & { type: string }
}

/** A document that an engine holds from now on. */
export interface Opened {
  head: DocumentHead
  /** By source; see Source in state/store.ts. '' = it could not be read, and the document is made of the others. */
  sourceIds: readonly string[]
  /** The sources that could not be read; left out = none. */
  failed?: readonly { name: string; error: EngineError }[]
  /** What its kind says of it; of a profile ProfileInfo. */
  info: unknown
  /** Of a profile, when asked for; asked: what tree() would have been asked for it. */
  first: { asked: TreeRequest; tree: CallTree } | null
}

/** What a page can draw of a profile before an engine runs; see first-picture.ts. */
export interface FirstPicture extends Pick<ProfileInfo, 'own'> {
  type: SampleTypeInfo
  tree: FlatTree
}

/** Every call an engine answers: argument and answer. */
export interface EngineCalls {
  open: { args: OpenRequest; answer: Opened }
  /** Whether a file of the document, such as one of an investigation, is read as a profile. */
  isProfile: { args: FileRequest; answer: boolean }
  /** A file of the document as a stripped profile, see ExportRequest; not compressed. Null for what is no profile, or cannot be read. */
  strip: { args: FileRequest; answer: { bytes: Uint8Array<ArrayBuffer> } | null }
  /** A question to a document that is no profile: one that its kind knows (engine/kinds). */
  ask: { args: { question: string; args: unknown }; answer: unknown }
  query: { args: { query: QuerySpec }; answer: QueryInfo }
  checkFilter: { args: Pick<Filter, 'kind' | 'text'>; answer: BadPattern | null }
  tree: { args: TreeRequest & Asked; answer: CallTree }
  columns: { args: TreeRequest & Asked & { columns: readonly ColumnName[] }; answer: TreeColumns }
  zones: { args: { sampleType: SampleTypeRow } & Asked; answer: ZoneReport }
  /** What became of the findings of the base; null for a profile that is not compared with another one. */
  comparedFindings: { args: { sampleType: SampleTypeRow } & Asked; answer: ComparedFindings | null }
  /** What the weight is spent on, whose code spends it, in which package. */
  where: { args: { sampleType: SampleTypeRow } & Asked; answer: Where }
  /** What the shape of the profile tells. */
  shape: { args: { sampleType: SampleTypeRow } & Asked; answer: ShapeFinding[] }
  /** The lines that samples are due to; row: of a row of one reading (formatRowName), '' = of all samples. */
  ownLines: { args: { sampleType: SampleTypeRow; row: string } & Asked; answer: OwnLines }
  compare: { args: { earlier: Blob | null }; answer: undefined }
  paired: { args: { other: Blob }; answer: PairedAnswer }
  /** What grows over the profiles of a comparison; limit: a total as it was typed, see parseLimit(), '' = none. */
  series: { args: { sampleType: SampleTypeRow; limit: string } & Asked; answer: SeriesReply }
  functions: { args: { sampleType: SampleTypeRow } & Asked; answer: FunctionTotals }
  rows: { args: Asked; answer: RowsAnswer }
  peek: { args: PeekRequest; answer: PeekAnswer }
  around: { args: AroundRequest; answer: CallTree }
  sandwich: { args: SandwichRequest; answer: SandwichAnswer | null }
  /** What runs through any of some functions, each sample counted once. */
  together: { args: TogetherRequest; answer: { total: number } }
  top: { args: TopRequest; answer: TopAnswer }
  /** One for each profile of a comparison, in the order of their sources; rows are those of the query's names. */
  sourceTrees: { args: TreeRequest & Asked; answer: CallTree[] }
  /** Null for a profile that is not compared with another one. */
  changes: { args: ChangesCall; answer: ChangesTable | null }
  export: { args: ExportRequest; answer: ExportAnswer }
  lines: { args: LinesRequest; answer: LinesAnswer }
  tags: { args: BoxRequest; answer: Tag[] }
  /** Names in the symbol table of the functions that are shown under a name, where they are others. */
  symbols: { args: { name: string }; answer: string[] }
  graph: { args: GraphRequest; answer: GraphAnswer }
  search: { args: SearchRequest; answer: SearchResult }
  /** Of the text that was searched last; 'cancelled' when another one was searched since. */
  matches: { args: SearchRequest; answer: MatchPlaces }
}

export type EngineCall = keyof EngineCalls

type Request<C extends EngineCall> = { id: number; call: C; args: EngineCalls[C]['args'] }

/** To a worker that has nothing to do yet. */
export type WarmUp = 'warm up'

/** To a new worker: a file that will be asked for, to be read already. Nothing is answered. */
export interface ReadAhead {
  ahead: { name: string; file: Blob }
}

export type ToEngine = { [C in EngineCall]: Request<C> }[EngineCall]

/** What the document that is open answers; the other calls need none. */
export type ToDocument = Exclude<ToEngine, { call: 'open' | 'isProfile' | 'strip' }>

export type FromEngine =
  | { id: number; progress: Progress }
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: EngineError }
