/** What is stored, deleted and said when an upload ends, fails or is given up, over a store in memory. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StoredAnswer } from '../core/service/stored.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { type TestTab, testTab } from '../testing/session/tab.ts'
import { createSharing, type ShareOptions, type ShareProgress } from './sharing.ts'
import type { Send, Sending } from './uploading.ts'

const file = (path: string) => new File([readFileSync(fixturePath(path))], path.split('/').slice(1).join('-'))
const heap = () => file('go1.27/map/heap.pb.gz')
const cpu = () => file('go1.27/map/cpu.pb.gz')

const plain: ShareOptions = { sealed: false, stripped: false, filtered: false, seconds: 0, picture: null }

let stored: Map<string, { token: string; body: Blob }>
let tab: TestTab

/** A server that keeps what comes. before: runs once half of the body has gone. */
function storing(before: (id: string, sending: Sending) => Promise<void> | void = () => {}): Send {
  return async (url, sending) => {
    const id = url.pathname.split('/').at(-1) ?? ''
    const { body, onBytes, signal } = sending
    onBytes(Math.floor(body.size / 2))
    await before(id, sending)
    signal.throwIfAborted()
    onBytes(body.size)
    const token = `token of ${id}`
    stored.set(id, { token, body })
    const answer: StoredAnswer = { id, deleteToken: token, expires: null }
    return { status: 201, text: JSON.stringify(answer) }
  }
}

let deletes: 'works' | 'fails'

beforeEach(() => {
  stored = new Map()
  deletes = 'works'
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('document', { baseURI: 'https://hotzone.example/', getElementById: () => null })
  vi.stubGlobal('fetch', async (url: URL, { headers }: RequestInit) => {
    if (deletes === 'fails') throw new Error('no connection')
    const id = url.pathname.split('/').at(-1) ?? ''
    const token = new Headers(headers).get('X-Hotzone-Delete-Token')
    if (stored.get(id)?.token === token) stored.delete(id)
    return new Response(null, { status: 204 })
  })
  tab = testTab()
})

afterEach(() => {
  tab.close()
  vi.unstubAllGlobals()
})

const log = () => file('go1.27/map/gctrace.log')

async function openTogether(...files: File[]): Promise<void> {
  await tab.session.openFiles(files)
  const { documents } = await tab.until((s) => s.documents.length >= files.length)
  // Texts beside profiles make one by themselves.
  const isOne = ({ kind }: { kind: string }) => kind === 'investigation'
  if (!documents.some(isOne)) await tab.session.investigate(documents)
  await tab.until((s) => s.documents.some((one) => isOne(one) && one.id === s.current))
}

it('says how far it is: of all files together, never backwards, at the end all', async () => {
  await openTogether(heap(), cpu())
  const seen: ShareProgress[] = []
  const { share, shared } = createSharing(tab.session, storing())
  const row = await share(plain, { onProgress: (progress) => seen.push(progress) })
  const size = heap().size + cpu().size
  expect(seen[0]?.stage).toBe('prepare')
  expect(new Set(seen.slice(1).map(({ totalBytes }) => totalBytes))).toEqual(new Set([size]))
  const bytes = seen.map((progress) => progress.bytes)
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toEqual({ stage: 'finish', bytes: size, totalBytes: size, share: 1 })
  expect(row.parts.map(({ id }) => id).sort()).toEqual([...stored.keys()].sort())
  expect(row.parts).toHaveLength(3)
  expect(shared()).toEqual([row])
})

it.each([false, true])('given up in the second file: nothing is left, here or there (sealed: %s)', async (sealed) => {
  await openTogether(heap(), cpu())
  const control = new AbortController()
  let sent = 0
  const send = storing(() => {
    if (++sent === 2) control.abort()
  })
  const { share, shared } = createSharing(tab.session, send)
  await expect(share({ ...plain, sealed }, { signal: control.signal })).rejects.toMatchObject({ code: 'cancelled' })
  expect(sent).toBe(2)
  expect(stored.size).toBe(0)
  expect(shared()).toEqual([])
})

it('given up after the last byte: what the server stored since is deleted', async () => {
  await tab.session.openFiles([heap()])
  await tab.until((s) => s.documents.length === 1)
  const control = new AbortController()
  const store = storing()
  const send: Send = async (url, sending) => {
    const answer = await store(url, sending)
    control.abort()
    return answer
  }
  const { share, shared } = createSharing(tab.session, send)
  await expect(share(plain, { signal: control.signal })).rejects.toMatchObject({ code: 'cancelled' })
  expect(stored.size).toBe(0)
  expect(shared()).toEqual([])
})

it('what cannot be deleted is said, stays in the list, and is deleted from there', async () => {
  await openTogether(heap(), cpu())
  const control = new AbortController()
  let sent = 0
  const send = storing(() => {
    if (++sent < 2) return
    deletes = 'fails'
    control.abort()
  })
  const { share, shared, unshare } = createSharing(tab.session, send)
  await expect(share(plain, { signal: control.signal })).rejects.toMatchObject({ code: 'cancelled-left' })
  const [row, ...others] = shared()
  expect(others).toEqual([])
  expect(row).toMatchObject({ link: '', parts: [{ id: [...stored.keys()][0] }] })
  deletes = 'works'
  if (row) await unshare(row)
  expect([stored.size, shared()]).toEqual([0, []])
})

it('a page that ends in the middle knows what it stored', async () => {
  await openTogether(heap(), cpu())
  let sent = 0
  let reached = () => {}
  const second = new Promise<void>((resolve) => {
    reached = resolve
  })
  const send = storing(() => {
    if (++sent < 2) return
    reached()
    return new Promise<void>(() => {})
  })
  void createSharing(tab.session, send).share(plain)
  await second
  const again = createSharing(tab.session, storing())
  expect(again.shared()).toMatchObject([{ link: '', parts: [{ id: [...stored.keys()][0] }] }])
  for (const row of again.shared()) await again.unshare(row)
  expect([stored.size, again.shared()]).toEqual([0, []])
})

it('says what the server answers, whoever it comes from', async () => {
  await tab.session.openFiles([heap()])
  await tab.until((s) => s.documents.length === 1)
  const answering = (status: number, text: string) =>
    createSharing(tab.session, async () => ({ status, text })).share(plain)
  await expect(answering(507, '{"error":"full","message":"The store is full."}')).rejects.toMatchObject({
    code: 'full',
  })
  await expect(answering(413, '<html>')).rejects.toMatchObject({ code: 'too-large' })
  await expect(answering(502, '')).rejects.toMatchObject({ code: 'store-failed' })
  const gone = createSharing(tab.session, async () => Promise.reject(new Error('no connection')))
  await expect(gone.share(plain)).rejects.toMatchObject({ code: 'network' })
})

it('of an investigation that is stripped only profiles leave, each of them stripped', async () => {
  await openTogether(heap(), log(), cpu())
  const { share, notProfiles } = createSharing(tab.session, storing())
  const shown = tab.session.get().documents.find(({ id }) => id === tab.session.get().current)
  const isLog = (id: string) => shown?.sources.find((source) => source.id === id)?.name.endsWith('.log')
  const others = shown ? [...(await notProfiles(shown))] : []
  expect(others.map(isLog)).toEqual([true])
  const row = await share({ ...plain, stripped: true })
  const bodies = await Promise.all(row.parts.map(async ({ id }) => stored.get(id)?.body.arrayBuffer()))
  const [list, ...files] = bodies.toReversed().map((body) => Buffer.from(body ?? new ArrayBuffer(0)))
  const named = JSON.parse(list?.toString() ?? '') as { kind: string; files: { id: string; name: string }[] }
  expect(named.kind).toBe('investigation')
  expect(named.files.map(({ id }) => id)).toEqual(row.parts.slice(0, -1).map(({ id }) => id))
  expect(named.files.some(({ name }) => name.endsWith('.log'))).toBe(false)
  expect(files).toHaveLength(2)
  for (const bytes of files) {
    const text = gunzipSync(bytes).toString('latin1')
    expect(text).toContain('main.ingest')
    expect(text).not.toMatch(/\/[\w.@-]+\/[\w.-]+\.go\b/)
  }
})
