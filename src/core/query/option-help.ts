/** What help says of each option, by its filter or field. Rows of one sentence share a line of help. */
import { type FilterKind, GRANULARITIES } from './options.ts'
import type { OPTIONS, ValueOption } from './report-options.ts'

const OVER_FRAMES = 'over functions, files and mappings'
const OVER_LABELS = 'over labels, also as a range such as bytes=1kb:10kb'
const OVER_KEYS = 'over the keys of labels'
const LABEL_FRAMES = 'labels as frames, above the root or below the leaf'
const LESS = 'less that profile; with -diff_base per cent of it'

const HELP: Readonly<Record<FilterKind | ValueOption['field'], string>> = {
  focus: OVER_FRAMES,
  ignore: OVER_FRAMES,
  hide: OVER_FRAMES,
  show: OVER_FRAMES,
  showFrom: OVER_FRAMES,
  tagFocus: OVER_LABELS,
  tagIgnore: OVER_LABELS,
  tagShow: OVER_KEYS,
  tagHide: OVER_KEYS,
  pruneFrom: OVER_FRAMES,
  where: 'a row of "Where it goes": activity:json-decode, owner:std, owner-caused:own, package:net/http',
  sampleType: 'the sample type, e.g. alloc_space; -inuse_space and the like for short',
  granularity: `what a row stands for, ${GRANULARITIES.join(', ')}; -lines and the like for short`,
  showColumns: 'lines with their columns',
  noInlines: 'count inlined calls for the function they are in',
  trimPath: 'beginnings that are cut off the names of files',
  sourcePath: 'where list looks for sources; what lies below a folder of such a name is named from there',
  repair: 'give stacks that Go cut their callers back, from complete stacks',
  mergeGenerics: 'instances of a generic function are one',
  mergeClosures: 'closures are one with the function that they are in',
  matchMoved: 'in a comparison, functions of a module of another major version and methods of a renamed type are one',
  tagRoot: LABEL_FRAMES,
  tagLeaf: LABEL_FRAMES,
  time: 'of an execution trace, only what happened between two times, in nanoseconds since its first event',
  sides: 'which of the profiles of a comparison are compared, counted from 0; one number shows one alone',
  scale: 'the scale of a comparison',
  operations: 'operations of each profile of a comparison',
  percentOf: 'what per cent of a comparison are of: the base, or the absolute values of what is left without it',
  width: 'what the boxes of a comparison are as wide as',
  dropNegative: 'without functions that became less',
  nodeCount: 'no more rows than N',
  nodeFraction: 'no rows below this share of the total',
  edgeFraction: 'no calls below this share of the total',
  trim: 'leave nothing out',
  sort: 'by the function alone, or with what runs below; -cum for short',
  unit: 'e.g. ms, MB',
  base: LESS,
  diffBase: LESS,
  normalize: 'scaled to the base first',
  mean: 'per event (the first sample type)',
  divideBy: 'values divided by N',
  allFrames: 'also those that a file asks to leave out (drop_frames)',
  relative: 'per cent of what the filters leave',
  seconds: 'of a profile that a service is asked for: how long it is recorded',
  timeout: 'seconds to wait for a service; without, 1.5 times what is recorded, or 60',
  symbolize: 'remote: a service names what its profile does not name, as is done anyway; none: nobody does',
  tls_cert: 'certificate (PEM) to show to a service that is asked over https, with -tls_key',
  tls_key: 'its key (PEM)',
  tls_ca: 'who vouches for services (PEM), in the place of those that the system knows',
  pattern: 'the functions of peek and list, also as -peek=REGEXP and -list=REGEXP',
  json: 'raw values, nothing left out',
  output: 'write there',
  help: 'print this text',
}

export const helpOf = (option: (typeof OPTIONS)[number]): string =>
  HELP['filter' in option ? option.filter : option.field]
