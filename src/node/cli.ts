/** The `hotzone` command: serves the app on this machine, opened on the files named, until it is stopped. */
import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MOST_SOURCES } from '../core/documents/document.ts'
import { UsageError } from '../core/query/command-line.ts'
import type { PercentOf } from '../core/query/options.ts'
import { type RunningServer, serve } from '../server/server.ts'
import { bench } from './bench.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { escapes } from './escapes.ts'
import { filesIn, isFolder } from './folders.ts'
import { gctrace } from './gctrace.ts'
import { goroutines } from './goroutines.ts'
import { memstats } from './memstats.ts'
import { isReportCommand, reportHelp, runReport } from './pprof-commands.ts'
import { report } from './report.ts'
import { series } from './series.ts'

const DEFAULT_PORT = 7117

/** Each prints to standard output and resolves to an exit code; each has its own --help. */
const commands: Record<string, (args: readonly string[]) => Promise<number>> = {
  report,
  check,
  bench,
  diff,
  series,
  escapes,
  gctrace,
  goroutines,
  memstats,
}

const help = `Usage: hotzone [options] [FILE|FOLDER...]
       hotzone report FILE...         what the hot zone rules find, as Markdown or JSON
       hotzone check FILE --max ...   fails when a finding passes a limit, for CI
       hotzone bench FILE...          go test -bench texts compared as benchstat does, as Markdown or JSON
       hotzone diff BASE CURRENT      what changed from one profile to the next, as Markdown or JSON
       hotzone series FILE...         what grows over snapshots of one program, as Markdown or JSON
       hotzone gctrace FILE...        what GODEBUG=gctrace=1 wrote, as Markdown or JSON
       hotzone escapes FILE [PROFILE] what leaves the stack and why, by the bytes of a profile
       hotzone goroutines FILE...     dumps, crashes, races: what happened and who is at fault
       hotzone memstats FILE...       reads of MemStats and runtime/metrics, as Markdown or JSON

Opens Go pprof profiles as flame graphs in the browser, and a folder or a .zip of everything about one program as the
story that it tells. Without a FILE it shows the first screen.
Everything stays on this machine.

Options:
  -diff_base=FILE
                 compare the other files with this one
  -base=FILE     the same, with per cent of what is left without it
  --port N       port to listen on, default ${DEFAULT_PORT}; a busy port moves to the next one
  --no-browser   do not open the browser
  --version      print the version
  --help         print this text

${reportHelp}`

interface Command {
  files: string[]
  /** Compared with: null = nothing is compared. */
  base: string | null
  /** Per cent are of the base (-diff_base), or of what is left (-base). */
  percentOf: PercentOf
  /** A folder was named: what is in it opens as one investigation. */
  together: boolean
  port: number
  browser: boolean
}

/** Runs the command. Resolves to an exit code at once when there is nothing to serve, else when stopped. */
export async function run(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args
  const named = commands[first ?? '']
  if (named) return runNamed(named, rest)
  if (isReportCommand(first)) return runReport(first, rest)
  let command: Command | string
  try {
    command = parse(args)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`hotzone: ${error.message}\n`)
    return 2
  }
  if (typeof command === 'string') {
    process.stdout.write(command)
    return 0
  }
  const app = fileURLToPath(new URL('../app/', import.meta.url))
  const { browser: _, ...served } = command
  const server = await serve({ app, ...served })
  if (command.port !== 0 && server.port !== command.port) {
    process.stdout.write(`Port ${command.port} is busy, using ${server.port}.\n`)
  }
  process.stdout.write(`Hotzone is at ${server.openUrl}\nPress Ctrl+C to stop.\n`)
  if (command.browser) openBrowser(server.openUrl)
  return untilStopped(server)
}

async function runNamed(command: (args: readonly string[]) => Promise<number>, args: readonly string[]) {
  try {
    return await command(args)
  } catch (error) {
    process.stderr.write(`hotzone: ${(error as Error).message}\n`)
    return 2
  }
}

function parse(args: readonly string[]): Command | string {
  let parsed: ReturnType<typeof parseOptions>
  try {
    parsed = parseOptions(args)
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See hotzone --help.`)
  }
  const { values, positionals } = parsed
  if (values.help) return help
  if (values.version) return `${version()}\n`
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port}".`)
  }
  const { base: left = [], diff_base: compared = [] } = values
  if (left.length > 0 && compared.length > 0) throw new UsageError('-base and -diff_base exclude each other.')
  const base = baseOf(left.length > 0 ? '-base' : '-diff_base', [...left, ...compared], positionals)
  const together = base === null && positionals.some(isFolder)
  const files = together ? filesIn(positionals) : positionals
  for (const file of base === null ? files : [base, ...files]) checkFile(file)
  const percentOf = left.length > 0 ? 'difference' : 'base'
  return { files, base, percentOf, together, port, browser: !values['no-browser'] }
}

function baseOf(option: string, bases: readonly string[], files: readonly string[]): string | null {
  const [base, ...others] = bases
  if (base === undefined) return null
  if (others.length > 0) throw new UsageError(`${option} takes one file here; add several up with hotzone proto.`)
  if (files.length === 0) throw new UsageError(`${option}=${base} needs a file to compare with it.`)
  if (files.length >= MOST_SOURCES) throw new UsageError(`At most ${MOST_SOURCES} profiles can be compared.`)
  return base
}

function parseOptions(args: readonly string[]) {
  return parseArgs({
    // pprof's options have one dash or two.
    args: args.map((arg) => arg.replace(/^-(?=(diff_)?base(=|$))/, '--')),
    allowPositionals: true,
    options: {
      base: { type: 'string', multiple: true },
      diff_base: { type: 'string', multiple: true },
      port: { type: 'string' },
      'no-browser': { type: 'boolean' },
      version: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}

function checkFile(file: string): void {
  let isFile: boolean
  try {
    isFile = statSync(file).isFile()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UsageError(`There is no file ${file}.`)
    throw new UsageError(`${file} cannot be read (${code}).`)
  }
  if (!isFile) throw new UsageError(`${file} is not a file.`)
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** Opens the default browser where there is a screen; the address is printed anyway. */
function openBrowser(url: string): void {
  const { platform, env } = process
  if (env.CI || env.BROWSER === 'none') return
  if (platform !== 'win32' && platform !== 'darwin' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return
  const [program, ...args] =
    platform === 'darwin'
      ? ['open', url]
      : platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url]
  const child = spawn(program as string, args, { stdio: 'ignore', detached: true })
  child.on('error', () => process.stdout.write('No browser could be opened; open the address above yourself.\n'))
  child.unref()
}

function untilStopped(server: RunningServer): Promise<number> {
  return new Promise((resolve) => {
    const stop = () => void server.close().then(() => resolve(0))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}
