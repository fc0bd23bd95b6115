/**
 * The text of `go test -bench`, as golang.org/x/perf/benchfmt reads it: lines "key: value" hold for the results below
 * them, a result is a name, a count of iterations and values with their units, and every other line is passed over.
 */
import { type Better, tidy } from './units.ts'

/** One line that looks like a result and is none. */
export interface Problem {
  /** From 1. */
  line: number
  /** English, as benchstat says it. */
  message: string
}

export interface BenchmarkFile {
  /** Of its column: the file's name; where several bear the same one, with #0, #1 … behind it, as benchstat does. */
  label: string
  /** Lines that are results. */
  results: number
  /** Benchmarks with a name of their own. */
  benchmarks: number
  /** The first of the lines that cannot be read, and how many there are. */
  problems: Problem[]
  unread: number
  /** Values that are no numbers (NaN), which are left out. */
  notNumbers: number
  /** Lines that say that a test or benchmark failed. */
  failures: number
  /** Lines with one more key than a configuration holds here, which are left out. */
  keysLeftOut: number
}

/** Keys of one configuration. Who has more has a log in between, each of whose lines would begin a table. */
const MOST_KEYS = 64

/** Configuration in the order in which the file says it. */
export type Config = readonly (readonly [key: string, value: string])[]

/** What one benchmark measured in one unit, in one file and one configuration. */
export interface Sample {
  /** Rows of Benchmarks.configs, units, names and files. */
  config: number
  unit: number
  name: number
  file: number
  /** One per run, in the order of the file. */
  values: number[]
}

/** How often one benchmark ran in one file and one configuration. */
export interface Iterations {
  /** Rows of Benchmarks.configs, names and files. */
  config: number
  name: number
  file: number
  /** Lines of results, and their iterations added up. */
  runs: number
  count: number
}

export interface Benchmarks {
  files: BenchmarkFile[]
  /** Every configuration that results have, every unit and every name, in the order in which they come. */
  configs: Config[]
  units: string[]
  /** Without "Benchmark", with sub-benchmarks and the number of processors. */
  names: string[]
  samples: Sample[]
  /** In the order in which the files have them. */
  iterations: Iterations[]
  /** What `Unit` lines say of a unit. */
  better: ReadonlyMap<string, Better>
  exact: ReadonlySet<string>
}

/** Problems that are told one by one. */
const MOST_PROBLEMS = 20

// White space as Go has it: U+0085 is, U+FEFF is not.
const SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const SPACES = new RegExp(`[${SPACE}]+`, 'u')
const UNIT = new RegExp(`^Unit([${SPACE}]|$)`, 'u')
const KEY_VALUE = new RegExp(`^(\\p{Ll}[^${SPACE}\\p{Lu}:]*):(.*)$`, 'su')
const INTEGER = /^[+-]?\d+$/
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const INFINITE = /^([+-]?)inf(inity)?$/i
const MOST_INT64 = 2n ** 63n

class LineError extends Error {}

/** Reads one file after the other; the same reader for all that are to be compared. */
export class BenchmarkReader {
  private readonly files: BenchmarkFile[] = []
  private readonly configs: Config[] = []
  private readonly configRow = new Map<string, number>()
  private readonly units = new Rows()
  private readonly names = new Rows()
  private readonly samples: Sample[] = []
  private readonly sampleRow = new Map<string, Sample>()
  private readonly iterations = new Map<string, Iterations>()
  private readonly metadata = new Map<string, string>()
  /** Of the file that is being read. */
  private readonly config: [string, string][] = []
  /** Row of the present configuration; -1 = it changed since the last result. */
  private current = -1
  private readonly seen = new Set<number>()
  private rest = ''
  private line = 0

  /** Begins a file. The lines before it belong to the one before. */
  begin(name: string): void {
    this.files.push({
      label: name,
      results: 0,
      benchmarks: 0,
      problems: [],
      unread: 0,
      notNumbers: 0,
      failures: 0,
      keysLeftOut: 0,
    })
    this.config.length = 0
    this.current = -1
    this.seen.clear()
    this.rest = ''
    this.line = 0
  }

  /** Takes the next part of the text; it may end anywhere. */
  push(text: string): void {
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.take(line)
  }

  /** Ends the file. Returns what it held. */
  end(): BenchmarkFile {
    if (this.rest !== '') this.take(this.rest)
    this.rest = ''
    const file = this.files.at(-1) as BenchmarkFile
    file.benchmarks = this.seen.size
    return file
  }

  /** Leaves the file that was read last out. It held no result. */
  forget(): void {
    this.files.pop()
  }

  /** All that was read. */
  finish(): Benchmarks {
    const { files, configs, samples, iterations, metadata } = this
    const better = new Map<string, Better>()
    const exact = new Set<string>()
    for (const [key, value] of metadata) {
      const [unit = '', what] = key.split(' ')
      if (what === 'better') better.set(unit, value === 'higher' || value === 'lower' ? value : 'unknown')
      if (what === 'assume' && value === 'exact') exact.add(unit)
    }
    return {
      files: labelled(files),
      configs,
      units: this.units.list,
      names: this.names.list,
      samples,
      iterations: [...iterations.values()],
      better,
      exact,
    }
  }

  private take(raw: string): void {
    this.line++
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    const file = this.files.at(-1) as BenchmarkFile
    try {
      if (line.startsWith('Benchmark')) this.result(line.slice('Benchmark'.length), file)
      else if (UNIT.test(line)) this.unit(line.slice('Unit'.length), file)
      else if (line.startsWith('--- FAIL:')) file.failures++
      else this.keyValue(line, file)
    } catch (error) {
      if (!(error instanceof LineError)) throw error
      this.complain(file, error.message)
    }
  }

  private complain(file: BenchmarkFile, message: string): void {
    file.unread++
    if (file.problems.length < MOST_PROBLEMS) file.problems.push({ line: this.line, message })
  }

  private result(line: string, file: BenchmarkFile): void {
    const [name = '', count = '', ...measured] = line.split(SPACES)
    // `go test -v` names a benchmark on a line of its own before it runs.
    if (name === line) return
    if (count === '') throw new LineError('missing iteration count')
    checkInteger(count)
    if (measured.at(-1) === '') measured.pop()
    if (measured.length === 0) throw new LineError('missing measurements')
    const values: [number, string][] = []
    for (let i = 0; i < measured.length; i += 2) {
      const value = numberOf(measured[i] ?? '')
      const unit = measured[i + 1]
      if (unit === undefined) throw new LineError('missing units')
      const tidied = tidy(unit)
      // What is zero keeps its unit as it is written: benchstat does so too, and would not compare it otherwise.
      values.push(value * tidied.factor === value ? [value, unit] : [value * tidied.factor, tidied.unit])
    }
    if (this.current < 0) this.current = this.configRowOf()
    const row = this.names.of(name)
    file.results++
    this.seen.add(row)
    this.ran(row, Number(count))
    for (const [value, unit] of values) this.add(row, this.units.of(unit), value, file)
  }

  private ran(name: number, count: number): void {
    const file = this.files.length - 1
    const key = `${this.current} ${name} ${file}`
    const known = this.iterations.get(key) ?? { config: this.current, name, file, runs: 0, count: 0 }
    this.iterations.set(key, { ...known, runs: known.runs + 1, count: known.count + count })
  }

  private add(name: number, unit: number, value: number, file: BenchmarkFile): void {
    if (Number.isNaN(value)) {
      file.notNumbers++
      return
    }
    const at = this.files.length - 1
    const key = `${this.current} ${unit} ${name} ${at}`
    let sample = this.sampleRow.get(key)
    if (!sample) {
      sample = { config: this.current, unit, name, file: at, values: [] }
      this.sampleRow.set(key, sample)
      this.samples.push(sample)
    }
    sample.values.push(value)
  }

  private configRowOf(): number {
    const key = JSON.stringify(this.config)
    const known = this.configRow.get(key)
    if (known !== undefined) return known
    this.configRow.set(key, this.configs.length)
    return this.configs.push(this.config.map(([k, v]) => [k, v] as const)) - 1
  }

  private keyValue(line: string, file: BenchmarkFile): void {
    const [, key, text] = KEY_VALUE.exec(line) ?? []
    if (key === undefined || text === undefined || !/^([ \t]|$)/.test(text)) return
    const value = text.replace(/^[ \t]+/, '')
    const { config } = this
    const at = config.findIndex(([k]) => k === key)
    if (value !== '') {
      if (at >= 0) config[at] = [key, value]
      else if (config.length < MOST_KEYS) config.push([key, value])
      else file.keysLeftOut++
    } else if (at >= 0) {
      // The last one takes the place of the one that goes: the order is that of benchfmt.
      const last = config.pop() as [string, string]
      if (at < config.length) config[at] = last
    }
    this.current = -1
  }

  private unit(line: string, file: BenchmarkFile): void {
    const [, written = '', ...pairs] = line.split(SPACES)
    if (written === '') throw new LineError('missing unit')
    const { unit } = tidy(written)
    for (const pair of pairs) {
      if (pair === '') continue
      const equals = pair.indexOf('=')
      if (equals <= 0) {
        this.complain(file, 'expected key=value')
        continue
      }
      const [key, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
      const known = this.metadata.get(`${unit} ${key}`)
      if (known === undefined) this.metadata.set(`${unit} ${key}`, value)
      else if (known !== value) this.complain(file, `metadata ${key} of unit ${written} already set to ${known}`)
    }
  }
}

function checkInteger(text: string): void {
  if (!INTEGER.test(text)) throw new LineError('parsing iteration count: invalid syntax')
  const value = BigInt(text.replace('+', ''))
  if (value >= MOST_INT64 || value < -MOST_INT64) throw new LineError('parsing iteration count: value out of range')
}

/** A number as Go's strconv reads it, NaN included. */
function numberOf(text: string): number {
  const [, sign] = INFINITE.exec(text) ?? []
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return Number.NaN
  const value = DECIMAL.test(text) ? Number(text) : hexadecimal(text)
  if (!Number.isFinite(value)) throw new LineError('parsing measurement: value out of range')
  return value
}

/** 0x1.8p3, which Go reads too. */
function hexadecimal(text: string): number {
  const [, sign, whole = '', part = '', exponent] = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i.exec(text) ?? []
  if (exponent === undefined || whole + part === '') throw new LineError('parsing measurement: invalid syntax')
  const digits = Number.parseInt(whole + part, 16)
  return (sign === '-' ? -1 : 1) * digits * 2 ** (Number(exponent) - 4 * part.length)
}

/** Several files of one name are told apart. */
function labelled(files: readonly BenchmarkFile[]): BenchmarkFile[] {
  const count = new Map<string, number>()
  return files.map((file) => {
    if (files.filter(({ label }) => label === file.label).length === 1) return file
    const at = count.get(file.label) ?? 0
    count.set(file.label, at + 1)
    return { ...file, label: `${file.label}#${at}` }
  })
}

/** Texts and the row of each. */
class Rows {
  readonly list: string[] = []
  private readonly row = new Map<string, number>()

  of(text: string): number {
    let at = this.row.get(text)
    if (at === undefined) {
      at = this.list.push(text) - 1
      this.row.set(text, at)
    }
    return at
  }
}
