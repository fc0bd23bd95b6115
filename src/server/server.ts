/**
 * The web server: the built app, the files named on the command line, and further features. `hotzone` runs it for one
 * person on this machine, `hotzone serve` for a team.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { ServerOffer } from '../core/service/offer.ts'
import { type Feature, sentence } from './feature.ts'
import { checkHost, checkToken } from './guard.ts'
import { localAddress, localFiles } from './local-files.ts'
import { addPage, securityHeaders } from './page.ts'

export interface ServeOptions {
  /** Folder of the built app. */
  app: string
  /** Profiles to serve at /local/<n>/<name>, read afresh on every request. */
  files?: readonly string[]
  /** Profile that those are compared with, served beside them; left out or null = none. */
  base?: string | null
  /** The files are of one program, and open as one investigation. */
  together?: boolean
  /** Fragment of the address that opens the page, with its #: what is seen first. */
  view?: string
  /** What the server does besides. */
  features?: readonly Feature[]
  /** The page may call /api/: a token is made, and the page is told. Left out = true. */
  api?: boolean
  /** First port to try; 0 lets the system choose. */
  port: number
  /** Name or number of the interface to listen on; left out = this machine only. */
  host?: string
  /** Names that the server answers under, besides those of this machine. */
  names?: readonly string[]
}

export interface RunningServer {
  port: number
  /** Address of the app's first screen, with a slash at the end. */
  url: string
  /** Address that opens the app on the given files, or on the first screen without any. */
  openUrl: string
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const PORTS_TO_TRY = 100

/** Starts serving; a busy port moves to the next free one. Rejects when the app's folder holds no index.html. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { base = null, files: given = [], features = [], host = LOOPBACK, port } = options
  const files = base === null ? given : [base, ...given]
  const all = [localFiles(files), ...features]
  const app = createApp({ ...options, features: all })
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const server = createServer((request, response) => void listener(request, response))
  await listen(server, port, host)
  const actual = (server.address() as AddressInfo).port
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${actual}/`
  return {
    port: actual,
    url,
    openUrl: openAddress(url, files, options),
    async close() {
      for (const feature of all) await feature.close?.()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

interface AppOptions extends Omit<ServeOptions, 'features'> {
  features: readonly Feature[]
}

function createApp({ app: folder, features, api = true, names = [], host = LOOPBACK }: AppOptions) {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const token = randomBytes(32).toString('base64url')
  const offer: ServerOffer = Object.assign(api ? { token } : {}, ...features.map((feature) => feature.offer))
  app.use(async (c, next) => {
    await next()
    // What the handler said counts.
    for (const [name, value] of Object.entries(securityHeaders)) if (!c.res.headers.has(name)) c.header(name, value)
  })
  app.use(checkHost(names, host !== LOOPBACK))
  app.use(async (c, next) => (isReadable(c.req.raw.url) ? next() : sentence(400, 'This address is malformed.')))
  app.use('/api/*', checkToken(token))
  for (const feature of features) feature.routes(app)
  addPage(app, { app: folder, offer })
  app.all('*', () => sentence(405, 'This server is read-only.'))
  app.onError((error) => {
    console.error(error)
    return sentence(500, 'The server failed at this request; its log says why.')
  })
  return app
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(new URL(url).pathname)
    return true
  } catch {
    return false
  }
}

function openAddress(url: string, files: readonly string[], { base = null, together, view = '' }: ServeOptions) {
  const query = files.map((file, n) => {
    const key = n === 0 && base !== null ? 'base' : 'profile'
    return `${key}=${encodeURIComponent(localAddress(n, file)).replaceAll('%2F', '/')}`
  })
  if (together && query.length > 1) query.push('together=1')
  return query.length > 0 ? `${url}?${query.join('&')}${view}` : url
}

async function listen(server: Server, first: number, host: string): Promise<void> {
  const last = first === 0 ? 0 : Math.min(first + PORTS_TO_TRY - 1, 65_535)
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve()
        })
      })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error
    }
  }
}
