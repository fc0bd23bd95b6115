/** The command line of `hotzone` itself, which opens the page: pprof's options, and where to listen. */
import { MOST_SOURCES } from '../core/documents/document.ts'
import { type CommandLine, parseCommandLine, UsageError } from '../core/query/command-line.ts'
import type { PercentOf } from '../core/query/options.ts'
import { initialValues, VALUE_OPTIONS } from '../core/query/report-options.ts'
import { shownSource } from '../server/sources/address.ts'

export interface OpenCommand {
  given: CommandLine
  /** Compared with: null = nothing is compared. */
  base: string | null
  /** Per cent are of the base (-diff_base), or of what is left (-base). */
  percentOf: PercentOf
  /** null = nothing was said, 0 = any that is free. */
  port: number | null
  browser: boolean
  version: boolean
}

/** Options of reports that the page knows too. */
const OF_THE_PAGE: ReadonlySet<string> = new Set([
  ...['base', 'diffBase', 'normalize', 'seconds', 'timeout', 'symbolize', 'tls_cert', 'tls_key', 'tls_ca', 'help'],
])

/** Throws UsageError. */
export function readOpenCommand(args: readonly string[]): OpenCommand {
  const { own, rest } = ownOptions(args)
  const given = parseCommandLine(rest)
  tellUseless(given)
  const { base: left, diffBase } = given
  if (left.length > 0 && diffBase.length > 0) throw new UsageError('-base and -diff_base exclude each other.')
  const base = baseOf(left.length > 0 ? '-base' : '-diff_base', [...left, ...diffBase], given.positionals)
  if (given.normalize && base === null) throw new UsageError('-normalize wants a -base or -diff_base.')
  return { given, base, percentOf: left.length > 0 ? 'difference' : 'base', ...own }
}

type Own = Pick<OpenCommand, 'port' | 'browser' | 'version'>

function ownOptions(args: readonly string[]): { own: Own; rest: string[] } {
  const own: Own = { port: null, browser: true, version: false }
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    const [, name = '', said] = /^--?(http|port|no[-_]browser|version)(?:=(.*))?$/s.exec(arg) ?? []
    if (name === 'version') own.version = true
    else if (/^no/.test(name)) own.browser = /^(0|f|false|n|no)$/i.test(said ?? '')
    else if (name === '') rest.push(arg)
    else {
      const text = said ?? args[++i]
      if (text === undefined) throw new UsageError(`-${name} wants a value. See hotzone --help.`)
      own.port = name === 'port' ? portOf('--port', text) : httpPort(text)
    }
  }
  return { own, rest }
}

function portOf(option: string, text: string): number {
  const port = Number(text)
  if (text === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`${option} takes a number from 0 to 65535, not "${text}".`)
  }
  return port
}

/** [host]:[port] of pprof: without a port any one. */
function httpPort(text: string): number {
  const [, host, port] = /^(\[[\da-f:]*\]|[^:]*):(\d*)$/i.exec(text) ?? []
  if (host === undefined || port === undefined) {
    throw new UsageError(`-http takes [host]:[port] such as :8080, not "${text}".`)
  }
  if (!/^(|localhost|127\.0\.0\.1)$/i.test(host)) {
    throw new UsageError(
      `-http=${text} cannot be: hotzone listens on 127.0.0.1, for this machine alone. hotzone serve is for a team.`,
    )
  }
  return port === '' ? 0 : portOf('-http', port)
}

function baseOf(option: string, bases: readonly string[], files: readonly string[]): string | null {
  const [base, ...others] = bases
  if (base === undefined) return null
  if (others.length > 0) throw new UsageError(`${option} takes one file here; add several up with hotzone proto.`)
  if (files.length === 0) throw new UsageError(`${option}=${shownSource(base)} needs a file to compare with it.`)
  if (files.length >= MOST_SOURCES) throw new UsageError(`At most ${MOST_SOURCES} profiles can be compared.`)
  return base
}

/** Options of reports say nothing to the page: who gives one shall know. */
function tellUseless(given: CommandLine): void {
  const initial: Readonly<Record<string, unknown>> = initialValues('report')
  for (const { of, field, names } of VALUE_OPTIONS) {
    if (of !== 'report' || OF_THE_PAGE.has(field)) continue
    if (JSON.stringify(given[field]) === JSON.stringify(initial[field])) continue
    process.stderr.write(`hotzone: -${names[0]} is of reports such as hotzone top, and changes nothing in the page.\n`)
  }
}
