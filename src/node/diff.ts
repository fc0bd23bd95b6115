/** `hotzone diff BASE CURRENT`: what changed from one profile to the next, as Markdown and as JSON. */
import type { ChangesTable } from '../core/compare/changes.ts'
import type { BothSides, ComparedFinding, ComparedFindings, Mover } from '../core/compare/findings.ts'
import { readImportPaths } from '../core/model/go-name.ts'
import { Strings } from '../core/model/strings.ts'
import { type CommandLine, parseCommandLine, UsageError } from '../core/query/command-line.ts'
import { FilterError } from '../core/query/filter.ts'
import { filterProblem, patternsOf } from '../core/query/filter-check.ts'
import { PatternError, preparePatterns } from '../core/query/pattern.ts'
import { isRowFilter, type QuerySpec } from '../core/query/query-spec.ts'
import { parseRowName } from '../core/query/row-name.ts'
import { preparePartitions } from '../core/where/partitions.ts'
import { SourceError } from '../server/sources/source-error.ts'
import { ComparedError, openCompared, operationsOf, sampleTypeOf, scaleOf } from './compared.ts'
import { type Answered, diffAsMarkdown } from './diff-markdown.ts'
import { eachLocalFile } from './sources.ts'
import { checkRow } from './where-row.ts'

const help = `Usage: hotzone diff BASE CURRENT [--type TYPE] [--scale SCALE] [--ops N,N] [--own PATH,...] [-n N] [--json]
                    [--merge-generics] [--merge-closures] [--exact-names] [filters and granularity]

Says what changed from one profile of a program to the next: whether it is more than chance, whose line made most of it, the
functions that changed most, what is new and what is gone, and what became of the findings. Values are those of
pprof -diff_base. SCALE is measured, second (of each profile's duration), share (of each total, as -normalize) or operation
(--ops says how many base and current did); CPU and what was allocated is compared per second where durations differ.
Rows are sorted by the function alone, with -cum by what runs below it too. --merge-generics makes instances of a
generic function one, --merge-closures closures and their function. Functions of a module of another major version, and
methods of a renamed type, are one where that is certain, and listed as that; not with --exact-names. Filters and
granularities are those of the reports (hotzone --help). Exits with 1 when a file cannot be read or both have nothing in common, 2 when the command line is wrong.

  hotzone diff before.pb.gz after.pb.gz
  hotzone diff heap-0.pb.gz heap-3.pb.gz --type inuse_objects -lines -focus=decode
`

/** What --json prints. Values are on the scale, in `unit`. */
export interface JsonDiff {
  sampleType: string
  unit: string
  scale: ComparedFindings['scale']
  base: { total: number; file: string }
  current: { total: number; file: string }
  /** Largest difference first; noise: neither difference is more than chance. */
  rows: {
    name: string
    base: FlatCum
    current: FlatCum
    delta: FlatCum
    noise: boolean
  }[]
  /** Of the totals. */
  noise: boolean
  /** The function of the own code that made most of the change, and what went most against it; null where none did. */
  mover: JsonMover | null
  against: JsonMover | null
  gcTax: ComparedFindings['gcTax']
  /** What was matched by more than its name. */
  moved: readonly { name: string; was: readonly string[] }[]
  findings: (Omit<ComparedFinding, 'blame' | 'family' | 'role'> & { blame: (Line & { value: number })[] })[]
}

type JsonMover = Omit<BothSides, 'noise'> & Line

interface FlatCum {
  flat: number
  cum: number
}

interface Line {
  function: string
  file: string
  line: number
}

interface OwnOptions {
  type: string
  scale: string | undefined
  ops: string
  own: readonly string[] | null
  mergeGenerics: boolean
  mergeClosures: boolean
  matchMoved: boolean
}

/** Resolves to the exit code. */
export async function diff(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  try {
    const { help: wantsHelp, positionals } = parseCommandLine(ownOptions(args).rest)
    if (wantsHelp || positionals.length === 0) {
      print(help)
      return wantsHelp ? 0 : 2
    }
    print(await diffText(args))
    return 0
  } catch (error) {
    const usage = error instanceof UsageError || error instanceof PatternError || error instanceof FilterError
    if (!usage && !(error instanceof ComparedError || error instanceof SourceError)) throw error
    process.stderr.write(`hotzone: ${error.message}\n`)
    return usage ? 2 : 1
  }
}

/** What the command prints. Throws UsageError and what reading the files throws. */
export async function diffText(args: readonly string[]): Promise<string> {
  const { own, rest } = ownOptions(args)
  const given = parseCommandLine(rest)
  checkGiven(given)
  return answer(own, given)
}

/** What reports do not know; the rest is read as theirs. Throws UsageError. */
function ownOptions(args: readonly string[]): { own: OwnOptions; rest: string[] } {
  const values: Record<string, string> = {}
  const flags = new Set<string>()
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    const [, name = '', value] = /^--?([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? []
    if (name === 'merge-generics' || name === 'merge-closures' || name === 'exact-names') flags.add(name)
    else if (['type', 'scale', 'ops', 'own'].includes(name)) {
      const text = value ?? args[++i]
      if (text === undefined) throw new UsageError(`--${name} wants a value. See hotzone diff --help.`)
      values[name] = text
    } else rest.push(arg)
  }
  const own = values.own === undefined ? undefined : readImportPaths(values.own)
  if (own === null) throw new UsageError(`--own takes import paths with commas between, not "${values.own}".`)
  return {
    own: {
      type: values.type ?? '',
      scale: values.scale,
      ops: values.ops === undefined ? '' : operationsOf(values.ops),
      own: own ?? null,
      mergeGenerics: flags.has('merge-generics'),
      mergeClosures: flags.has('merge-closures'),
      matchMoved: !flags.has('exact-names'),
    },
    rest,
  }
}

/** Throws UsageError. */
function checkGiven({ positionals, base, diffBase, mean, divideBy, output }: CommandLine): void {
  if (positionals.length !== 2) {
    throw new UsageError(`hotzone diff takes two profiles, BASE and CURRENT, not ${positionals.length}.`)
  }
  if (base.length + diffBase.length > 0) throw new UsageError('hotzone diff takes its base as its first FILE.')
  if (mean || divideBy !== 1 || output !== '') {
    throw new UsageError('-mean, -divide_by and -output are options of the reports, not of hotzone diff.')
  }
}

async function answer(own: OwnOptions, given: CommandLine): Promise<string> {
  const scale = scaleOf(own.scale ?? (given.normalize ? 'share' : undefined), own.ops)
  const { mergeGenerics, mergeClosures, matchMoved } = own
  const query: QuerySpec = { ...given.query, ...scale, mergeGenerics, mergeClosures, matchMoved }
  await checkFilters(query)
  const [base, current] = (await eachLocalFile(given.positionals, given)) as [string, string]
  const compared = await openCompared(base, current)
  const { engine } = compared
  const sampleType = sampleTypeOf(compared, own.type || given.sampleType)
  const asked = {
    sampleType,
    query: { ...query, own: own.own ?? compared.info.own },
    own: own.own ?? compared.info.own,
  }
  const findings = await engine.comparedFindings(asked)
  const measure = given.sort === 'cum' ? 'cum' : 'flat'
  const listed = { ...asked, by: 'difference', desc: true, change: '', text: '' } as const
  const changes = engine.changes({ ...listed, measure })
  // What is nothing by one measure may be much by the other.
  const others = engine.changes({ ...listed, measure: measure === 'cum' ? 'flat' : 'cum' })
  if (!findings || !changes || !others) throw new Error('Two profiles are open.')
  const { names, sampleTypes, accounts } = engine.query({ query: asked.query })
  if (query.filters.length > 0 && accounts[sampleType]?.shown === 0) {
    process.stderr.write('hotzone: the filters leave no samples.\n')
  }
  const unit = sampleTypes?.[sampleType]?.unit ?? ''
  if (scale.scale !== '' && scale.scale !== findings.scale) {
    const why = scale.scale === 'second' ? 'A profile does not say how long it was measured' : 'One of both has nothing'
    process.stderr.write(`hotzone: ${why}: values are as measured.\n`)
  }
  const { type } = compared.info.sampleTypes[sampleType] as { type: string }
  const rows = new Strings(names)
  const most = given.nodeCount ?? 0
  const moved = [...(matchMoved ? (compared.info.moved ?? []) : [])].map(([name, was]) => ({ name, was }))
  const answered = { compared, findings, changes, others, type, unit, moved, nameOf: (row: number) => rows.get(row) }
  if (given.json) return `${JSON.stringify(asJson(answered, most), null, 2)}\n`
  return diffAsMarkdown({ ...answered, measure, most })
}

/** Throws UsageError and what a pattern says of itself. */
async function checkFilters({ filters }: QuerySpec): Promise<void> {
  await preparePatterns(filters.flatMap(patternsOf))
  for (const filter of filters) {
    const bad = filterProblem(filter)
    if (bad?.problem === 'no-row') {
      throw new UsageError(`-where takes READING:ROW such as activity:json-decode, not "${filter.text}".`)
    }
    if (bad) throw new UsageError(`-${filter.kind.toLowerCase()}: "${filter.text}" is no regular expression of Go.`)
  }
  const rows = filters.filter(isRowFilter)
  if (rows.length > 0) await preparePartitions()
  for (const { text } of rows) {
    const row = parseRowName(text)
    try {
      if (row) checkRow(row)
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
  }
}

/** most: rows, 0 = all. */
function asJson({ compared, findings, changes, others, type, unit, moved, nameOf }: Answered, most: number): JsonDiff {
  const { files, nameOf: functionOf, fileOf } = compared
  const { total, scale, gcTax } = findings
  const line = ({ func, file, line }: { func: number; file: number; line: number }): Line => ({
    function: functionOf(func),
    file: fileOf(file),
    line,
  })
  const moverOf = (mover: Mover | null): JsonMover | null =>
    mover && { ...line(mover), base: mover.base, current: mover.current }
  return {
    sampleType: type,
    unit,
    scale,
    base: { total: total.base, file: files[0] },
    current: { total: total.current, file: files[1] },
    rows: [...rowsOf(changes, nameOf), ...rowsOf(others, nameOf, new Set(changes.row))].slice(
      0,
      most > 0 ? most : undefined,
    ),
    noise: total.noise,
    mover: moverOf(findings.mover),
    against: moverOf(findings.against),
    gcTax,
    moved,
    findings: findings.findings.map(({ blame, family: _, role: __, ...finding }) => ({
      ...finding,
      blame: blame.map((b) => ({ ...line(b), value: b.value })),
    })),
  }
}

/** Without the rows that are known. */
function rowsOf(table: ChangesTable, nameOf: Answered['nameOf'], known = new Set<number>()): JsonDiff['rows'] {
  const at = (of: ChangesTable['base'], i: number): FlatCum => ({
    flat: of.flat[i] as number,
    cum: of.cum[i] as number,
  })
  return Array.from(table.row).flatMap((row, i) => {
    if (known.has(row)) return []
    const [base, current] = [at(table.base, i), at(table.current, i)]
    const delta = { flat: current.flat - base.flat, cum: current.cum - base.cum }
    const isChange = (measure: keyof FlatCum) => delta[measure] !== 0 && table.noise[measure][i] === 0
    return [{ name: nameOf(row), base, current, delta, noise: !isChange('flat') && !isChange('cum') }]
  })
}
