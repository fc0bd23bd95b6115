/** Tables of benchmarks to copy and to print. Names from files are text: what would end a cell is escaped. */
import { footnotes, superscript } from './footnotes.ts'
import type { BenchmarkFile } from './parse.ts'
import type { BenchmarkTable, Cell, Mean } from './table.ts'
import type { BenchmarkWords } from './words.ts'

const cellText = (text: string) => text.replace(/[|\\<]/g, '\\$&').replace(/\s+/g, ' ')

/** A table in Markdown for each of them, with what its results have in common above and its notes below. */
export function asMarkdown(
  files: readonly BenchmarkFile[],
  tables: readonly BenchmarkTable[],
  words: BenchmarkWords,
): string {
  return tables
    .map((table, at) => {
      const { notes, numbers } = footnotes(table, words)
      const marked = (text: string, of: number[]) => [text, ...of.map(superscript)].join(' ')
      const cell = (c: Cell | null, column: number): string[] => {
        if (!c) return column > 0 ? ['', ''] : ['']
        const value = marked(`${c.value} ± ${c.range}`, numbers(c.remarks))
        if (column === 0) return [table.columns.length === 1 ? `${value} (n=${c.n})` : value]
        const { change } = c
        if (!change) return [value, '']
        const said = change.verdict && change.verdict !== 'same' ? ` ${words.verdict[change.verdict]}` : ''
        return [value, marked(`${change.delta}${said} (${change.test})`, numbers(change.remarks))]
      }
      const mean = ({ text, delta, remarks }: Mean, column: number): string[] => {
        const [value, ratio] = column === 0 ? [text, ''] : [text, delta ?? '']
        const marks = numbers(remarks).map(superscript)
        return column === 0 ? [[value, ...marks].join(' ')] : [value, [ratio, ...marks].join(' ')]
      }
      const head = table.columns.flatMap((file, column) => [
        files[file]?.label ?? '',
        ...(column > 0 ? [words.versus] : []),
      ])
      const better = words.better[table.better]
      const row = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`
      const lines = [
        row([better === '' ? table.unit : `${table.unit} (${better})`, ...head]),
        `| --- |${head.map(() => ' ---: |').join('')}`,
        ...table.rows.map(({ name, cells }) => row([name, ...cells.flatMap(cell)])),
        ...(table.means ? [row([words.geomean, ...table.means.flatMap(mean)])] : []),
      ]
      const said = changedConfig(table, tables[at - 1])
      return [
        ...(said.length > 0 ? [said.map((line) => `- ${cellText(line)}`).join('\n')] : []),
        lines.join('\n'),
        ...(notes.length > 0 ? [notes.map((note, i) => `${superscript(i + 1)} ${note}`).join('  \n')] : []),
      ].join('\n\n')
    })
    .join('\n\n')
    .concat('\n')
}

/** What the results of a table have in common and those of the table before do not. */
export function changedConfig(table: BenchmarkTable, before: BenchmarkTable | undefined): string[] {
  return table.config
    .filter(([, value], i) => before?.config[i]?.[1] !== value)
    .map(([key, value]) => `${key}: ${value}`)
}

/** One table for all, with the figures as numbers: a row for each benchmark and unit, columns for each file. */
export function asTsv(
  files: readonly BenchmarkFile[],
  tables: readonly BenchmarkTable[],
  words: BenchmarkWords,
): string {
  const keys = tables[0]?.config.map(([key]) => key) ?? []
  const head = files.flatMap(({ label }) => [
    label,
    `${label} ±`,
    `${label} n`,
    `${label} ${words.versus}`,
    `${label} p`,
  ])
  const lines = tables.flatMap((table) => {
    const about = [...table.config.map(([, value]) => value), table.unit]
    const spread = (of: (column: number) => readonly (string | number)[]) =>
      files.flatMap((_, file) => {
        const column = table.columns.indexOf(file)
        const some = column < 0 ? [] : of(column)
        return Array.from({ length: 5 }, (_, i) => some[i] ?? '')
      })
    const cell = (c: Cell | null | undefined) =>
      c ? [c.center, c.range, c.n, ...(c.change ? [c.change.delta, c.change.p] : [])] : []
    const { means } = table
    return [
      ...table.rows.map(({ name, cells }) => [...about, name, ...spread((column) => cell(cells[column]))]),
      ...(means
        ? [
            [
              ...about,
              words.geomean,
              ...spread((column) => [means[column]?.value ?? '', '', '', means[column]?.delta ?? '']),
            ],
          ]
        : []),
    ]
  })
  return [[...keys, 'unit', 'benchmark', ...head], ...lines]
    .map((line) => line.map((part) => String(part).replace(/[\t\n\r]+/g, ' ')).join('\t'))
    .join('\n')
    .concat('\n')
}
