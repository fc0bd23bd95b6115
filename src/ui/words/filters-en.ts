/** Words of the views, the filter bar and the accounting. */

import type { BadPattern } from '../../core/query/filter-check.ts'
import type { PatternProblem } from '../../core/query/pattern.ts'
import type { FilterKind, Granularity, Transform } from '../../core/query/query-spec.ts'
import type { Preset } from '../../core/view/presets.ts'

const grouped = (n: number) => n.toLocaleString('en-US')

const kinds: Record<FilterKind, { name: string; what: string; example: string }> = {
  focus: { name: 'Focus', what: 'Keep only stacks that hold a match', example: 'encoding/json' },
  ignore: { name: 'Ignore', what: 'Drop stacks that hold a match', example: 'runtime\\.gcBgMarkWorker' },
  hide: {
    name: 'Hide',
    what: 'Leave matching frames out; what they cost counts for the caller',
    example: '^runtime\\.',
  },
  show: { name: 'Show', what: 'Leave all other frames out', example: '^main\\.' },
  showFrom: { name: 'Show from', what: 'Begin each stack at its first match', example: 'ServeHTTP$' },
  tagFocus: { name: 'Tag focus', what: 'Keep samples whose label matches', example: 'request=/api or 1kb:10kb' },
  tagIgnore: { name: 'Tag ignore', what: 'Drop samples whose label matches', example: 'bytes=:64' },
  tagShow: { name: 'Tag show', what: 'Keep only labels with a matching key', example: '^request$' },
  tagHide: { name: 'Tag hide', what: 'Leave out labels with a matching key', example: '^bytes$' },
  pruneFrom: { name: 'Prune from', what: 'Cut each stack off below its match', example: '^runtime\\.mallocgc' },
}

const transforms: Record<Transform['kind'], string> = {
  subtree: 'Only below',
  merge: 'Merge into callers',
  drop: 'Drop',
  collapseRecursion: 'Collapse recursion',
  collapseDirectRecursion: 'Collapse direct recursion',
  collapsePackage: 'Collapse package',
}

const granularities: Record<Granularity, string> = {
  functions: 'Functions',
  filefunctions: 'Functions by file',
  files: 'Files',
  lines: 'Lines',
  addresses: 'Addresses',
  packages: 'Packages',
}

const presets: Record<Preset['id'], string> = {
  runtime: 'Hide runtime internals',
  standard: 'Hide the standard library',
  own: 'Only my code',
  wrappers: 'Hide generated wrappers',
}

const patternProblems: Record<PatternProblem, string> = {
  'class-range': 'there is no such class or range',
  escape: 'this escape is not known',
  'group-name': 'the name of a group is wrong',
  'group-twice': 'two groups have one name',
  perl: 'RE2, which Go uses, does not have this',
  'nested-repeat': 'a repetition cannot be repeated',
  'repeat-count': 'more than 1,000 repetitions in all',
  'open-class': 'a [ is not closed',
  'open-group': 'a ( is not closed',
  'nothing-to-repeat': 'there is nothing to repeat',
  backslash: 'it ends in a backslash',
  'closing-group': 'there is a ) without a (',
  deep: 'it nests too deeply',
  large: 'it is too large',
  other: 'it cannot be read',
}

/** Why it cannot be used, and the part that is wrong. */
export const badPattern = ({ problem, part }: BadPattern) =>
  `Not a regular expression: ${patternProblems[problem]}${part === '' ? '' : ` (${part})`}`

export const filters = {
  label: 'Filters',
  list: 'Filters and transforms',
  kinds,
  transforms,
  granularities,
  presets,
  add: 'Add filter',
  adding: 'Add a filter',
  editing: (filter: string) => `Edit ${filter}`,
  kind: 'Kind of filter',
  pattern: 'Pattern',
  done: 'Apply',
  cancel: 'Cancel',
  edit: (filter: string) => `Edit filter: ${filter}`,
  on: (filter: string) => `Filter on: ${filter}`,
  remove: (filter: string) => `Remove filter: ${filter}`,
  earlier: (filter: string) => `Move earlier: ${filter}`,
  later: (filter: string) => `Move later: ${filter}`,
  problem: (bad: BadPattern) => badPattern(bad),
  problemOff: (bad: BadPattern) => `Left out. ${badPattern(bad)}`,
  kept: (kept: string, total: string) => `${kept} of ${total} kept`,
  clear: 'Clear',
  clearWhy: 'Remove all filters and transforms',
  undo: 'Undo',
  redo: 'Redo',
  presetsTitle: 'Presets',
  nothing: 'The filters leave nothing to show.',
  failed: 'The view could not be made; the graph still shows the one before.',
  frames: (n: number) => (n === 1 ? '1 frame' : `${grouped(n)} frames`),
}

export const options = {
  button: 'View options',
  granularity: 'A box stands for',
  by: (what: string) => `By ${what.toLowerCase()}`,
  frames: 'Frames',
  noInlines: 'Inlined calls',
  generics: 'Merge instances of generics',
  closures: 'Merge closures into their function',
  columns: 'Columns of lines',
  columnsChip: 'With columns',
  dropNegative: 'Leave out what became less (table, call graph)',
  dropNegativeChip: 'Without what became less',
  fileNames: 'File names',
  trim: 'Cut off from paths (-trim_path)',
  fileCalled: 'A file is called',
  trimChip: (start: string) => `File names without ${start}`,
  noInlinesChip: 'Without inlined calls',
  repairChip: 'Cut stacks repaired',
  genericsChip: 'Generics merged',
  closuresChip: 'Closures merged',
  tagRoot: (keys: string) => `Labels at the root: ${keys}`,
  tagLeaf: (keys: string) => `Labels at the leaves: ${keys}`,
  removeChip: (what: string) => `Remove option: ${what}`,
}

export const account = {
  button: 'Where the total went',
  title: (type: string) => `Where the total went · ${type}`,
  boxes: 'In boxes on screen',
  small: 'In boxes too small to draw',
  filtered: (by: string) => `Filtered out by ${by}`,
  total: 'Total',
  cut: (samples: number, value: string, share: string) =>
    `${grouped(samples)} ${samples === 1 ? 'sample' : 'samples'} (${value}, ${share}) of what is shown reached the depth at which Go cuts stacks, so their outermost callers are missing.`,
  repaired: (samples: number, value: string, share: string) =>
    `${grouped(samples)} cut ${samples === 1 ? 'sample' : 'samples'} (${value}, ${share}) got the missing callers from complete stacks that go on in the same way.`,
  unrepaired: (samples: number, value: string, share: string) =>
    samples === 0
      ? 'None is left without its callers.'
      : `${grouped(samples)} (${value}, ${share}) could not be repaired: their callers are unknown or ambiguous.`,
  repair: 'Repair cut stacks by overlap',
  uncut: 'No stack reached the depth at which Go cuts stacks.',
  waiting: 'Adding up…',
  failed: 'This could not be added up.',
}

export const contextFilters = {
  heading: 'Filter',
  focus: 'Keep only stacks with it',
  ignore: 'Drop stacks with it',
  hide: 'Hide this function',
  showFrom: 'Show from here',
  transformHeading: 'Change the stacks',
  subtree: 'Only what runs below it here',
  subtreeInverted: 'Only what leads here',
  merge: 'Merge into callers',
  drop: 'Drop samples through it',
  collapsePackage: (name: string) => `Collapse package ${name}`,
  collapseRecursion: 'Collapse recursion',
  collapseDirectRecursion: 'Collapse direct recursion',
}

export const searchFilters = {
  button: 'Filter by this search',
  focus: 'Keep only stacks with a match',
  ignore: 'Drop stacks with a match',
  hide: 'Hide the frames that match',
}
