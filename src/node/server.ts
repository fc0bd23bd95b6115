/**
 * The local web server: the built app, and the files named on the command line. Nothing else of the disk can be
 * reached, nothing can be written, and only this machine can connect.
 */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import sirv from 'sirv'
import type { PercentOf } from '../core/query/options.ts'

export interface ServeOptions {
  /** Folder of the built app. */
  app: string
  /** Profiles to serve at /local/<n>/<name>, read afresh on every request. */
  files: readonly string[]
  /** Profile that those are compared with, served beside them; left out or null = none. */
  base?: string | null
  /** What per cent are of; see QuerySpec. */
  percentOf?: PercentOf
  /** The files are of one program, and open as one investigation. */
  together?: boolean
  /** First port to try; 0 lets the system choose. */
  port: number
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

/** scripts: what code may run. */
const policy = (scripts: string) =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    // Profiles may be fetched from any host that allows it (?profile=URL); code and pictures may not.
    'connect-src *',
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** The script that stands in the page itself, by its hash. */
function inlineScript(app: string): string {
  const [, code = ''] = /<script>(.*?)<\/script>/s.exec(readFileSync(join(app, 'index.html'), 'utf8')) ?? []
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
}

const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Starts serving; a busy port moves to the next free one. Rejects when the app's folder holds no index.html. */
export async function serve({
  app,
  files: given,
  base = null,
  percentOf = 'base',
  together = false,
  port,
}: ServeOptions): Promise<RunningServer> {
  const files = base === null ? given : [base, ...given]
  const pagePolicy = policy(`'self' ${inlineScript(app)}`)
  const appFiles = sirv(app, {
    etag: true,
    setHeaders(response, path) {
      // Names of built files carry a hash of their content; the page itself must always be asked for anew.
      const hashed = path.startsWith('/assets/')
      response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      // A worker has the policy of its own file: names of C++ and Rust are demangled by WebAssembly.
      if (hashed) response.setHeader('Content-Security-Policy', policy("'self' 'wasm-unsafe-eval'"))
    },
  })
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    response.setHeader('Content-Security-Policy', pagePolicy)
    if (!isLocalHost(request.headers.host)) return refuse(response, 403, 'This server answers to this machine only.')
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'This server is read-only.')
    const path = pathOf(request)
    if (path === null) return refuse(response, 400, 'This address is malformed.')
    if (path.startsWith('/local/')) return void sendFile(request, response, fileFor(path, files))
    appFiles(request, response, () => refuse(response, 404, 'There is nothing at this address.'))
  })
  await listen(server, port)
  const actual = (server.address() as AddressInfo).port
  const url = `http://${LOOPBACK}:${actual}/`
  const query = files.map((file, n) => {
    const key = n === 0 && base !== null ? 'base' : 'profile'
    return `${key}=${encodeURIComponent(localAddress(n, file)).replaceAll('%2F', '/')}`
  })
  if (together && query.length > 1) query.push('together=1')
  const view = base !== null && percentOf === 'difference' ? '#of=difference' : ''
  return {
    port: actual,
    url,
    openUrl: query.length > 0 ? `${url}?${query.join('&')}${view}` : url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A page of another site can resolve its own name to 127.0.0.1; then the Host header gives it away. */
function isLocalHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  return name === LOOPBACK || name === 'localhost' || name === '[::1]'
}

function pathOf(request: IncomingMessage): string | null {
  const raw = (request.url ?? '/').split('?', 1)[0] as string
  try {
    return decodeURIComponent(raw)
  } catch {
    return null
  }
}

/** Where file n is served; its name may hold anything that a disk allows. */
function localAddress(n: number, file: string): string {
  return `/local/${n}/${encodeURIComponent(basename(file))}`
}

function fileFor(path: string, files: readonly string[]): string | undefined {
  return files.find((file, n) => `/local/${n}/${basename(file)}` === path)
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: string | undefined): Promise<void> {
  if (file === undefined) return refuse(response, 404, 'There is nothing at this address.')
  let size: number
  try {
    const info = await stat(file)
    if (!info.isFile()) return refuse(response, 404, `${basename(file)} is not a file any more.`)
    size = info.size
  } catch {
    return refuse(response, 404, `${basename(file)} cannot be read any more.`)
  }
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    'Cache-Control': 'no-store',
  })
  if (request.method === 'HEAD' || size === 0) return void response.end()
  // `end` keeps the promise of Content-Length when the file grows meanwhile.
  const stream = createReadStream(file, { end: size - 1 })
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${sentence}\n`)
}

async function listen(server: Server, first: number): Promise<void> {
  const last = first === 0 ? 0 : Math.min(first + PORTS_TO_TRY - 1, 65_535)
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, LOOPBACK, () => {
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
