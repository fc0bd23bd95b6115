/**
 * The part of a view that changes numbers: which samples are kept, which frames are seen and what a box stands for.
 * Plain JSON. The sample type is not in it: it changes no stack, so every question names it beside the spec.
 */
import type { CallPath } from './call-tree.ts'
import type { BoxWidth, FilterKind, Granularity, OptionValues, PercentOf, Scale } from './options.ts'

export type { BoxWidth, FilterKind, Granularity } from './options.ts'

export interface Filter {
  kind: FilterKind
  /** A regular expression of Go's syntax; for tagFocus and tagIgnore also a range ("1kb:10kb", "bytes=64:"); for where a row ("activity:json-decode"). */
  text: string
  on: boolean
}

/** A filter by a row of "Where it goes", which is at work. */
export const isRowFilter = ({ kind, on, text }: Filter): boolean => kind === 'where' && on && text !== ''

/** Changes of stacks that pprof has no word for. They come after the filters, in their own order. */
export type Transform =
  /** Only what runs below this box, which becomes a root. `inverted`: the path goes from the leaf to its callers. */
  | { kind: 'subtree'; path: CallPath; inverted: boolean; on: boolean }
  /** merge: the frame goes, its weight goes to the caller. drop: every sample that holds it goes. */
  | { kind: 'merge' | 'drop' | 'collapseRecursion' | 'collapseDirectRecursion'; name: string; on: boolean }
  /** The last `frames` steps of the path, each of which calls the next one, become its first box. */
  | { kind: 'chain'; path: CallPath; frames: number; on: boolean }
  /** Neighbouring frames of the package become one. */
  | { kind: 'collapsePackage'; name: string; on: boolean }

export interface QuerySpec {
  granularity: Granularity
  noInlines: boolean
  /** Lines have their columns (pprof's -showcolumns), addresses without inlined calls too; with them they have anyway. */
  showColumns: boolean
  /** Beginnings that are cut off file names, see model/source-path.ts; filters see the whole ones. */
  trimPath: string
  /** Folders of sources, whose names say what to cut off where trimPath does not. */
  sourcePath: string
  /** Stacks that the recorder cut get their missing callers where complete stacks tell them, see repair.ts. */
  repair: boolean
  /** Kinds run in the order of FILTER_KINDS whatever the order here; those of one kind one after the other. */
  filters: readonly Filter[]
  transforms: readonly Transform[]
  /** Import paths of the own code, for filters by rows of "Where it goes"; without it the profile tells them. */
  own?: readonly string[]
  /** Label keys whose values become frames above the root (the first one outermost) or below the leaf. */
  tagRoot: readonly string[]
  tagLeaf: readonly string[]
  /** Whether instances of a generic function, and closures and their function, are one. */
  mergeGenerics: boolean
  mergeClosures: boolean
  /** Of a trace: only what happened between two times, as parseTimes() reads them; '' = all of it. */
  time: string
  /** Of a united profile: functions that moved to another name are one, see compare/moved-names.ts. */
  matchMoved: boolean
  /** Of a united profile, see sides.ts: which sources are compared, as pairOf() reads it; their scale ('' = by the sample type), and operations by source. */
  sides: string
  scale: Scale | ''
  operations: string
  /** What per cent are of: the base, or the sum of absolute values of what is left without it (pprof's -base). */
  percentOf: PercentOf
  /** What boxes of a comparison are as wide as: the larger of both sides, or one of them. */
  width: BoxWidth
  /** Trees go from the leaves to their callers. */
  inverted: boolean
}

/** Values of the options as long as nobody says otherwise; spelled out, so that the worker is without the table. */
const plainOptions: OptionValues<'query'> = {
  granularity: 'functions',
  noInlines: false,
  showColumns: false,
  trimPath: '',
  sourcePath: '',
  repair: false,
  tagRoot: [],
  tagLeaf: [],
  mergeGenerics: false,
  mergeClosures: false,
  matchMoved: true,
  time: '',
  sides: '',
  scale: '',
  operations: '',
  percentOf: 'base',
  width: 'larger',
}

export const plainQuery: QuerySpec = { ...plainOptions, filters: [], transforms: [], inverted: false }

const optionFields = Object.keys(plainOptions) as (keyof typeof plainOptions)[]

/** The same text for specs that ask the same; what is switched off or empty does not count. */
export function queryKey(spec: QuerySpec): string {
  const active = <T extends { on: boolean }>(list: readonly T[]) => list.map((item) => (item.on ? item : null))
  return JSON.stringify([
    ...optionFields.map((field) => spec[field]),
    active(spec.filters).map((f) => (f && f.text !== '' ? [f.kind, f.text] : null)),
    active(spec.transforms),
    ...(spec.own ? [spec.own] : []),
  ])
}
