/** The figures and sentences of benchstat itself, for the captured texts and for made ones (scripts/benchstat-goldens.mjs). */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fixturePath } from '../../testing/fixtures.ts'
import { BenchmarkReader, type Benchmarks } from './parse.ts'
import { type BenchmarkTable, benchmarkTables, type Cell, type Remark } from './table.ts'
import { benchmarkWords } from './words.ts'

interface Golden {
  name: string
  files: Record<string, string>
  ignore: string[]
  csv: string
  text: string
  problems: string[]
}

const goldens = JSON.parse(
  brotliDecompressSync(readFileSync(fixturePath('benchstat.json.br'))).toString('utf8'),
) as Golden[]

function read(files: Record<string, string>): Benchmarks {
  const reader = new BenchmarkReader()
  for (const [name, text] of Object.entries(files)) {
    reader.begin(name)
    reader.push(text)
    reader.end()
  }
  return reader.finish()
}

const tablesOf = (all: Benchmarks, ignore: string[]) =>
  benchmarkTables(all, { base: 0, order: 'file', text: '', ignore })

/** Keys that are not those of the table before, as benchstat prints them above each table. */
function changedKeys(table: BenchmarkTable, before: BenchmarkTable | undefined): string[] {
  return table.config
    .filter(([, value], i) => before?.config[i]?.[1] !== value)
    .map(([key, value]) => `${key}: ${value}`)
}

/** A line of the CSV without the empty cells at its end. */
const csvRow = (cells: readonly string[]) => cells.join(',').replace(/,+$/, '')

/** As `benchstat -format csv`, numbers as JavaScript writes them. */
function asCsv(all: Benchmarks, tables: readonly BenchmarkTable[]): string[] {
  return tables.flatMap((table, at) => {
    const spread = (cells: (column: number) => string[]) =>
      table.columns.flatMap((_, column) => {
        const some = cells(column)
        return [...some, ...Array.from({ length: (column === 0 ? 2 : 4) - some.length }, () => '')]
      })
    const cellOf = (cell: Cell | null | undefined) =>
      cell ? [String(cell.center), cell.range, ...(cell.change ? [cell.change.delta, cell.change.test] : [])] : []
    const means = table.means
    return [
      ...(at > 0 ? [''] : []),
      ...changedKeys(table, tables[at - 1]),
      csvRow(['', ...spread((c) => [all.files[table.columns[c] ?? 0]?.label ?? ''])]),
      csvRow(['', ...spread((c) => [table.unit, 'CI', ...(c > 0 ? ['vs base', 'P'] : [])])]),
      ...table.rows.map(({ name, cells }) => csvRow([name, ...spread((c) => cellOf(cells[c]))])),
      ...(means
        ? [
            csvRow([
              'geomean',
              ...spread((c) => [
                means[c]?.value == null ? '' : means[c].value.toPrecision(12),
                '',
                ...(c > 0 ? [means[c]?.delta ?? ''] : []),
              ]),
            ]),
          ]
        : []),
    ]
  })
}

/** Numbers of the golden as JavaScript writes them; of means twelve digits, since logarithms of machines differ in the last. */
function comparable(csv: string, singles: boolean): string[] {
  return csv
    .trimEnd()
    .split('\n')
    .filter((line) => !singles || !line.startsWith('geomean'))
    .map((line) => {
      const cells = line.split(',').map((cell, i) => {
        if (i === 0 || cell === '' || /[^\d.e+-]/.test(cell) || !Number.isFinite(Number(cell))) return cell
        return line.startsWith('geomean') ? Number(cell).toPrecision(12) : String(Number(cell))
      })
      return csvRow(cells).replaceAll('+Inf', 'Infinity')
    })
}

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const mark = (at: number) => [...String(at)].map((d) => digits[Number(d)]).join('')

/** As `benchstat`, with one space where it aligns. */
function asText(tables: readonly BenchmarkTable[]): string[] {
  return tables.flatMap((table) => {
    const notes: string[] = []
    const marks = (remarks: readonly Remark[]) =>
      remarks.map((remark) => {
        const said = benchmarkWords.en.remark(remark)
        if (!notes.includes(said)) notes.push(said)
        return mark(notes.indexOf(said) + 1)
      })
    const rows = table.rows.map(({ name, cells }) =>
      [
        name,
        ...cells.flatMap((cell) => {
          if (!cell) return []
          const { change } = cell
          return [
            `${cell.value} ± ${cell.range}`,
            ...marks(cell.remarks),
            ...(change ? [change.delta, `(${change.test})`, ...marks(change.remarks)] : []),
          ]
        }),
      ].join(' '),
    )
    const means = (table.means ?? []).flatMap(({ text, delta, remarks }) => [text, delta ?? '', ...marks(remarks)])
    return [
      ...rows,
      ...(table.means ? [['geomean', ...means].filter((part) => part !== '').join(' ')] : []),
      ...notes.map((note, i) => `${mark(i + 1)} ${note}`),
    ]
  })
}

const textOf = (golden: string) =>
  golden
    .split('\n')
    .filter((line) => line !== '' && !line.includes('│') && !/^\p{Ll}[^\sA-Z]*:( |$)/u.test(line))
    .map((line) => line.trim().replace(/ +/g, ' '))

for (const { name, files, ignore, csv, text, problems } of goldens) {
  test(`${name}: the figures, sentences and complaints of benchstat`, () => {
    const all = read(files)
    const tables = tablesOf(all, ignore)
    const told = all.files.flatMap(({ label, problems: some }) =>
      some.map(({ line, message }) => `${label}:${line}: ${message}`),
    )
    expect(told).toEqual(problems)
    const single = (at: number) => tables[at]?.means === null
    // A table of one row has no row of means in its text; the CSV has one all the same.
    const parts = csv.trimEnd() === '' ? [] : csv.trimEnd().split('\n\n')
    expect(parts).toHaveLength(tables.length)
    const wanted = parts.flatMap((part, at) => [...(at > 0 ? [''] : []), ...comparable(part, single(at))])
    expect(asCsv(all, tables)).toEqual(wanted)
    expect(asText(tables)).toEqual(textOf(text))
  })
}

test('texts cut into pieces anywhere, and with the line ends of Windows, give the same', () => {
  for (const { files } of goldens.slice(0, 12)) {
    const whole = read(files)
    const reader = new BenchmarkReader()
    for (const [name, text] of Object.entries(files)) {
      reader.begin(name)
      for (let at = 0; at < text.length; at += 7) reader.push(text.slice(at, at + 7))
      reader.end()
    }
    expect(reader.finish()).toEqual(whole)
    const windows = Object.fromEntries(Object.entries(files).map(([n, text]) => [n, text.replaceAll('\n', '\r\n')]))
    expect(read(windows)).toEqual(whole)
  }
})

test('any file as base: the figures of benchstat with that file first', () => {
  const captured = goldens.filter(({ name }) => name.startsWith('captured against'))
  expect(captured).toHaveLength(3)
  const all = read(goldens[0]?.files ?? {})
  for (const golden of captured) {
    const base = all.files.findIndex(({ label }) => label === Object.keys(golden.files)[0])
    const tables = benchmarkTables(all, { base, order: 'file', text: '', ignore: [] })
    expect(asText(tables)).toEqual(textOf(golden.text))
  }
})
