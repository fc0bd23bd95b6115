/** The `hotzone` command: serves the app on this machine, opened on the files named, until it is stopped. */
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { UsageError } from '../core/query/command-line.ts'
import { readDatabase } from '../server/databases/database.ts'
import { type LiveService, live } from '../server/live/live.ts'
import { type RunningServer, serve as startServer } from '../server/server.ts'
import type { TlsFiles } from '../server/sources/address.ts'
import { SourceError } from '../server/sources/source-error.ts'
import { bench } from './bench.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { escapes } from './escapes.ts'
import { firstView } from './first-view.ts'
import { filesIn, isFolder } from './folders.ts'
import { gctrace } from './gctrace.ts'
import { goroutines } from './goroutines.ts'
import { appFolder, version } from './installed.ts'
import { memstats } from './memstats.ts'
import { type OpenCommand, readOpenCommand } from './open-command.ts'
import { pictureOfFile } from './picture.ts'
import { isReportCommand, reportHelp, runReport } from './pprof-commands.ts'
import { report } from './report.ts'
import { series } from './series.ts'
import { serve } from './serve.ts'
import { eachLocalFile, localFiles, readTls, serviceOf, sourceHelp, withTwoDashes } from './sources.ts'
import { trace } from './trace.ts'

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
  // Few call it, and what it speaks is large.
  mcp: async (args) => (await import('./mcp/command.ts')).mcp(args, { app: appFolder(), version: version() }),
  serve,
  trace,
}

const help = `Usage: hotzone [options] [FILE|FOLDER|ADDRESS|HOST:PORT|-]...
       hotzone pyroscope+http://HOST:4040 | parca+http://HOST:7070
       hotzone report FILE...         what the hot zone rules find, as Markdown or JSON
       hotzone check FILE --max ...   fails when a finding passes a limit, for CI
       hotzone bench FILE...          go test -bench texts compared as benchstat does, as Markdown or JSON
       hotzone diff BASE CURRENT      what changed from one profile to the next, as Markdown or JSON
       hotzone series FILE...         what grows over snapshots of one program, as Markdown or JSON
       hotzone gctrace FILE...        what GODEBUG=gctrace=1 wrote, as Markdown or JSON
       hotzone escapes FILE [PROFILE] what leaves the stack and why, by the bytes of a profile
       hotzone goroutines FILE...     dumps, crashes, races: what happened and who is at fault
       hotzone serve --store PLACE    the app and a store for a team: see hotzone serve --help
       hotzone memstats FILE...       reads of MemStats and runtime/metrics, as Markdown or JSON
       hotzone mcp [FILE|FOLDER|host:port]...
                                      answers coding agents over the Model Context Protocol
       hotzone trace FILE             an execution trace: what held things up, and profiles made of it

Opens Go pprof profiles as flame graphs in the browser, and a folder or a .zip of everything about one program as the
story that it tells. HOST:PORT is a running Go service with net/http/pprof: the page captures what is asked for. Without a FILE
it shows the first screen. Everything stays on this machine.
${sourceHelp}
Options:
  -diff_base=FILE
                 compare the other files with this one
  -base=FILE     the same, with per cent of what is left without it
  -http=[HOST]:[PORT], --port N
                 where to listen on this machine, default port ${DEFAULT_PORT}; a busy port moves to the next one
  -no_browser    do not open the browser
  -sample_index, filters and granularity as below set what is seen first
  --version      print the version
  --help         print this text

${reportHelp}`

/** Runs the command. Resolves to an exit code at once when there is nothing to serve, else when stopped. */
export async function run(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args
  const named = commands[first ?? '']
  if (named) return runNamed(named, withTwoDashes(rest))
  if (isReportCommand(first)) return runReport(first, rest)
  try {
    const command = readOpenCommand(args)
    if (command.given.help) process.stdout.write(help)
    else if (command.version) process.stdout.write(`${version()}\n`)
    else return await open(command)
    return 0
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SourceError)) throw error
    process.stderr.write(`hotzone: ${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

/** Serves the page, opened on what is named, until it is stopped. */
async function open(command: OpenCommand): Promise<number> {
  const { given, base, percentOf } = command
  const { services, sources } = sorted(given.positionals, readTls(given))
  const together = base === null && sources.some(isFolder)
  const named = together ? filesIn(sources) : sources
  const [baseFile = null] = base === null ? [] : await eachLocalFile([base], given)
  const files = named.length === 0 ? [] : await localFiles(named, given)
  for (const file of baseFile === null ? files : [baseFile, ...files]) checkFile(file)
  const view = await firstView(given, percentOf, files)
  const app = appFolder()
  const port = command.port ?? DEFAULT_PORT
  const features = services.length > 0 ? [live(services)] : []
  const server = await startServer({
    app,
    picture: pictureOfFile,
    files,
    base: baseFile,
    together,
    view,
    features,
    port,
  })
  if (port !== 0 && server.port !== port) process.stdout.write(`Port ${port} is busy, using ${server.port}.\n`)
  process.stdout.write(`Hotzone is at ${server.openUrl}\nPress Ctrl+C to stop.\n`)
  if (command.browser) openBrowser(server.openUrl)
  return untilStopped(server)
}

/** What runs, and what is read once. */
function sorted(
  positionals: readonly string[],
  tls: TlsFiles | undefined,
): { services: LiveService[]; sources: string[] } {
  const services: LiveService[] = []
  const sources: string[] = []
  for (const text of positionals) {
    const index = serviceOf(text)
    const database = readDatabase(text)
    if (index) services.push({ kind: 'go', index: { ...index, tls } })
    else if (database) services.push({ ...database, base: { ...database.base, tls } })
    else sources.push(text)
  }
  return { services, sources }
}

async function runNamed(command: (args: readonly string[]) => Promise<number>, args: readonly string[]) {
  try {
    return await command(args)
  } catch (error) {
    process.stderr.write(`hotzone: ${(error as Error).message}\n`)
    return 2
  }
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
