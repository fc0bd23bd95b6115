import { afterEach, expect, it, vi } from 'vitest'
import { serverOffer } from './server.ts'
import { callServer } from './server-calls.ts'

afterEach(() => vi.unstubAllGlobals())

function page(text: string | null) {
  vi.stubGlobal('document', {
    baseURI: 'http://127.0.0.1:7117/below/?p=x',
    getElementById: (id: string) => (id === 'hotzone-server' && text !== null ? { textContent: text } : null),
  })
}

it('knows what the server of the page says, and that a static host says nothing', () => {
  page('{"token":"t"}')
  expect(serverOffer()).toEqual({ token: 't' })
  page(null)
  expect(serverOffer()).toBeNull()
  page('{')
  expect(serverOffer()).toBeNull()
})

it('calls below the path of the page, with the token, which is never in the address', async () => {
  page('{"token":"t"}')
  const fetched = vi.fn(async (_: URL, _init: RequestInit) => new Response('yes'))
  vi.stubGlobal('fetch', fetched)
  await callServer('live/heap', { method: 'POST', headers: { 'Content-Type': 'text/plain' } })
  const [url, init] = fetched.mock.calls[0] ?? []
  expect(String(url)).toBe('http://127.0.0.1:7117/below/api/live/heap')
  expect(Object.fromEntries(init?.headers as Headers)).toEqual({ 'content-type': 'text/plain', 'x-hotzone-token': 't' })
  page('{}')
  await expect(callServer('live/heap')).rejects.toThrow('no local API')
})
