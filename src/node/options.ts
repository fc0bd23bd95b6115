/** Arguments of a report command, in pprof's words: one dash or two, "=" or a space before the value. */
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { withOption } from '../core/view/pprof-options.ts'

/** A mistake in the command line; the message is a sentence for the person who typed it. */
export class UsageError extends Error {}

export interface ReportOptionsGiven {
  query: QuerySpec
  positionals: string[]
  sampleIndex: string
  /** null = as the report and the output want it. */
  nodeCount: number | null
  nodeFraction: number | null
  edgeFraction: number | null
  cum: boolean
  unit: string
  relative: boolean
  /** Not without those that a file asks to leave out. */
  allFrames: boolean
  json: boolean
  output: string
  /** For peek and list. */
  pattern: string
  /** Profiles that are subtracted; diff: they stay apart, and per cent are taken of them. */
  base: string[]
  diff: boolean
  normalize: boolean
  /** Values per event: divided by the first sample type. */
  mean: boolean
  divideBy: number
  dropNegative: boolean
  help: boolean
}

const withValue = new Set([
  ...['focus', 'ignore', 'hide', 'show', 'show_from', 'prune_from', 'tagfocus', 'tagignore', 'tagshow', 'taghide'],
  ...['tagroot', 'tagleaf', 'granularity', 'sample_index', 'si', 'nodecount', 'n', 'nodefraction', 'edgefraction'],
  ...['unit', 'output', 'o', 'sort', 'peek', 'list', 'pattern', 'base', 'diff_base', 'divide_by'],
  ...['source_path', 'trim_path'],
])
const flags = new Set([
  ...[
    'functions',
    'filefunctions',
    'files',
    'lines',
    'addresses',
    'packages',
    'noinlines',
    'showcolumns',
    'drop_negative',
    'repair',
    'cum',
    'flat',
    'json',
  ],
  ...[
    'relative_percentages',
    'all_frames',
    'trim',
    'help',
    'h',
    'inuse_space',
    'inuse_objects',
    'alloc_space',
    'alloc_objects',
  ],
  ...['contentions', 'total_delay', 'normalize', 'mean'],
])
const shortcuts: Readonly<Record<string, string>> = {
  inuse_space: 'inuse_space',
  inuse_objects: 'inuse_objects',
  alloc_space: 'alloc_space',
  alloc_objects: 'alloc_objects',
  contentions: 'contentions',
  total_delay: 'delay',
}

/** Throws UsageError. */
export function parseReportOptions(args: readonly string[]): ReportOptionsGiven {
  const given: ReportOptionsGiven = {
    query: plainQuery,
    positionals: [],
    sampleIndex: '',
    nodeCount: null,
    nodeFraction: null,
    edgeFraction: null,
    cum: false,
    unit: 'minimum',
    relative: false,
    allFrames: false,
    json: false,
    output: '',
    pattern: '',
    base: [],
    diff: false,
    normalize: false,
    mean: false,
    divideBy: 1,
    dropNegative: false,
    help: false,
  }
  const kinds = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    const option = /^--?([A-Za-z_]+)(?:=(.*))?$/s.exec(arg)
    if (!option) {
      if (arg.startsWith('-') && arg !== '-') throw new UsageError(`${arg} is no option. See hotzone --help.`)
      given.positionals.push(arg)
      continue
    }
    const name = option[1] as string
    let value = option[2]
    if (withValue.has(name)) {
      value ??= args[++i]
      if (value === undefined) throw new UsageError(`-${name} wants a value. See hotzone --help.`)
    } else if (!flags.has(name)) throw new UsageError(`There is no option -${name}. See hotzone --help.`)
    else if (value !== undefined && !/^(true|false|1|0)$/.test(value)) {
      throw new UsageError(`-${name} takes no value but true and false.`)
    }
    if (name === 'base' || name === 'diff_base') kinds.add(name)
    set(given, name, value ?? 'true')
  }
  if (kinds.size > 1) throw new UsageError('-base and -diff_base exclude each other.')
  if (given.normalize && given.base.length === 0) throw new UsageError('-normalize wants a -base or -diff_base.')
  return given
}

function set(given: ReportOptionsGiven, name: string, value: string): void {
  const on = value !== 'false' && value !== '0'
  if (name === 'granularity' && !withOption(plainQuery, name, value)) {
    throw new UsageError(`-granularity is one of functions, filefunctions, files, lines, addresses, packages.`)
  }
  const query = withOption(given.query, name, flags.has(name) ? String(on) : value)
  if (query) given.query = query
  else if (name === 'sample_index' || name === 'si') given.sampleIndex = value
  else if (shortcuts[name]) given.sampleIndex = on ? (shortcuts[name] as string) : given.sampleIndex
  else if (name === 'nodecount' || name === 'n') given.nodeCount = number(name, value)
  else if (name === 'nodefraction') given.nodeFraction = number(name, value)
  else if (name === 'edgefraction') given.edgeFraction = number(name, value)
  else if (name === 'cum') given.cum = on
  else if (name === 'flat') given.cum = !on
  else if (name === 'sort') given.cum = value === 'cum'
  else if (name === 'unit') given.unit = value
  else if (name === 'relative_percentages') given.relative = on
  else if (name === 'all_frames') given.allFrames = on
  else if (name === 'json') given.json = on
  else if (name === 'output' || name === 'o') given.output = value
  else if (name === 'peek' || name === 'list' || name === 'pattern') given.pattern = value
  else if (name === 'base' || name === 'diff_base') {
    given.base.push(value)
    given.diff = name === 'diff_base'
  } else if (name === 'normalize') given.normalize = on
  else if (name === 'mean') given.mean = on
  else if (name === 'divide_by') given.divideBy = divisor(value)
  else if (name === 'drop_negative') given.dropNegative = on
  else if (name === 'help' || name === 'h') given.help = on
  else if (name === 'trim' && !on) {
    given.nodeCount = 0
    given.nodeFraction = 0
    given.edgeFraction = 0
  }
}

function divisor(value: string): number {
  const n = number('divide_by', value)
  if (n === 0) throw new UsageError('-divide_by takes a number other than 0.')
  return n
}

function number(name: string, value: string): number {
  const n = Number(value)
  if (value === '' || !Number.isFinite(n)) throw new UsageError(`-${name} takes a number, not "${value}".`)
  return n
}
