/** The options of reports on the command line, and all options together. Pages do not load them. */
import {
  type FieldOption,
  flag,
  flagThatIsOn,
  GRAPHS,
  LINKED_OPTIONS,
  type LinkedOption,
  type OptionValues as LinkedValues,
  type OptionType,
  oneOf,
  QUERY_OPTIONS,
  text,
  textFrom,
} from './options.ts'

const numberFrom = <T extends number | null>(initial: T): OptionType<number | T> => ({
  isFlag: false,
  initial,
  parse: (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  format: (value) => (value === initial ? null : String(value)),
  wants: 'takes a number',
})

/** One of several that are given one by one. */
const files: OptionType<readonly string[]> = {
  isFlag: false,
  initial: [],
  parse: (text) => [text],
  format: (value) => (value.length === 0 ? null : value.join(',')),
  wants: 'takes a file',
}

const TEXTS = ['top', 'peek', 'list', 'tree', 'tags', 'traces'] as const

const rows = [
  {
    names: ['nodecount', 'n'],
    of: 'report',
    field: 'nodeCount',
    type: numberFrom(null),
    reports: GRAPHS,
  },
  {
    names: ['nodefraction'],
    of: 'report',
    field: 'nodeFraction',
    type: numberFrom(null),
    reports: GRAPHS,
  },
  {
    names: ['edgefraction'],
    of: 'report',
    field: 'edgeFraction',
    type: numberFrom(null),
    reports: GRAPHS,
  },
  {
    names: ['trim'],
    of: 'report',
    field: 'trim',
    type: flagThatIsOn,
    reports: GRAPHS,
  },
  {
    names: ['sort'],
    of: 'report',
    field: 'sort',
    type: oneOf(['flat', 'cum']),
    short: { flat: 'flat', cum: 'cum' },
    reports: GRAPHS,
  },
  {
    names: ['unit'],
    of: 'report',
    field: 'unit',
    type: textFrom('minimum'),
    reports: TEXTS,
  },
  {
    names: ['base'],
    of: 'report',
    field: 'base',
    type: files,
    isList: true,
  },
  {
    names: ['diff_base'],
    of: 'report',
    field: 'diffBase',
    type: files,
    isList: true,
  },
  {
    names: ['normalize'],
    of: 'report',
    field: 'normalize',
    type: flag,
  },
  {
    names: ['mean'],
    of: 'report',
    field: 'mean',
    type: flag,
    reports: TEXTS,
  },
  {
    names: ['divide_by'],
    of: 'report',
    field: 'divideBy',
    type: numberFrom(1),
    reports: [...TEXTS, 'proto'],
  },
  {
    names: ['all_frames'],
    of: 'report',
    field: 'allFrames',
    type: flag,
  },
  {
    names: ['relative_percentages'],
    of: 'report',
    field: 'relative',
    type: flag,
    reports: ['top', 'peek', 'list', 'tree', 'tags'],
  },
  {
    names: ['seconds'],
    of: 'report',
    field: 'seconds',
    type: text,
  },
  {
    names: ['timeout'],
    of: 'report',
    field: 'timeout',
    type: text,
  },
  {
    names: ['symbolize'],
    of: 'report',
    field: 'symbolize',
    type: text,
  },
  {
    names: ['tls_cert'],
    of: 'report',
    field: 'tls_cert',
    type: text,
  },
  {
    names: ['tls_key'],
    of: 'report',
    field: 'tls_key',
    type: text,
  },
  {
    names: ['tls_ca'],
    of: 'report',
    field: 'tls_ca',
    type: text,
  },
  {
    names: ['pattern', 'peek', 'list'],
    of: 'report',
    field: 'pattern',
    type: text,
    reports: ['peek', 'list'],
  },
  {
    names: ['json'],
    of: 'report',
    field: 'json',
    type: flag,
    reports: TEXTS,
  },
  {
    names: ['output', 'o'],
    of: 'report',
    field: 'output',
    type: text,
  },
  { names: ['help', 'h'], of: 'report', field: 'help', type: flag },
] as const satisfies readonly FieldOption[]

type Row = (typeof rows)[number]

/** What the options of a part say together. */
export type OptionValues<Of extends 'query' | 'view' | 'report'> = Of extends 'query' | 'view'
  ? LinkedValues<Of>
  : { [R in Row as R['field']]: R['type'] extends OptionType<infer T> ? T : never }

/** An option whose value is a field of the query, the view or the report. */
export type ValueOption = LinkedOption | (FieldOption & { of: 'report'; field: Row['field'] })

/** In the order of their help. */
export const OPTIONS: readonly ((typeof QUERY_OPTIONS)[number] | ValueOption)[] = [...QUERY_OPTIONS, ...rows]

/** Options whose value is a field. */
export const VALUE_OPTIONS: readonly ValueOption[] = [...LINKED_OPTIONS, ...rows]

/** What is so as long as nobody says otherwise. */
export function initialValues<Of extends 'query' | 'view' | 'report'>(of: Of): OptionValues<Of> {
  const own = VALUE_OPTIONS.filter((option) => option.of === of)
  return Object.fromEntries(own.map(({ field, type }) => [field, type.initial])) as OptionValues<Of>
}
