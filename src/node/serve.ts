/** `hotzone serve`: the app and a store, for a team. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { UsageError } from '../core/query/command-line.ts'
import { observe } from '../server/observe/index.ts'
import { type RunningServer, serve as startServer } from '../server/server.ts'
import { folderStore } from '../server/store/folder.ts'
import { DEFAULT_LIMITS, storeFeature } from '../server/store/index.ts'
import { previewHead } from '../server/store/preview.ts'
import { s3Options, s3Store } from '../server/store/s3.ts'

const DEFAULT_PORT = 7118
const FAREWELL_MS = 10_000

const help = `Usage: hotzone serve --store DIR|s3://BUCKET[/PREFIX] [options]

Serves the app and a store of what its readers share, for a team, behind TLS or a proxy: see docs/server.md.

Options:
  --store PLACE       a folder, or a bucket of an S3-compatible service. For a bucket the environment has
                      AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL and AWS_REGION where needed
  --port N            port to listen on, default ${DEFAULT_PORT}; a busy port is an error
  --host ADDRESS      address to listen on, default 127.0.0.1; 0.0.0.0 = all of this machine
  --base-path PATH    path that the server answers below, for instance /hotzone/
  --trust-host NAME   name that the server answers under, at any port, besides those of this machine; may be given several
                      times
  --max-size MB       largest upload as it is sent, default ${DEFAULT_LIMITS.mostBytes / 1024 ** 2}
  --quota MB          most bytes of everything together, default ${DEFAULT_LIMITS.quota / 1024 ** 2}; 0 = no limit
  --keep DAYS         longest time that something is kept, default ${DEFAULT_LIMITS.mostSeconds / 86_400}; 0 = for good
  --frame-ancestors ORIGIN
                      pages of this origin may show the app inside themselves; may be given several times
  --previews URL      show a title and a picture to programs that look at links; URL: the public address of this server
  --help              print this text`

/** Resolves to an exit code when the server was stopped. */
export async function serve(args: readonly string[]): Promise<number> {
  const options = parse(args)
  if (options === null) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const { store: place, limits, previews, ...served } = options
  const blobs = place.startsWith('s3://') ? s3Store(s3Options(place, process.env)) : await folderStore(place)
  const warn = (message: string) => log({ level: 'warning', message })
  const stored = await storeFeature({ blobs, limits, previews: previews !== null, warn })
  const observed = observe(stored)
  const server = await startServer({
    app: fileURLToPath(new URL('../app/', import.meta.url)),
    features: [stored, observed],
    api: false,
    mayMove: false,
    farewellMs: FAREWELL_MS,
    ...served,
    ...(previews !== null && { head: previewHead(stored.store, previews) }),
    onAnswered(answered) {
      observed.count(answered)
      log({ level: 'info', ...answered })
    },
  })
  process.stdout.write(`Hotzone is at ${server.url}, and stores in ${blobs.name}\n`)
  return untilStopped(server)
}

/** One line for each, as JSON. */
function log(fields: object): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...fields })}\n`)
}

function untilStopped(server: RunningServer): Promise<number> {
  return new Promise((resolve) => {
    const stop = () => void server.close().then(() => resolve(0))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}

/** Null = help was asked for. */
function parse(args: readonly string[]) {
  let values: ReturnType<typeof parseOptions>
  try {
    values = parseOptions(args)
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See hotzone serve --help.`)
  }
  if (values.help) return null
  if (!values.store) throw new UsageError('hotzone serve needs --store DIR or --store s3://BUCKET.')
  const basePath = values['base-path'] ?? '/'
  if (!/^\/([\w.~-]+\/)*$/.test(basePath)) {
    throw new UsageError(`--base-path takes a path with a slash at both ends, not "${basePath}".`)
  }
  const framedBy = values['frame-ancestors'] ?? []
  for (const origin of framedBy)
    if (!isOrigin(origin)) throw new UsageError(`"${origin}" is no origin like https://wiki.example.`)
  const names = values['trust-host'] ?? []
  for (const name of names) {
    if (!/^([^\s:/?#@[\]]+|\[[\da-f:.]+\])$/i.test(name)) {
      throw new UsageError(`--trust-host takes a name like wiki.example, without scheme, port and path, not "${name}".`)
    }
  }
  const previews = values.previews ?? null
  if (previews !== null && !/^https?:\/\/[^\s"<>]+$/.test(previews)) {
    throw new UsageError(`--previews takes the public address of this server, not "${previews}".`)
  }
  return {
    store: values.store,
    port: number('port', values.port, DEFAULT_PORT, 65_535),
    host: values.host ?? '127.0.0.1',
    basePath,
    names: [...names, ...(previews === null ? [] : [new URL(previews).hostname])],
    framedBy,
    previews,
    limits: {
      ...DEFAULT_LIMITS,
      mostBytes: number('max-size', values['max-size'], DEFAULT_LIMITS.mostBytes / 1024 ** 2) * 1024 ** 2,
      quota: number('quota', values.quota, DEFAULT_LIMITS.quota / 1024 ** 2) * 1024 ** 2,
      mostSeconds: number('keep', values.keep, DEFAULT_LIMITS.mostSeconds / 86_400) * 86_400,
    },
  }
}

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text

function number(option: string, text: string | undefined, otherwise: number, most = 1e9): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > most) throw new UsageError(`--${option} takes a number, not "${text}".`)
  return value
}

function parseOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      store: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      'base-path': { type: 'string' },
      'trust-host': { type: 'string', multiple: true },
      'max-size': { type: 'string' },
      quota: { type: 'string' },
      keep: { type: 'string' },
      'frame-ancestors': { type: 'string', multiple: true },
      previews: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  return values
}
