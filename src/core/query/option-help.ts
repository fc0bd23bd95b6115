/**
 * What help says of each option, by its filter or field: what stands for its value ('' of a flag), and a sentence. Options
 * of one sentence share a line of help.
 */
import { type FilterKind, GRANULARITIES } from './options.ts'
import type { OPTIONS, ValueOption } from './report-options.ts'

const OVER_FRAMES = 'over functions, files and mappings'
const OVER_LABELS = 'over labels, also as a range such as bytes=1kb:10kb'
const OVER_KEYS = 'over the keys of labels'
const LABEL_FRAMES = 'labels as frames, above the root or below the leaf'
const LESS = 'less that profile; with -diff_base per cent of it'

const HELP: Readonly<Record<FilterKind | ValueOption['field'], readonly [value: string, help: string]>> = {
  focus: ['REGEXP', OVER_FRAMES],
  ignore: ['REGEXP', OVER_FRAMES],
  hide: ['REGEXP', OVER_FRAMES],
  show: ['REGEXP', OVER_FRAMES],
  showFrom: ['REGEXP', OVER_FRAMES],
  tagFocus: ['KEY=REGEXP', OVER_LABELS],
  tagIgnore: ['KEY=REGEXP', OVER_LABELS],
  tagShow: ['REGEXP', OVER_KEYS],
  tagHide: ['REGEXP', OVER_KEYS],
  pruneFrom: ['REGEXP', OVER_FRAMES],
  where: [
    'READING:ROW',
    'a row of "Where it goes": activity:json-decode, owner:std, owner-caused:own, package:net/http',
  ],
  sampleType: ['NAME', 'the sample type, e.g. alloc_space; -inuse_space and the like for short'],
  granularity: ['NAME', `what a row stands for, ${GRANULARITIES.join(', ')}; -lines and the like for short`],
  showColumns: ['', 'lines with their columns'],
  noInlines: ['', 'count inlined calls for the function they are in'],
  trimPath: ['PATHS', 'beginnings that are cut off the names of files'],
  sourcePath: ['PATHS', 'where list looks for sources; what lies below a folder of such a name is named from there'],
  repair: ['', 'give stacks that Go cut their callers back, from complete stacks'],
  mergeGenerics: ['', 'instances of a generic function are one'],
  mergeClosures: ['', 'closures are one with the function that they are in'],
  matchMoved: [
    '',
    'in a comparison, functions of a module of another major version and methods of a renamed type are one',
  ],
  tagRoot: ['KEYS', LABEL_FRAMES],
  tagLeaf: ['KEYS', LABEL_FRAMES],
  time: [
    'FROM-TO',
    'of an execution trace, only what happened between two times, in nanoseconds since its first event',
  ],
  sides: [
    'BASE-CURRENT',
    'which of the profiles of a comparison are compared, counted from 0; one number shows one alone',
  ],
  scale: ['measured|second|share|operation', 'the scale of a comparison'],
  operations: ['N,N', 'operations of each profile of a comparison'],
  percentOf: [
    'base|difference',
    'what per cent of a comparison are of: the base, or the absolute values of what is left without it',
  ],
  width: ['larger|current|base', 'what the boxes of a comparison are as wide as'],
  dropNegative: ['', 'without functions that became less'],
  nodeCount: ['N', 'no more rows than N'],
  nodeFraction: ['F', 'no rows below this share of the total'],
  edgeFraction: ['F', 'no calls below this share of the total'],
  trim: ['', 'leave nothing out'],
  sort: ['flat|cum', 'by the function alone, or with what runs below; -cum for short'],
  unit: ['U', 'e.g. ms, MB'],
  base: ['FILE', LESS],
  diffBase: ['FILE', LESS],
  normalize: ['', 'scaled to the base first'],
  mean: ['', 'per event (the first sample type)'],
  divideBy: ['N', 'values divided by N'],
  allFrames: ['', 'also those that a file asks to leave out (drop_frames)'],
  relative: ['', 'per cent of what the filters leave'],
  seconds: ['N', 'of a profile that a service is asked for: how long it is recorded'],
  timeout: ['N', 'seconds to wait for a service; without, 1.5 times what is recorded, or 60'],
  symbolize: ['MODE', 'remote: a service names what its profile does not name, as is done anyway; none: nobody does'],
  tls_cert: ['FILE', 'certificate (PEM) to show to a service that is asked over https, with -tls_key'],
  tls_key: ['FILE', 'its key (PEM)'],
  tls_ca: ['FILE', 'who vouches for services (PEM), in the place of those that the system knows'],
  pattern: ['REGEXP', 'the functions of peek and list, also as -peek=REGEXP and -list=REGEXP'],
  json: ['', 'raw values, nothing left out'],
  output: ['FILE', 'write there'],
  help: ['', 'print this text'],
}

const rowOf = (option: (typeof OPTIONS)[number]) => HELP['filter' in option ? option.filter : option.field]

/** What an option does, in a line. */
export const helpOf = (option: (typeof OPTIONS)[number]): string => rowOf(option)[1]

/** What is written behind its name: "=REGEXP"; a flag that is on is named to switch it off. */
export function valueHelp(option: (typeof OPTIONS)[number]): string {
  if ('field' in option && option.type.isFlag) return option.type.initial === true ? '=false' : ''
  return `=${rowOf(option)[0]}`
}
