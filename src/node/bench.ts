/** `hotzone bench FILE…`: benchmark texts as the tables of benchstat, for people (Markdown) and for programs (JSON). */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { BenchmarkInfo, TextRequest } from '../core/benchmark/document.ts'
import { ALPHA, CONFIDENCE } from '../core/benchmark/statistics.ts'
import type { BenchmarkTable, BenchmarkTables, Remark, TableRequest } from '../core/benchmark/table.ts'
import { benchmarkWords } from '../core/benchmark/words.ts'
import { MAX_RAW_BYTES } from '../core/formats/index.ts'
import { unpack } from '../core/formats/unpack.ts'
import { isLanguage, languages } from '../core/zones/words/languages.ts'
import { readBenchmarks } from '../engine/benchmarks.ts'
import { localFiles, sourceOptions } from './sources.ts'

const help = `Usage: hotzone bench FILE... [--json | --md] [--base FILE] [--ignore KEY,...] [--lang ${languages.join('|')}]

Prints what go test -bench measured, a table for each unit, a column for each file, compared with the first or with
--base, as golang.org/x/perf/cmd/benchstat does: medians with their 95 % confidence intervals, changes with the p of
the Mann-Whitney U test, geometric means. A FILE may be - for standard input. --ignore names keys (cpu, pkg) by which
results are not told apart.
`

/** Resolves to the exit code: 1 where a file could not be read and the others were. */
export async function bench(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      md: { type: 'boolean' },
      base: { type: 'string' },
      ignore: { type: 'string', default: '' },
      lang: { type: 'string', default: 'en' },
      ...sourceOptions,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length === 0) {
    print(help)
    return values.help ? 0 : 2
  }
  const { lang } = values
  if (!isLanguage(lang)) throw new Error(`--lang takes ${languages.join(' or ')}, not "${lang}".`)
  const paths = await localFiles(positionals, values)
  const sources = paths.map((name) => ({ name, file: new Blob([readFileSync(name)]) }))
  const held = await readBenchmarks({ sources, kind: null }, () => undefined, { unpack, maxRawBytes: MAX_RAW_BYTES })
  const { failed = [], info } = held.opened
  const { files } = info as BenchmarkInfo
  for (const { name, error } of failed) tell(name, error.message)
  for (const file of files) tellProblems(file)
  const read = paths.filter((name) => !failed.some((one) => one.name === name))
  const base = values.base === undefined ? 0 : read.indexOf(values.base)
  if (base < 0) throw new Error(`--base names one of the files, not "${values.base}".`)
  const request = {
    base,
    order: 'file',
    text: '',
    ignore: values.ignore.split(',').filter((key) => key !== ''),
  } as const
  if (values.json) {
    const asked: TableRequest = { ...request, most: Number.POSITIVE_INFINITY }
    const { tables } = ask(held, 'tables', asked) as BenchmarkTables
    print(`${JSON.stringify(asJson(files, tables), null, 2)}\n`)
  } else {
    const asked: TextRequest = { ...request, form: 'markdown', language: lang }
    print(ask(held, 'text', asked) as string)
  }
  return failed.length > 0 ? 1 : 0
}

const ask = (held: Awaited<ReturnType<typeof readBenchmarks>>, question: string, args: unknown) =>
  held.answer({ id: 0, call: 'ask', args: { question, args } })

const tell = (file: string, said: string) => process.stderr.write(`hotzone: ${file}: ${said}\n`)

function tellProblems({ label, problems, unread, notNumbers, failures }: BenchmarkInfo['files'][number]): void {
  for (const { line, message } of problems) process.stderr.write(`hotzone: ${label}:${line}: ${message}\n`)
  if (unread > problems.length) tell(label, `${unread - problems.length} more lines that cannot be read`)
  if (notNumbers > 0) tell(label, `${notNumbers} values that are no numbers are left out`)
  if (failures > 0) tell(label, `${failures} benchmarks or tests failed`)
}

/** Intervals without an end are null. */
function asJson(files: BenchmarkInfo['files'], tables: readonly BenchmarkTable[]) {
  const texts = (remarks: readonly Remark[]) => remarks.map((remark) => benchmarkWords.en.remark(remark))
  const end = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    confidence: CONFIDENCE,
    alpha: ALPHA,
    files: files.map(({ label, ...rest }) => ({ file: label, ...rest })),
    tables: tables.map(({ config, unit, better, columns, rows, means }) => ({
      config: Object.fromEntries(config),
      unit,
      better,
      /** The base first. */
      columns: columns.map((file) => files[file]?.label),
      rows: rows.map(({ name, cells }) => ({
        name,
        cells: cells.map(
          (cell) =>
            cell && {
              median: cell.center,
              lo: end(cell.lo),
              hi: end(cell.hi),
              range: cell.range,
              n: cell.n,
              text: cell.value,
              change: cell.change && { ...cell.change, remarks: texts(cell.change.remarks) },
              remarks: texts(cell.remarks),
            },
        ),
      })),
      geomean: means?.map((mean) => ({ ...mean, remarks: texts(mean.remarks) })) ?? null,
    })),
  }
}
