/**
 * Every option that a query has: its names on the command line (pprof's), its key in links (pprof's where its web page has
 * one), how its value is read and written. Those of reports alone are in report-options.ts, and what help says of them all
 * in option-help.ts; pages load neither.
 */

/** What one box, row or node stands for. All but packages are pprof's. */
export const GRANULARITIES = ['functions', 'filefunctions', 'files', 'lines', 'addresses', 'packages'] as const
export type Granularity = (typeof GRANULARITIES)[number]

/** What the boxes of a comparison are as wide as. */
export const BOX_WIDTHS = ['larger', 'current', 'base'] as const
export type BoxWidth = (typeof BOX_WIDTHS)[number]

/** Scales of a comparison (sides.ts); '' = what the sample type suggests. */
export const SCALES = ['', 'measured', 'second', 'share', 'operation'] as const
export type Scale = Exclude<(typeof SCALES)[number], ''>

/** What per cent of a comparison are of, as with pprof's -diff_base and -base. */
export const PERCENT_OF = ['base', 'difference'] as const
export type PercentOf = (typeof PERCENT_OF)[number]

/** Commands that print a report. */
export const REPORTS = ['top', 'peek', 'list', 'tree', 'tags', 'traces', 'folded', 'proto'] as const
export type ReportCommand = (typeof REPORTS)[number]

/** How a value is read and written, on the command line and in links alike. */
export interface OptionType<T> {
  /** Of a flag the name alone is enough. */
  isFlag: boolean
  /** The value where nothing is said. */
  initial: T
  /** undefined: the text is no value of this type. */
  parse(text: string): T | undefined
  /** null: the initial value, which is not written. */
  format(value: T): string | null
  /** What a value has to be, behind the name of the option: "takes a number". */
  wants: string
}

/** As pprof reads its booleans; written as 1. */
export const flag: OptionType<boolean> = {
  isFlag: true,
  initial: false,
  parse: (text) => (/^(1|t|true|y|yes)$/i.test(text) ? true : /^(0|f|false|n|no)$/i.test(text) ? false : undefined),
  format: (value) => (value ? '1' : null),
  wants: 'takes no value but true and false',
}

export const flagThatIsOn: OptionType<boolean> = { ...flag, initial: true, format: (value) => (value ? null : '0') }

export const textFrom = (initial: string): OptionType<string> => ({
  isFlag: false,
  initial,
  parse: (text) => text,
  format: (value) => (value === initial ? null : value),
  wants: 'takes a text',
})
export const text = textFrom('')

export const oneOf = <T extends string>(values: readonly [T, ...T[]]): OptionType<T> => ({
  isFlag: false,
  initial: values[0],
  parse: (text) => values.find((value) => value === text),
  format: (value) => (value === values[0] ? null : value),
  wants: `is one of ${values.join(', ')}`,
})

/** Names with commas between. */
const names: OptionType<readonly string[]> = {
  isFlag: false,
  initial: [],
  parse: (text) => text.split(',').filter((name) => name !== ''),
  format: (value) => (value.length === 0 ? null : value.join(',')),
  wants: 'takes names with commas between',
}

/** Sources of a comparison: "2", or "0-2". */
const sources: OptionType<string> = {
  ...textFrom(''),
  parse: (text) => (/^(\d{1,2}-)?\d{1,2}$/.test(text) ? text : undefined),
  wants: 'is a number of a profile, or two with a dash between',
}

/** A time of a trace: nanoseconds since its first event. */
const times: OptionType<string> = {
  ...textFrom(''),
  parse: (text) => (parseTimes(text) ? text : undefined),
  wants: 'takes two times in nanoseconds with a dash between',
}

/** "1200-5600" as [1200, 5600]; null for what is no time that passes. */
export function parseTimes(text: string): [from: number, to: number] | null {
  const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? []
  return to !== undefined && Number(from) < Number(to) ? [Number(from), Number(to)] : null
}

/** Numbers with commas between. */
const counts: OptionType<string> = {
  ...textFrom(''),
  parse: (text) => (/^\d{1,15}(,\d{1,15}){0,19}$/.test(text) ? text : undefined),
  wants: 'takes numbers with commas between',
}

interface Described {
  /** On the command line, without a dash; the first is the one that is printed. None: in links alone. */
  names: readonly string[]
  /** Key in the links of pprof's web page (internal/driver/config.go), which are read here. */
  pprofKey?: string
  /** Key in links of what pprof's links do not say. */
  ownKey?: string
  /** Reports that it changes, of what does not change all. */
  reports?: readonly ReportCommand[]
}

interface FilterOption extends Described {
  /** Becomes a filter of this kind; may be given more than once. */
  filter: string
}

export interface FieldOption extends Described {
  /** What it is part of: the query (QuerySpec), the view besides it (ViewState), or reports of the command line. */
  of: 'query' | 'view' | 'report'
  field: string
  type: OptionType<unknown>
  /** May be given more than once; the lists are put together. */
  isList?: boolean
  /** Flags that stand for a value: -lines is -granularity=lines. */
  short?: Readonly<Record<string, string>>
}

export const GRAPHS = ['top', 'peek', 'tree'] as const

const rows = [
  // Filters, in the order in which pprof applies them; one that pprof does not have comes behind them.
  { names: ['focus'], filter: 'focus', pprofKey: 'f' },
  { names: ['ignore'], filter: 'ignore', pprofKey: 'i' },
  { names: ['hide'], filter: 'hide', pprofKey: 'h' },
  { names: ['show'], filter: 'show', pprofKey: 's' },
  { names: ['show_from'], filter: 'showFrom', pprofKey: 'sf' },
  { names: ['tagfocus'], filter: 'tagFocus', pprofKey: 'tf' },
  { names: ['tagignore'], filter: 'tagIgnore', pprofKey: 'ti' },
  { names: ['tagshow'], filter: 'tagShow', pprofKey: 'ts' },
  { names: ['taghide'], filter: 'tagHide', pprofKey: 'th' },
  { names: ['prune_from'], filter: 'pruneFrom', pprofKey: 'prunefrom' },
  {
    names: ['where'],
    filter: 'where',
    ownKey: 'where',
  },
  // What is measured, and what a row stands for.
  {
    names: ['sample_index', 'si'],
    of: 'view',
    field: 'sampleType',
    type: text,
    pprofKey: 'si',
    short: {
      inuse_space: 'inuse_space',
      inuse_objects: 'inuse_objects',
      alloc_space: 'alloc_space',
      alloc_objects: 'alloc_objects',
      contentions: 'contentions',
      total_delay: 'delay',
    },
  },
  {
    names: ['granularity'],
    of: 'query',
    field: 'granularity',
    type: oneOf(GRANULARITIES),
    pprofKey: 'g',
    short: Object.fromEntries(GRANULARITIES.map((name) => [name, name])),
  },
  {
    names: ['showcolumns'],
    of: 'query',
    field: 'showColumns',
    type: flag,
    pprofKey: 'showcolumns',
  },
  {
    names: ['noinlines'],
    of: 'query',
    field: 'noInlines',
    type: flag,
    pprofKey: 'noinlines',
  },
  {
    names: ['trim_path'],
    of: 'query',
    field: 'trimPath',
    type: text,
    ownKey: 'trim_path',
    reports: ['top', 'peek', 'list', 'tree', 'folded'],
  },
  {
    names: ['source_path'],
    of: 'query',
    field: 'sourcePath',
    type: text,
    reports: ['top', 'peek', 'list', 'tree', 'folded'],
  },
  {
    names: ['repair'],
    of: 'query',
    field: 'repair',
    type: flag,
    ownKey: 'repair',
  },
  {
    names: [],
    of: 'query',
    field: 'mergeGenerics',
    type: flag,
    ownKey: 'mg',
  },
  {
    names: [],
    of: 'query',
    field: 'mergeClosures',
    type: flag,
    ownKey: 'mc',
  },
  {
    names: [],
    of: 'query',
    field: 'matchMoved',
    type: flagThatIsOn,
    ownKey: 'moved',
  },
  {
    names: ['tagroot'],
    of: 'query',
    field: 'tagRoot',
    type: names,
    pprofKey: 'tagroot',
  },
  {
    names: ['tagleaf'],
    of: 'query',
    field: 'tagLeaf',
    type: names,
    pprofKey: 'tagleaf',
  },
  {
    names: [],
    of: 'query',
    field: 'time',
    type: times,
    ownKey: 'time',
  },
  {
    names: [],
    of: 'query',
    field: 'sides',
    type: sources,
    ownKey: 'sides',
  },
  {
    names: [],
    of: 'query',
    field: 'scale',
    type: oneOf(SCALES),
    ownKey: 'scale',
  },
  {
    names: [],
    of: 'query',
    field: 'operations',
    type: counts,
    ownKey: 'ops',
  },
  {
    names: [],
    of: 'query',
    field: 'percentOf',
    type: oneOf(PERCENT_OF),
    ownKey: 'of',
  },
  {
    names: [],
    of: 'query',
    field: 'width',
    type: oneOf(BOX_WIDTHS),
    ownKey: 'width',
  },
  {
    names: ['drop_negative'],
    of: 'view',
    field: 'dropNegative',
    type: flag,
    pprofKey: 'dropneg',
    reports: GRAPHS,
  },
] as const satisfies readonly (FilterOption | FieldOption)[]

type Row = (typeof rows)[number]
type FieldRow = Extract<Row, { field: string }>
export type FilterKind = Extract<Row, { filter: string }>['filter']

/** What the options of a part say together. */
export type OptionValues<Of extends FieldRow['of']> = {
  [R in Extract<FieldRow, { of: Of }> as R['field']]: R['type'] extends OptionType<infer T> ? T : never
}

/** An option whose value is a field of the query or the view. */
export type LinkedOption = {
  [Of in FieldRow['of']]: FieldOption & { of: Of; field: Extract<FieldRow, { of: Of }>['field'] }
}[FieldRow['of']]

/** In the order of their help. */
export const QUERY_OPTIONS: readonly (LinkedOption | (FilterOption & { filter: FilterKind }))[] = rows

/** In the order in which pprof applies them. */
export const FILTER_OPTIONS = QUERY_OPTIONS.filter((option) => 'filter' in option)

export const FILTER_KINDS = FILTER_OPTIONS.map((option) => option.filter)

/** Options whose value is a field. */
export const LINKED_OPTIONS = QUERY_OPTIONS.filter((option) => 'field' in option)

/** Fields of QuerySpec that are the value of an option. */
export const QUERY_FIELDS = LINKED_OPTIONS.flatMap((option) => (option.of === 'query' ? [option.field] : []))

/** The key of an option in our links; '' = not in links. */
export const linkKey = ({ pprofKey, ownKey }: Described): string => pprofKey ?? ownKey ?? ''
