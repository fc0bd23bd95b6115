/** The built app: its page with what the server says of itself, and its files. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { SERVER_BLOCK, type ServerOffer } from '../core/service/offer.ts'
import { bestEncoding, builtFiles } from './built-files.ts'
import type { App } from './feature.ts'
import { type PictureOf, withPicture } from './first-picture.ts'

/** scripts: what code may run. framedBy: origins whose pages may show the app inside themselves. */
const policy = (scripts: string, framedBy: readonly string[] = []) =>
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
    `frame-ancestors ${framedBy.length > 0 ? framedBy.join(' ') : "'none'"}`,
  ].join('; ')

/** Put into every answer; a handler may say otherwise. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': policy("'self'"),
}

/** The script that stands in the page itself, by its hash. */
function inlineScript(html: string): string {
  const [, code = ''] = /<script>(.*?)<\/script>/s.exec(html) ?? []
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
}

/** Data, not code: no policy has to allow it. `<` would end it, or begin a comment. */
function withOffer(html: string, offer: ServerOffer): string {
  const json = JSON.stringify(offer).replaceAll('<', '\\u003c')
  const block = `<script type="application/json" id="${SERVER_BLOCK}">${json}</script>`
  return html.replace('</title>', () => `</title>${block}`)
}

/** What makes the page of one request differ from that of another: metadata of what a link leads to. */
export type PageHead = (url: URL) => Promise<string>

interface PageOptions {
  /** Folder of the built app. */
  app: string
  offer: ServerOffer
  framedBy?: readonly string[]
  /** HTML for the head, '' for none. */
  head?: PageHead
  picture?: PictureOf
}

/** Adds the app's page and files. Throws when the folder holds no index.html. */
export function addPage(to: App, { app, offer, framedBy, head, picture }: PageOptions): void {
  const html = withOffer(readFileSync(join(app, 'index.html'), 'utf8'), offer)
  const plain = packed(html)
  let other = plain
  const pack = (text: string) => {
    if (text === html) return plain
    if (text !== other.html) other = packed(text)
    return other
  }
  const assets = picture ? readdirSync(join(app, 'assets')) : []
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    // It holds the token of this process: a kept page is good for as long as its ETag is that of the running one.
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policy(`'self' ${inlineScript(html)}`, framedBy),
    // The second for Cross-Origin-Opener-Policy.
    Vary: 'Accept-Encoding, Sec-Fetch-Site',
  }
  for (const path of ['/', '/index.html']) {
    to.get(path, async (c) => {
      const url = new URL(c.req.url)
      const more = head ? await head(url) : ''
      const json = (await picture?.(url)) ?? null
      const headed = more === '' ? html : html.replace('</title>', () => `</title>${more}`)
      const page = pack(json === null ? headed : withPicture(headed, json, assets))
      const { name, body } = page.encoded(c.req.header('accept-encoding') ?? '')
      const etag = `"${page.hash}${name && `-${name}`}"`
      const all = { ...headers, ETag: etag, ...(name && { 'Content-Encoding': name }) }
      if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers: all })
      return new Response(body, { headers: { ...all, 'Content-Length': String(body.length) } })
    })
  }
  const files = builtFiles(app, (path): Record<string, string> => {
    // Names of built files carry a hash of their content; others must always be asked for anew.
    if (!path.startsWith('/assets/')) return { 'Cache-Control': 'no-cache' }
    return {
      'Cache-Control': 'public, max-age=31536000, immutable',
      // A worker has the policy of its own file: names of C++ and Rust are demangled by WebAssembly.
      'Content-Security-Policy': policy("'self' 'wasm-unsafe-eval'"),
    }
  })
  to.get('*', (c) => files(c.req.raw))
}

/** Somebody waits for it. */
const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

interface Packed {
  html: string
  hash: string
  /** name: '' = as it is. */
  encoded(accepted: string): { name: string; body: Uint8Array<ArrayBuffer> }
}

function packed(html: string): Packed {
  const bytes = Buffer.from(html)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  const made = new Map<string, Uint8Array<ArrayBuffer>>()
  const make = (name: string) => {
    const body = made.get(name) ?? new Uint8Array(name === 'br' ? brotliCompressSync(bytes, QUICKLY) : gzipSync(bytes))
    made.set(name, body)
    return { name, body }
  }
  return {
    html,
    hash,
    encoded(accepted) {
      const name = bestEncoding(accepted)
      return name === '' ? { name, body: new Uint8Array(bytes) } : make(name)
    },
  }
}
