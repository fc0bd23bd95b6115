/**
 * The web server: the built app, the files named on the command line, and further features. `hotzone` runs it for one
 * person on this machine, `hotzone serve` for a team.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { ServerOffer } from '../core/service/offer.ts'
import { STORE_PATH } from '../core/service/stored.ts'
import { type Feature, sentence } from './feature.ts'
import { localPictures, type PictureOf } from './first-picture.ts'
import { checkHost, checkToken, isSecure } from './guard.ts'
import { localAddress, localFiles } from './local-files.ts'
import { addPage, type PageHead, securityHeaders } from './page.ts'

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
  /** JSON of the picture of a file, for the page on it (engine/first-picture.ts); left out = pages come without. */
  picture?: (file: string) => Promise<string | null>
  /** First port to try; 0 lets the system choose. */
  port: number
  /** A busy port moves to the next free one. Left out = true. */
  mayMove?: boolean
  /** Name or number of the interface to listen on; left out = this machine only. */
  host?: string
  /** Names that the server answers under, besides those of this machine. */
  names?: readonly string[]
  /** Path that the server answers below, with a slash at both ends. */
  basePath?: string
  /** Origins whose pages may show the app inside themselves. */
  framedBy?: readonly string[]
  /** See PageHead. */
  head?: PageHead
  /** Called once for each request that was answered. */
  onAnswered?: (answered: Answered) => void
  /** Milliseconds that requests under way may take once the server stops. Left out = none. */
  farewellMs?: number
}

/**
 * A request and what became of it. The query is no part of it: it may say what somebody looks at. Names of what is stored are
 * cut: whoever knows one can read it.
 */
export interface Answered {
  method: string
  path: string
  status: number
  /** Sent for it, headers included. */
  bytes: number
  milliseconds: number
  /** False when the connection ended before the whole answer was sent. */
  whole: boolean
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

/** Node ends every request after five minutes, without a word; how long a body may take is for those who read it to say. */
const LIMITS = { requestTimeout: 0, headersTimeout: 60_000 }

/** What proxies write of requests whose client left before an answer. */
const CLIENT_LEFT = 499

/** Starts serving; a busy port moves to the next free one. Rejects when the app's folder holds no index.html. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const {
    base = null,
    files: given = [],
    features = [],
    host = LOOPBACK,
    basePath = '/',
    port,
    farewellMs = 0,
  } = options
  const files = base === null ? given : [base, ...given]
  const all = [localFiles(files), ...features]
  const picture = options.picture ? localPictures(files, options.picture) : undefined
  const app = createApp({ ...options, features: all, picture })
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const server = createServer(LIMITS, (request, response) => {
    if (options.onAnswered) watch(request, response, options.onAnswered)
    if (!moveBelow(request, response, basePath)) return
    void listener(request, response)
  })
  await listen(server, port, host, options.mayMove ?? true)
  const actual = (server.address() as AddressInfo).port
  const url = `http://${nameOf(host)}:${actual}${basePath}`
  const openUrl = openAddress(url, files, options)
  // Before the browser asks.
  void picture?.(new URL(openUrl))
  return {
    port: actual,
    url,
    openUrl,
    async close() {
      await stop(server, farewellMs)
      for (const feature of all) await feature.close?.()
    },
  }
}

/** Where an address for the listener can be asked: one that stands for all is none. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK
  return host.includes(':') ? `[${host}]` : host
}

/** What is under way may end, as long as it does so in time; nothing new begins. */
function stop(server: Server, farewellMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(() => server.closeAllConnections(), farewellMs)
    server.close(() => {
      clearTimeout(end)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** Takes the path that the server lies below off the address. False: the request is answered. */
function moveBelow(request: IncomingMessage, response: ServerResponse, basePath: string): boolean {
  if (basePath === '/') return true
  const { url = '/' } = request
  if (url.startsWith(basePath)) {
    request.url = url.slice(basePath.length - 1)
    return true
  }
  const isAbove = `${url.split('?')[0]}/` === basePath
  response.writeHead(isAbove ? 308 : 404, isAbove ? { Location: `${basePath}${url.slice(basePath.length - 1)}` } : {})
  response.end()
  return false
}

const STORED_NAME = new RegExp(`(/${STORE_PATH}[^/]{6})[^/]+`)

function watch(request: IncomingMessage, response: ServerResponse, onAnswered: (answered: Answered) => void): void {
  const begun = performance.now()
  const { method = '', url = '' } = request
  const before = request.socket.bytesWritten
  response.once('close', () => {
    onAnswered({
      method,
      path: (url.split('?', 1)[0] ?? '').replace(STORED_NAME, '$1…'),
      status: response.headersSent ? response.statusCode : CLIENT_LEFT,
      bytes: request.socket.bytesWritten - before,
      milliseconds: Math.round((performance.now() - begun) * 10) / 10,
      whole: response.writableFinished,
    })
  })
}

interface AppOptions extends Omit<ServeOptions, 'features' | 'picture'> {
  features: readonly Feature[]
  picture?: PictureOf
}

function createApp({
  app: folder,
  features,
  picture,
  api = true,
  names = [],
  host = LOOPBACK,
  framedBy,
  head,
}: AppOptions) {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const token = randomBytes(32).toString('base64url')
  const offer: ServerOffer = Object.assign(
    api ? { token } : {},
    framedBy && framedBy.length > 0 ? { framedBy } : {},
    ...features.map((feature) => feature.offer),
  )
  app.use(async (c, next) => {
    await next()
    // What the handler said counts.
    for (const [name, value] of Object.entries(securityHeaders)) if (!c.res.headers.has(name)) c.header(name, value)
    // Browsers complain of it where an address is not safe to them. An address that the reader gave the browser has no page
    // that opened it, and need not wait for a process of its own.
    const isOwnWish = c.req.header('sec-fetch-site') === 'none'
    if (isSecure(c.req.raw.headers) && !isOwnWish) c.header('Cross-Origin-Opener-Policy', 'same-origin')
  })
  app.use(checkHost(names, host !== LOOPBACK))
  app.use(async (c, next) => (isReadable(c.req.raw.url) ? next() : sentence(400, 'This address is malformed.')))
  app.use('/api/*', checkToken(token))
  for (const feature of features) feature.routes(app)
  addPage(app, {
    app: folder,
    offer,
    ...(framedBy && { framedBy }),
    ...(head && { head }),
    ...(picture && { picture }),
  })
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

async function listen(server: Server, first: number, host: string, mayMove: boolean): Promise<void> {
  const last = first === 0 || !mayMove ? first : Math.min(first + PORTS_TO_TRY - 1, 65_535)
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
