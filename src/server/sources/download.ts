/**
 * One request to a service that somebody named on the command line. Bounded in size and in time; redirects are followed
 * on the named host alone, and credentials go to the scheme and port that they were given for and to no other.
 */
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { DOWNLOAD_LIMIT } from '../../early/body.ts'
import { type SourceAddress, shownAddress } from './address.ts'
import { proxyFor } from './proxy.ts'
import { SourceError } from './source-error.ts'

const MOST_REDIRECTS = 5
/** Of an answer that says why there is no profile. */
const MOST_SAID_BYTES = 4096
const MOST_SAID = 300

export interface DownloadOptions {
  /** How long the whole may take. */
  seconds: number
  /** Bytes; without, DOWNLOAD_LIMIT. */
  limit?: number
  signal?: AbortSignal | undefined
  /** Told of the bytes that came, and of how many there are; 0 = not known. */
  onBytes?: ((bytes: number, total: number) => void) | undefined
  /** Sent with POST, which is not redirected. */
  body?: { type: string; bytes: string | Uint8Array }
  /** Where proxies are named; left out = of the process. */
  env?: NodeJS.ProcessEnv
  /** Further headers, which like credentials go to the named host alone. */
  headers?: Readonly<Record<string, string>>
}

export interface Downloaded {
  bytes: Uint8Array<ArrayBuffer>
  /** Without parameters, in small letters. */
  type: string
}

/** Throws SourceError, and the signal's reason when it is given up. */
export async function download(address: SourceAddress, options: DownloadOptions): Promise<Downloaded> {
  const { host } = address.url
  const ended = AbortSignal.timeout(Math.round(options.seconds * 1000))
  const signal = options.signal ? AbortSignal.any([ended, options.signal]) : ended
  try {
    const response = await ask(address, options, signal)
    return await readAnswer(response, host, options)
  } catch (thrown) {
    options.signal?.throwIfAborted()
    if (thrown instanceof SourceError) throw thrown
    if (ended.aborted) throw new SourceError('timeout', { host, seconds: Math.round(options.seconds) })
    const { code = '' } = thrown as NodeJS.ErrnoException
    const proxy = proxyFor(address.url, options.env ?? process.env)
    if (proxy && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT)$/.test(code))
      throw new SourceError('proxy', { host: proxy.host, said: `nothing answers there (${code})` })
    throw connectionError(thrown as NodeJS.ErrnoException, host)
  }
}

/** The answer, after redirects, whatever its status. */
async function ask(address: SourceAddress, options: DownloadOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const { host, origin } = address.url
  let { url } = address
  for (let redirects = 0; ; redirects++) {
    const response = await send(url, address, url.origin === origin, options, signal)
    const { statusCode = 0, headers } = response
    const isRedirect = statusCode >= 300 && statusCode < 400 && headers.location !== undefined
    if (!isRedirect) return response
    response.destroy()
    const next = URL.canParse(headers.location ?? '', url.href) ? new URL(headers.location ?? '', url) : null
    if (!next || !isSameHost(url, next) || options.body || redirects === MOST_REDIRECTS)
      throw new SourceError('redirect', { host, said: next ? targetOf(next) : '' })
    url = next
  }
}

/** Who named a host named no other one: on it the scheme may rise to https, and the port changes with the scheme alone. */
function isSameHost(from: URL, to: URL): boolean {
  if (to.hostname !== from.hostname) return false
  return to.origin === from.origin || (from.protocol === 'http:' && to.protocol === 'https:')
}

/** Without what may be a secret, or long. */
const targetOf = (url: URL) =>
  (/^https?:$/.test(url.protocol) ? shownAddress({ url }) : url.protocol).slice(0, MOST_SAID)

/** isNamed: the url is of the origin that was named, with what was said of it. */
function send(
  url: URL,
  { authorization, insecure, tls }: SourceAddress,
  isNamed: boolean,
  { body, headers, env = process.env }: DownloadOptions,
  signal: AbortSignal,
) {
  const secure = url.protocol === 'https:'
  // What a redirect says of user and password is not sent either.
  const { hostname, port, pathname, search } = url
  const options = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    path: `${pathname}${search}`,
    method: body ? 'POST' : 'GET',
    signal,
    agent: agentFor(url, env),
    headers: {
      Host: url.host,
      Accept: '*/*',
      'Accept-Encoding': 'gzip',
      ...(body ? { 'Content-Type': body.type, 'Content-Length': Buffer.byteLength(body.bytes) } : {}),
      ...(isNamed ? headers : {}),
      ...(isNamed && authorization !== '' ? { Authorization: authorization } : {}),
    },
    ...(tls?.ca && { ca: tls.ca }),
    ...(isNamed && tls?.cert && tls.key && { cert: tls.cert, key: tls.key }),
    ...(isNamed && insecure ? { rejectUnauthorized: false } : {}),
  }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const call = (secure ? requestHttps : requestHttp)(options, resolve)
    call.on('error', reject)
    // What the proxy refuses with would be taken for the answer of the host.
    call.on('proxyConnect', ({ statusCode = 200 }: { statusCode?: number }) => {
      if (statusCode !== 200)
        call.destroy(new SourceError('proxy', { host: proxyFor(url, env)?.host ?? '', status: statusCode }))
    })
    call.end(body?.bytes)
  })
}

function agentFor(url: URL, env: NodeJS.ProcessEnv) {
  const proxy = proxyFor(url, env)
  if (!proxy) return false
  return url.protocol === 'https:' ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy)
}

async function readAnswer(response: IncomingMessage, host: string, options: DownloadOptions): Promise<Downloaded> {
  const type = (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const { statusCode = 0 } = response
  if (statusCode !== 200) throw statusError(response, host, await saidBy(response))
  const isPacked = response.headers['content-encoding'] === 'gzip'
  const total = isPacked ? 0 : Number(response.headers['content-length'] ?? 0)
  const limit = options.limit ?? DOWNLOAD_LIMIT
  const tooLarge = () => {
    response.destroy()
    return new SourceError('too-large', { host })
  }
  if (total > limit) throw tooLarge()
  const parts: Uint8Array[] = []
  let bytes = 0
  const body: Readable = isPacked ? response.pipe(createGunzip()) : response
  // A stream that is piped does not hand its error on.
  if (isPacked) response.on('error', (error) => body.destroy(error))
  for await (const part of body) {
    parts.push(part as Uint8Array)
    bytes += (part as Uint8Array).length
    if (bytes > limit) throw tooLarge()
    options.onBytes?.(bytes, total)
  }
  if (!response.complete) throw new SourceError('cut', { host })
  const all = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return { bytes: all, type }
}

/** The beginning of what a service says in an error, as one line. */
async function saidBy(response: IncomingMessage): Promise<string> {
  const isText = /^text\/plain|^application\/(json|grpc)/.test(response.headers['content-type'] ?? '')
  if (!isText) {
    response.destroy()
    return ''
  }
  let text = ''
  try {
    for await (const part of response.setEncoding('utf8')) {
      text += part
      if (text.length > MOST_SAID_BYTES) break
    }
  } catch {
    // What came of it is said.
  }
  response.destroy()
  // A service's text must not steer a terminal.
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_SAID)
}

function statusError({ statusCode = 0, headers }: IncomingMessage, host: string, said: string): SourceError {
  const isPprof = headers['x-go-pprof'] !== undefined
  if (statusCode === 401 || statusCode === 403) return new SourceError('unauthorized', { host })
  if (statusCode === 404) return new SourceError(isPprof ? 'no-such-profile' : 'no-pprof', { host })
  if (isPprof && /cpu profiling already in use/i.test(said)) return new SourceError('cpu-busy', { host })
  if (isPprof && /tracing is already enabled/i.test(said)) return new SourceError('trace-busy', { host })
  if (isPprof && /WriteTimeout/.test(said)) return new SourceError('write-timeout', { host })
  return new SourceError('status', { host, status: statusCode, said })
}

/** What Node says of a connection, in words. */
function connectionError({ code = '', message }: NodeJS.ErrnoException, host: string): SourceError {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new SourceError('unknown-host', { host })
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'Z_BUF_ERROR')
    return new SourceError('cut', { host })
  if (code.startsWith('HPE_')) return new SourceError('not-http', { host })
  if (/^Z_/.test(code)) return new SourceError('bad-answer', { host, said: message })
  if (code === 'EPROTO' || /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new SourceError('tls', { host, said: code === 'EPROTO' ? 'it does not speak TLS' : message })
  const refused = code === 'ECONNREFUSED' ? 'connection refused' : code
  return new SourceError('unreachable', { host, said: refused })
}
