/**
 * Benchmarks as benchstat shows them: a table for each unit and configuration, a row for each benchmark, a column for each
 * file, and every column compared with the base.
 */
import type { Benchmarks, Config, Sample } from './parse.ts'
import {
  ALPHA,
  exactOf,
  geometricMean,
  medianOf,
  RUNS_FOR_DIFFERENCE,
  RUNS_FOR_INTERVAL,
  type Summary,
  uTest,
} from './statistics.ts'
import { type Better, betterOf, commonScale, fixed, formatScaled, percent } from './units.ts'

/** What a reader should know of a figure; see words.ts for what each says. */
export type Remark =
  | { code: 'few-for-interval'; runs: number }
  | { code: 'few-for-difference'; runs: number }
  | { code: 'all-equal' }
  | { code: 'not-exact'; lo: number; hi: number }
  | { code: 'other-benchmarks' }
  | { code: 'no-mean' }
  | { code: 'no-mean-ratio' }

export type Verdict = 'better' | 'worse' | 'less' | 'more' | 'same'

/** A figure against that of the base. */
export interface Change {
  /** New by old; null where the old one is zero and the new one is not. */
  ratio: number | null
  /** Probability of so large a difference by chance; 0 where the unit has none. */
  p: number
  /** "-17.20%", "~" where no difference shows, "?" against zero. */
  delta: string
  /** "p=0.000 n=10", the runs of both sides where they differ. */
  test: string
  /** Null where no difference shows. */
  verdict: Verdict | null
  remarks: Remark[]
}

export interface Cell extends Summary {
  /** Runs. */
  n: number
  /** The center with the prefix of its row: "1.718µ". */
  value: string
  /** "3%", "∞" without an interval, "?" where its ends are on both sides of zero. */
  range: string
  remarks: Remark[]
  /** Null in the column of the base and where that has no such benchmark. */
  change: Change | null
}

export interface Mean {
  /** Geometric mean of the column; null where a figure is not above zero. */
  value: number | null
  text: string
  /** Geometric mean of new by old, "?" where there is none; null in the column of the base. */
  ratio: number | null
  delta: string | null
  remarks: Remark[]
}

export interface TableRow {
  name: string
  /** By column of the table; null where the file has no such benchmark. */
  cells: (Cell | null)[]
}

export interface BenchmarkTable {
  /** What its results have in common. */
  config: Config
  unit: string
  better: Better
  /** Rows of Benchmarks.files: the base, then the others in their order. Files without a result here are left out. */
  columns: number[]
  rows: TableRow[]
  /** By column; null for a single row. */
  means: Mean[] | null
}

export type Order = 'file' | 'name' | 'change'

export interface TableRequest {
  /** Row of Benchmarks.files that the others are compared with. A table without it takes the first column that it has. */
  base: number
  order: Order
  /** Keys of the configuration by which results are not told apart. */
  ignore: readonly string[]
  /** What names must hold, in letters of either case; '' = all. Means are of the rows that do. */
  text: string
  /** Most rows of all tables together. */
  most: number
}

export interface BenchmarkTables {
  /** With as many rows as were asked for; tables of which none is left are not here. */
  tables: BenchmarkTable[]
  /** Rows that are here, and all that there are. */
  shown: number
  all: number
}

/** Keys that `go test` writes. Others are the reader's own, or lines of a log that look like them. */
export const USUAL_KEYS: readonly string[] = ['goos', 'goarch', 'pkg', 'cpu']
/** In TableRequest.ignore: all other keys. No key is called so. */
export const ALL_OTHERS = '*'

/** Rows of a table that is being put together: by name, then by file. */
type Rows = Map<number, Map<number, number[]>>

/** The first rows of the tables, and how many there are. */
export function someTables(all: Benchmarks, request: TableRequest): BenchmarkTables {
  const whole = benchmarkTables(all, request)
  let left = request.most
  const tables = whole.flatMap((table) => {
    const rows = table.rows.slice(0, left)
    left -= rows.length
    return rows.length > 0 ? [{ ...table, rows }] : []
  })
  return { tables, shown: request.most - left, all: whole.reduce((sum, { rows }) => sum + rows.length, 0) }
}

export function benchmarkTables(all: Benchmarks, request: Omit<TableRequest, 'most'>): BenchmarkTable[] {
  const ignored = (key: string) =>
    request.ignore.includes(key) || (request.ignore.includes(ALL_OTHERS) && !USUAL_KEYS.includes(key))
  const keys = configKeys(all.configs).filter((key) => !ignored(key))
  const configs = all.configs.map((config) => {
    const values = new Map(config)
    return keys.map((key) => values.get(key) ?? '')
  })
  const tables = new Map<string, { config: string[]; unit: number; samples: Sample[] }>()
  const wanted = request.text.toLowerCase()
  const held = all.names.map((name) => name.toLowerCase().includes(wanted))
  for (const sample of all.samples) {
    if (!held[sample.name]) continue
    const config = configs[sample.config] ?? []
    const key = JSON.stringify([config, sample.unit])
    const table = tables.get(key)
    if (table) table.samples.push(sample)
    else tables.set(key, { config, unit: sample.unit, samples: [sample] })
  }
  return [...tables.values()]
    .sort((a, b) => compareTexts(a.config, b.config) || a.unit - b.unit)
    .map(({ config, unit, samples }) => {
      const said = keys.map((key, i) => [key, config[i] ?? ''] as const)
      return tableOf(all, request, said, all.units[unit] ?? '', samples)
    })
}

/** Keys of all configurations, each where it comes first. */
export function configKeys(configs: readonly Config[]): string[] {
  return [...new Set(configs.flatMap((config) => config.map(([key]) => key)))]
}

/** Keys in which results differ, so that they stand in tables of their own. */
export function differingKeys(configs: readonly Config[]): string[] {
  const maps = configs.map((config) => new Map(config))
  return configKeys(configs).filter((key) => new Set(maps.map((config) => config.get(key) ?? '')).size > 1)
}

function compareTexts(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, i) => text !== b[i])
  if (at < 0) return 0
  return (a[at] as string) < (b[at] as string) ? -1 : 1
}

function tableOf(
  { files, names, better, exact }: Benchmarks,
  { base, order }: Omit<TableRequest, 'most'>,
  config: Config,
  unit: string,
  samples: readonly Sample[],
): BenchmarkTable {
  const held: Rows = new Map()
  const present = new Set<number>()
  for (const { name, file, values } of samples) {
    const row = held.get(name) ?? new Map<number, number[]>()
    held.set(name, row)
    row.set(file, [...(row.get(file) ?? []), ...values])
    present.add(file)
  }
  const inOrder = files.map((_, i) => i).filter((i) => present.has(i))
  const columns = present.has(base) ? [base, ...inOrder.filter((i) => i !== base)] : inOrder
  const about = { unit, better: betterOf(unit, better.get(unit)), exact: exact.has(unit) }
  const rows = [...held]
    // Names have their rows in the order in which they come first.
    .sort(([a], [b]) => a - b)
    .map(([name, byFile]) => rowOf(names[name] ?? '', columns, byFile, about))
  return {
    config,
    unit,
    better: about.better,
    columns,
    rows: sorted([...rows], order),
    means: rows.length > 1 ? columns.map((_, column) => meanOf(rows, column, unit)) : null,
  }
}

interface About {
  unit: string
  better: Better
  exact: boolean
}

function rowOf(name: string, columns: readonly number[], byFile: Map<number, number[]>, about: About): TableRow {
  const values = columns.map((file) => byFile.get(file)?.sort((a, b) => a - b) ?? null)
  const summaries = values.map((sample) => sample && (about.exact ? exactOf(sample) : medianOf(sample)))
  const scale = commonScale(
    summaries.flatMap((summary) => (summary ? [summary.center] : [])),
    about.unit,
  )
  const [baseValues] = values
  const [baseSummary] = summaries
  const cells = values.map((sample, column): Cell | null => {
    const summary = summaries[column]
    if (!sample || !summary) return null
    const remarks: Remark[] = []
    if ('differ' in summary && summary.differ) remarks.push({ code: 'not-exact', lo: summary.lo, hi: summary.hi })
    if (!Number.isFinite(summary.lo) || !Number.isFinite(summary.hi)) {
      if (sample.length < RUNS_FOR_INTERVAL) remarks.push({ code: 'few-for-interval', runs: RUNS_FOR_INTERVAL })
    }
    const { center, lo, hi } = summary
    return {
      center,
      lo,
      hi,
      n: sample.length,
      value: formatScaled(center, scale),
      range: rangeOf(summary),
      remarks,
      change:
        column > 0 && baseValues && baseSummary
          ? changeOf(baseValues, sample, baseSummary.center, center, about)
          : null,
    }
  })
  return { name, cells }
}

/** The interval around the center, in per cent of it. */
function rangeOf({ center, lo, hi }: Summary): string {
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) return '∞'
  if (Math.sign(center) !== Math.sign(lo) || Math.sign(center) !== Math.sign(hi)) return '?'
  if (center === 0) return '0%'
  return `${fixed(100 * Math.max(hi / center - 1, 1 - lo / center), 0)}%`
}

function changeOf(
  old: readonly number[],
  now: readonly number[],
  oldCenter: number,
  center: number,
  { better, exact }: About,
): Change {
  const remarks: Remark[] = []
  let p = 0
  if (!exact) {
    const tested = uTest(old, now)
    p = tested ?? 1
    if (tested === null) remarks.push({ code: 'all-equal' })
    else if (p > ALPHA && old.length < RUNS_FOR_DIFFERENCE && now.length < RUNS_FOR_DIFFERENCE) {
      remarks.push({ code: 'few-for-difference', runs: RUNS_FOR_DIFFERENCE })
    }
  }
  const shows = exact || p <= ALPHA
  const runs = old.length === now.length ? `n=${now.length}` : `n=${old.length}+${now.length}`
  return {
    ratio: oldCenter === center ? 1 : oldCenter === 0 ? null : center / oldCenter,
    p,
    delta: shows ? deltaOf(oldCenter, center) : '~',
    test: p === 0 ? runs : `p=${fixed(p, 3)} ${runs}`,
    verdict: shows ? verdictOf(oldCenter, center, better) : null,
    remarks,
  }
}

function deltaOf(old: number, now: number): string {
  if (old === now) return '0.00%'
  return old === 0 ? '?' : percent((now / old - 1) * 100)
}

function verdictOf(old: number, now: number, better: Better): Verdict {
  if (old === now) return 'same'
  const less = now < old
  if (better === 'unknown') return less ? 'less' : 'more'
  return less === (better === 'lower') ? 'better' : 'worse'
}

/** The ratios are those of the rows that both have; that of the means would mislead where the rows differ. */
function meanOf(rows: readonly TableRow[], column: number, unit: string): Mean {
  const cells = rows.flatMap(({ cells }) => cells[column] ?? [])
  const value = geometricMean(cells.map(({ center }) => center))
  const text = value === null ? '' : formatScaled(value, commonScale([value], unit))
  const remarks: Remark[] = []
  if (column === 0) {
    if (value === null) remarks.push({ code: 'no-mean' })
    return { value, text, ratio: null, delta: null, remarks }
  }
  const ratios = cells.flatMap(({ change }) => (change ? [change.ratio] : []))
  const inBase = rows.filter(({ cells }) => cells[0]).length
  if (ratios.length !== inBase) remarks.push({ code: 'other-benchmarks' })
  if (value === null) remarks.push({ code: 'no-mean' })
  // Against zero there is no ratio, and the figure itself says so.
  const known = ratios.filter((ratio) => ratio !== null)
  const ratio = known.length < ratios.length ? null : geometricMean(known)
  if (ratio === null && known.length === ratios.length) remarks.push({ code: 'no-mean-ratio' })
  return { value, text, ratio, delta: ratio === null ? '?' : percent((ratio - 1) * 100), remarks }
}

/** How far a row moved, in either direction, in the column in which it moved most; those that show come first. */
function moved({ cells }: TableRow): number {
  let most = -1
  for (const cell of cells) {
    if (!cell?.change) continue
    const { ratio, verdict } = cell.change
    const far = ratio === null || ratio <= 0 ? Number.MAX_VALUE : Math.abs(Math.log(ratio))
    // What does not show stays below everything that does.
    most = Math.max(most, verdict === null ? far / (1 + far) / 1e9 : 1 + far)
  }
  return most
}

function sorted(rows: TableRow[], order: Order): TableRow[] {
  if (order === 'name') {
    const { compare } = new Intl.Collator('en', { numeric: true })
    return rows.sort((a, b) => compare(a.name, b.name))
  }
  if (order === 'change') {
    const far = new Map(rows.map((row) => [row, moved(row)]))
    return rows.sort((a, b) => (far.get(b) ?? 0) - (far.get(a) ?? 0))
  }
  return rows
}
