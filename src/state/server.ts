/** What the server that sent this page offers, and calls of its local API. */
import { API_PATH, SERVER_BLOCK, type ServerOffer, TOKEN_HEADER } from '../core/service/offer.ts'

/** Null on a static host, and where the block cannot be read. */
export function serverOffer(): ServerOffer | null {
  const text = globalThis.document?.getElementById(SERVER_BLOCK)?.textContent
  if (!text) return null
  try {
    return JSON.parse(text) as ServerOffer
  } catch {
    return null
  }
}

/** Calls the local API. path: below it, without a slash in front. Rejects where there is no such API, and without a connection. */
export async function callServer(path: string, init: RequestInit = {}): Promise<Response> {
  const token = serverOffer()?.token
  if (token === undefined) throw new Error('the server of this page has no local API')
  const headers = new Headers(init.headers)
  headers.set(TOKEN_HEADER, token)
  return fetch(new URL(API_PATH + path, document.baseURI), { ...init, headers, cache: 'no-store' })
}
