/** Calls of the local API of the server that sent this page: none comes before the first picture. */
import { API_PATH, TOKEN_HEADER } from '../core/service/offer.ts'
import { serverOffer } from './server.ts'

/** Calls the local API. path: below it, without a slash in front. Rejects where there is no such API, and without a connection. */
export async function callServer(path: string, init: RequestInit = {}): Promise<Response> {
  const token = serverOffer()?.token
  if (token === undefined) throw new Error('the server of this page has no local API')
  const headers = new Headers(init.headers)
  headers.set(TOKEN_HEADER, token)
  return fetch(new URL(API_PATH + path, document.baseURI), { ...init, headers, cache: 'no-store' })
}
