/** The tables of options in docs/, from their rows. */
import { helpOf, valueHelp } from '../core/query/option-help.ts'
import { FILTER_OPTIONS, linkKey } from '../core/query/options.ts'
import { OPTIONS, VALUE_OPTIONS } from '../core/query/report-options.ts'

const code = (texts: readonly string[]) => texts.map((text) => `\`${text.replaceAll('|', '\\|')}\``).join(' ')

/** A sentence as a cell of a table; what holds a bar is not one. */
const cell = (text: string) => text.replaceAll('|', '\\|')

function commandLine(): string[] {
  const lines = OPTIONS.filter((option) => option.names.length > 0).map((option) => {
    const [first, ...others] = option.names
    const short = 'field' in option ? Object.keys(option.short ?? {}) : []
    const names = [`-${first}${valueHelp(option)}`, ...[...others, ...short].map((n) => `-${n}`)]
    const key = linkKey(option)
    const reports = option.reports ? code(option.reports) : 'all'
    return `| ${code(names)} | ${cell(helpOf(option))} | ${reports} | ${key === '' ? '' : code([key])} |`
  })
  return ['| Option | What it does | Reports | In links |', '|---|---|---|---|', ...lines]
}

function links(): string[] {
  const filters = FILTER_OPTIONS.map(
    (option) => `| ${code([linkKey(option)])} | a filter, \`${option.names[0]}\`: ${cell(helpOf(option))} |`,
  )
  const values = VALUE_OPTIONS.filter((option) => linkKey(option) !== '').map((option) => {
    const flag = option.type.isFlag ? '`1`: ' : ''
    const list = Array.isArray(option.type.initial) ? ', with commas' : ''
    return `| ${code([linkKey(option)])} | ${flag}${cell(helpOf(option))}${list} |`
  })
  return ['| key | means |', '|---|---|', ...filters, ...values]
}

/** By file of docs/. */
const tables: Readonly<Record<string, () => string[]>> = { 'pprof-commands.md': commandLine, 'permalink.md': links }

export const filesWithOptions = Object.keys(tables)

const BEGIN = '<!-- Options, written by `node scripts/options-doc.mjs`; do not edit. -->'
const END = '<!-- End of options. -->'

/** The text of a file of docs/ with its table of options as the rows are now. */
export function withOptions(file: string, text: string): string {
  const from = text.indexOf(BEGIN)
  const to = text.indexOf(END)
  const table = tables[file]
  if (!table || from < 0 || to < from) throw new Error(`${file} has no place for a table of options`)
  return [text.slice(0, from) + BEGIN, '', ...table(), '', text.slice(to)].join('\n')
}
