/** Who may ask: checks of the names a request comes under, of the page that sends it, and of the token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { TOKEN_HEADER } from '../core/service/offer.ts'
import { sentence } from './feature.ts'

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** "[::1]:80" -> "[::1]", "Host:80" -> "host". */
const nameIn = (host: string) => host.replace(/:\d+$/, '').toLowerCase()

const isAddress = (name: string) => isIP(name.replace(/^\[|\]$/g, '')) !== 0

/**
 * A page of another site can resolve its own name to this machine; then the Host header gives it away.
 * names: trusted besides those of this machine. addresses: the server listens to more than this machine, and is asked by its
 * numbers, which no other site can take.
 */
export function checkHost(names: readonly string[], addresses: boolean): MiddlewareHandler {
  const trusted = new Set(names.map((name) => name.toLowerCase()))
  return async (c, next) => {
    const name = nameIn(c.req.header('host') ?? '')
    if (LOOPBACK_NAMES.has(name) || trusted.has(name) || (addresses && isAddress(name))) return next()
    return addresses || names.length > 0
      ? sentence(403, 'This server does not answer under this name; whoever runs it can allow it with --trust-host.')
      : sentence(403, 'This server answers to this machine only.')
  }
}

/** Whether the address is one that browsers take for safe: of this machine, or behind a proxy that says that it speaks TLS. */
export function isSecure(headers: { get(name: string): string | null }): boolean {
  return headers.get('x-forwarded-proto') === 'https' || LOOPBACK_NAMES.has(nameIn(headers.get('host') ?? ''))
}

/** True where another site's page, or a page of nobody, sends the request. Programs send neither header. */
export function isForeign(headers: { get(name: string): string | null }): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  const origin = headers.get('origin')
  if (origin === null) return false
  return !URL.canParse(origin) || new URL(origin).host !== withoutDefaultPort(headers.get('host') ?? '', origin)
}

/** An origin does not say the port of its scheme; a Host header may. */
function withoutDefaultPort(host: string, origin: string): string {
  const port = origin.startsWith('https:') ? ':443' : ':80'
  return host.toLowerCase().endsWith(port) ? host.toLowerCase().slice(0, -port.length) : host.toLowerCase()
}

/** Refuses calls of other sites' pages, and calls without the token. */
export function checkToken(token: string): MiddlewareHandler {
  return async (c, next) => {
    if (isForeign(c.req.raw.headers)) return sentence(403, 'Pages of other sites may not ask this server.')
    if (!isSame(c.req.header(TOKEN_HEADER) ?? '', token)) {
      return sentence(401, 'This call needs the token of the running server; load the page anew.')
    }
    return next()
  }
}

/** Takes the same time whatever the texts have in common. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
