/** The options of a report on the command line: one dash or two, "=" or a space before the value. */
import { helpOf, valueHelp } from './option-help.ts'
import { flag, type OptionType } from './options.ts'
import { type Filter, plainQuery, type QuerySpec } from './query-spec.ts'
import { initialValues, OPTIONS, type OptionValues } from './report-options.ts'

/** A mistake in the command line; the message is a sentence for the person who typed it. */
export class UsageError extends Error {}

export interface CommandLine extends OptionValues<'report'>, OptionValues<'view'> {
  query: QuerySpec
  positionals: string[]
}

/** What a name on the command line stands for: an option, and of a short flag its value. */
const named = new Map(
  OPTIONS.flatMap((option) => [
    ...option.names.map((name) => [name, { option, value: '' }] as const),
    ...('field' in option ? Object.entries(option.short ?? {}) : []).map(
      ([name, value]) => [name, { option, value }] as const,
    ),
  ]),
)

function read<T>(type: OptionType<T>, name: string, text: string): T {
  const value = type.parse(text)
  if (value === undefined) throw new UsageError(`-${name} ${type.wants}${type.isFlag ? '' : `, not "${text}"`}.`)
  return value
}

/** Throws UsageError. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const positionals: string[] = []
  const filters: Filter[] = []
  const query: Record<string, unknown> = {}
  const others: Record<string, unknown> = {}
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    const match = /^--?([A-Za-z_]+)(?:=(.*))?$/s.exec(arg)
    if (!match) {
      if (arg.startsWith('-') && arg !== '-') throw new UsageError(`${arg} is no option. See hotzone --help.`)
      positionals.push(arg)
      continue
    }
    const name = match[1] as string
    const found = named.get(name)
    if (!found) throw new UsageError(`There is no option -${name}. See hotzone --help.`)
    const { option, value } = found
    const isFlag = value !== '' || ('field' in option && option.type.isFlag)
    const text = match[2] ?? (isFlag ? 'true' : args[++i])
    if (text === undefined) throw new UsageError(`-${name} wants a value. See hotzone --help.`)
    if ('filter' in option) {
      filters.push({ kind: option.filter, text, on: true })
      continue
    }
    const into = option.of === 'query' ? query : others
    if (value !== '') {
      if (read(flag, name, text)) into[option.field] = value
      continue
    }
    const said = read(option.type, name, text)
    into[option.field] = option.isList ? [...((into[option.field] as unknown[]) ?? []), ...(said as unknown[])] : said
  }
  return {
    ...initialValues('report'),
    ...initialValues('view'),
    ...others,
    query: { ...plainQuery, ...query, filters },
    positionals,
  }
}

/** Column in which the sentences of help begin. */
const SENTENCES_AT = 34

/** What help says of all options, one line for each sentence. */
export function optionHelp(): string {
  const lines = new Map<string, { names: string; value: string }>()
  for (const option of OPTIONS) {
    if (option.names.length === 0) continue
    const line = lines.get(helpOf(option)) ?? { names: '', value: valueHelp(option) }
    line.names += ` -${option.names[0]}`
    lines.set(helpOf(option), line)
  }
  return [...lines]
    .map(([help, { names, value }]) => `${` ${names}${value}`.padEnd(SENTENCES_AT - 3)}   ${help}\n`)
    .join('')
}
