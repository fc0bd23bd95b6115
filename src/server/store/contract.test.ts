/** What every place of the store has to do: run over a folder and over a real S3 service (Ceph's RADOS Gateway). */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { AwsClient } from 'aws4fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingForRgw, type Rgw, startRgw } from '../../../scripts/rgw.mjs'
import { canRun } from '../../testing/needed-servers.ts'
import type { BlobStore, StagedFile } from './blobs.ts'
import { folderStore } from './folder.ts'
import { s3Store } from './s3.ts'
import { createStore } from './store.ts'
import { call, gz, idOf, json, profileOf, remove, type StoreServer, smallApp, startStore, upload } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'hotzone-contract-'))
const app = smallApp(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Place {
  /** Another one of the kind over the same bytes: a second server. */
  open(): Promise<BlobStore>
  close(): Promise<void>
}

async function inFolder(): Promise<Place> {
  const path = join(folder, 'store')
  return { open: () => folderStore(path), close: async () => {} }
}

async function inRgw(): Promise<Place> {
  const rgw: Rgw = await startRgw()
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
  const made = await aws.fetch(`${endpoint}/profiles`, { method: 'PUT' })
  if (!made.ok) throw new Error(await made.text())
  const options = { bucket: 'profiles', prefix: 'team/a', endpoint, region, accessKeyId, secretAccessKey }
  return { open: async () => s3Store(options), close: rgw.stop }
}

const places: [string, () => Promise<Place>][] = [['a folder', inFolder]]
if (canRun('The contract of the store over S3', missingForRgw())) places.push(['Ceph RADOS Gateway', inRgw])

describe.each(places)('the store in %s', (_, make) => {
  let place: Place
  let blobs: BlobStore
  let server: StoreServer
  let second: StoreServer

  beforeAll(async () => {
    place = await make()
    blobs = await place.open()
    server = await startStore(app, blobs)
    second = await startStore(app, await place.open())
  })

  afterAll(async () => {
    await server?.close()
    await second?.close()
    await place?.close()
  })

  async function staged(bytes: Uint8Array): Promise<StagedFile> {
    const path = await blobs.stagingPath()
    writeFileSync(path, bytes)
    return { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }

  async function bytesOf(key: string, range?: { first: number; last: number }): Promise<Buffer | null> {
    const found = await blobs.get(key, range)
    if (!found) return null
    const parts: Buffer[] = []
    for await (const part of found.stream) parts.push(part as Buffer)
    return Buffer.concat(parts)
  }

  async function keysOf(start: string): Promise<string[]> {
    const keys: string[] = []
    for await (const { key } of blobs.list(start)) keys.push(key)
    return keys.sort()
  }

  it('puts, finds, reads, lists and deletes blobs', async () => {
    const bytes = randomBytes(300_000)
    const before = Date.now()
    await blobs.put('test/ab/one', await staged(bytes))
    await blobs.putBytes('test/ab/two.1', Buffer.from('two'))
    const head = await blobs.head('test/ab/one')
    expect(head).toMatchObject({ key: 'test/ab/one', size: 300_000 })
    expect(Math.abs((head?.modified ?? 0) - before)).toBeLessThan(60_000)
    expect((await bytesOf('test/ab/one'))?.equals(bytes)).toBe(true)
    expect(await bytesOf('test/ab/one', { first: 10, last: 19 })).toEqual(bytes.subarray(10, 20))
    const part = await blobs.get('test/ab/one', { first: 10, last: 19 })
    expect(part?.size).toBe(300_000)
    part?.stream.destroy()
    expect(await keysOf('test/ab/')).toEqual(['test/ab/one', 'test/ab/two.1'])
    // A folder, not the beginning of a name.
    expect(await keysOf('test/a/')).toEqual([])
    await blobs.putBytes('test/ab/one', Buffer.from('anew'))
    expect(String(await bytesOf('test/ab/one'))).toBe('anew')
    for (const key of ['test/ab/one', 'test/ab/two.1', 'test/ab/never']) await blobs.delete(key)
    expect(await blobs.head('test/ab/one')).toBeNull()
    expect(await blobs.get('test/ab/one')).toBeNull()
    expect(await keysOf('test/ab/')).toEqual([])
    await blobs.check()
  })

  it('lists more than one answer of the service holds', async () => {
    const names = Array.from({ length: 1005 }, (_, i) => `many/${String(i).padStart(4, '0')}`)
    for (let i = 0; i < names.length; i += 50) {
      await Promise.all(names.slice(i, i + 50).map((key) => blobs.putBytes(key, new Uint8Array(0))))
    }
    expect(await keysOf('many/')).toEqual(names)
  })

  it('stores a profile under its name and gives it back, to another server too', async () => {
    const raw = profileOf('first', 200_000)
    const stored = await upload(server, raw, { 'X-Hotzone-Name': encodeURIComponent('a “b”.pb.gz') })
    expect(stored).toEqual({
      id: idOf(raw),
      deleteToken: expect.stringMatching(/^[\w-]{43}$/),
      expires: expect.any(Number),
    })
    for (const one of [server, second]) {
      const got = await call(one, 'GET', `/store/${stored.id}`)
      expect(got).toMatchObject({ status: 200, whole: true })
      expect(got.body.equals(gz(raw))).toBe(true)
      expect(got.headers).toMatchObject({
        etag: expect.stringContaining(stored.id),
        'x-hotzone-expires': String(stored.expires),
        'content-type': 'application/octet-stream',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
      })
      const head = await call(one, 'HEAD', `/store/${stored.id}`)
      expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(gz(raw).length) } })
      const part = await call(one, 'GET', `/store/${stored.id}`, { headers: { range: 'bytes=5-9' } })
      expect(part).toMatchObject({ status: 206, body: gz(raw).subarray(5, 10) })
      const again = await call(one, 'GET', `/store/${stored.id}`, {
        headers: { 'if-none-match': `${got.headers.etag}` },
      })
      expect(again.status).toBe(304)
    }
  })

  it('answers with the bytes whose size it said, or not at all', async () => {
    const raw = profileOf('replaced while it is read', 5000)
    const { id } = await upload(server, raw)
    const size = gz(raw).length
    const stale: BlobStore = {
      ...blobs,
      head: async (key) => {
        const found = await blobs.head(key)
        return found && key.startsWith('blobs/') ? { ...found, size: size - 1 } : found
      },
    }
    const other = await startStore(app, stale)
    const got = await call(other, 'GET', `/store/${id}`)
    await other.close()
    expect(got.status).toBe(503)
    expect(json(got)).toMatchObject({ error: 'store-failed' })
  })

  it('keeps a content for as long as one of those who stored it', async () => {
    const raw = profileOf('twice')
    const [mine, theirs] = [await upload(server, raw), await upload(second, raw)]
    expect(mine.deleteToken).not.toBe(theirs.deleteToken)
    expect((await remove(second, mine.id, 'x'.repeat(43))).status).toBe(403)
    expect((await remove(second, mine.id, '')).status).toBe(403)
    expect((await remove(second, mine.id, mine.deleteToken)).status).toBe(204)
    expect((await call(server, 'GET', `/store/${mine.id}`)).status).toBe(200)
    expect((await remove(server, mine.id, mine.deleteToken)).status).toBe(403)
    expect((await remove(server, mine.id, theirs.deleteToken)).status).toBe(204)
    for (const one of [server, second]) expect((await call(one, 'GET', `/store/${mine.id}`)).status).toBe(404)
    expect((await remove(server, mine.id, theirs.deleteToken)).status).toBe(404)
    await upload(server, raw)
    expect((await call(second, 'GET', `/store/${mine.id}`)).status).toBe(200)
  })

  /** Bytes that are served for a content, and their ETag. */
  async function served(id: string) {
    const { status, headers, body } = await call(server, 'GET', `/store/${id}`)
    return { status, etag: headers.etag, body: body.toString('hex') }
  }

  it('keeps the bytes that were acknowledged first, whoever stores others of the same content at the same time', async () => {
    const raw = profileOf('two at one time')
    const id = idOf(raw)
    const stale = await place.open()
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    // It has looked, and found nothing, when the other one begins.
    const put: BlobStore['put'] = async (key, file) => {
      await released
      await stale.put(key, file)
    }
    const late = createStore({ ...stale, put }).put(id, await staged(raw), 'late', 60)
    await createStore(blobs).put(id, await staged(gz(raw)), 'first', 60)
    const first = await served(id)
    expect(first).toMatchObject({ status: 200, body: gz(raw).toString('hex') })
    release()
    await late
    expect(await served(id)).toEqual(first)
    expect(await served(id)).toEqual(first)
  })

  it('agrees on one of several that come at one time, and keeps it when all others are deleted', async () => {
    for (let round = 0; round < 6; round++) {
      const raw = profileOf(`at one time ${round}`)
      const id = idOf(raw)
      const variants = [raw, gz(raw), gzipSync(raw, { level: 1, memLevel: 1 }), gzipSync(raw, { level: 0 })]
      const stores = [createStore(blobs), createStore(await place.open())]
      const seen: unknown[] = []
      const puts = variants.map(async (bytes, i) => {
        const { answer } = await (stores[i % 2] as (typeof stores)[0]).put(id, await staged(bytes), String(i), 60)
        seen.push(await served(id))
        return answer
      })
      const answers = await Promise.all(puts)
      expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1)
      for (const { deleteToken } of answers.slice(1)) {
        await (stores[0] as (typeof stores)[0]).remove(id, deleteToken)
        expect(await served(id)).toEqual(seen[0])
      }
      expect(await keysOf(`claims/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}/`)).toEqual([])
    }
  })

  it('is held up by no claim that a server left when it was killed', async () => {
    const raw = profileOf('claimed')
    const id = idOf(raw)
    const there = await staged(gz(raw))
    const fanOut = `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`
    await blobs.putBytes(`claims/${fanOut}/${there.sha256}.abc`, new Uint8Array(0))
    await blobs.put(`blobs/${fanOut}.${there.sha256}`, there)
    await createStore(blobs).put(id, await staged(raw), 'x', 60)
    expect(await served(id)).toMatchObject({ status: 200, body: gz(raw).toString('hex') })
  })

  it('reads what a store of the first version holds, and adds to it', async () => {
    const raw = profileOf('of the first version')
    const id = idOf(raw)
    const fanOut = `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`
    const token = 'of the first version'
    const hold = `holds/${fanOut}/${createHash('sha256').update(token).digest('base64url')}.0`
    await blobs.put(`blobs/${fanOut}`, await staged(gz(raw)))
    await blobs.putBytes(hold, Buffer.from('{"name":"old"}'))
    const before = await served(id)
    expect(before).toMatchObject({ status: 200, body: gz(raw).toString('hex') })
    await createStore(blobs).put(id, await staged(raw), 'new', 60)
    expect((await remove(server, id, token)).status).toBe(204)
    expect(await served(id)).toEqual(before)
  })

  it('counts what it keeps of each upload, and removes it with it', async () => {
    let now = Date.now()
    const store = createStore(blobs, () => now)
    const raw = profileOf('counted')
    const id = idOf(raw)
    const before = await store.used()
    const first = await store.put(id, await staged(gz(raw)), 'x', 60)
    const again = await store.put(id, await staged(gz(raw)), 'x', 60)
    const hold = await store.holdOf(id, first.answer.deleteToken)
    const picture = await store.putPicture(String(hold), Buffer.alloc(5000))
    expect([first.added, again.added, picture]).toEqual([8192, 4096, 8192])
    expect(await store.putPicture(String(hold), Buffer.alloc(100))).toBe(-4096)
    expect((await store.used()) - before).toBe(8192 + 4096 + 4096)
    now += 3_700_000
    await store.sweep()
    expect(await store.find(id)).toBeNull()
    // What others stored meanwhile in this suite is as old.
    expect(await keysOf(`pictures/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}/`)).toEqual([])
    expect(await keysOf(`blobs/${id.slice(0, 2)}/${id.slice(2, 4)}/`)).not.toContainEqual(expect.stringContaining(id))
  })

  it('forgets what has ended, and removes its bytes an hour later', async () => {
    let now = Date.now()
    const store = createStore(blobs, () => now)
    const raw = profileOf('for a minute')
    const id = idOf(raw)
    await store.put(id, await staged(gz(raw)), 'x', 60)
    const kept = idOf(profileOf('for good'))
    await store.put(kept, await staged(gz(profileOf('for good'))), 'x', 0)
    expect(await store.find(id)).toMatchObject({ size: gz(raw).length })
    now += 61_000
    expect(await store.find(id)).toBeNull()
    await store.sweep()
    const there = async () =>
      (await keysOf(`blobs/${id.slice(0, 2)}/${id.slice(2, 4)}/`)).some((key) => key.includes(id))
    expect(await there()).toBe(true)
    now += 3_700_000
    await store.sweep()
    expect(await there()).toBe(false)
    expect(await keysOf(`holds/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}/`)).toEqual([])
    expect(await store.find(kept)).toMatchObject({ expires: null })
    expect(await keysOf('sweeping/')).toEqual([])
  })

  it('takes one content a hundred times and no more, until one of them ends', async () => {
    const raw = profileOf('again and again')
    const id = idOf(raw)
    const store = createStore(blobs)
    const again = async () => store.put(id, await staged(gz(raw)), 'x', 60)
    const { answer: first } = await again()
    const others = Array.from({ length: 99 }, (_, i) => `${'x'.repeat(40)}${String(i).padStart(3, '0')}.0`)
    const holds = `holds/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}/`
    for (const key of others) await blobs.putBytes(`${holds}${key}`, new Uint8Array(0))
    await expect(again()).rejects.toMatchObject({ code: 'disk-full' })
    await store.remove(id, first.deleteToken)
    await again()
  })

  it('stores bytes that a sweeper takes away while they come again', async () => {
    const raw = profileOf('taken away')
    const id = idOf(raw)
    const file = await staged(gz(raw))
    const key = `blobs/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}.${file.sha256}`
    await blobs.put(key, file)
    // The sweeper of another server has looked for holds already.
    const putBytes: BlobStore['putBytes'] = async (holdKey, bytes) => {
      if (holdKey.startsWith('holds/')) await blobs.delete(key)
      await blobs.putBytes(holdKey, bytes)
    }
    await createStore({ ...blobs, putBytes }).put(id, await staged(gz(raw)), 'x', 60)
    expect((await bytesOf(key))?.equals(gz(raw))).toBe(true)
  })

  it('never removes bytes that somebody stores meanwhile', async () => {
    const raw = profileOf('raced')
    const id = idOf(raw)
    let now = Date.now()
    const store = createStore(blobs, () => now)
    const { answer: first } = await store.put(id, await staged(gz(raw)), 'x', 60)
    await store.remove(id, first.deleteToken)
    now += 7_300_000
    // The sweeper of one server, and uploads to another, as often as it takes to meet.
    const sweeping = store.sweep()
    const results = await Promise.allSettled([0, 1, 2, 3].map(() => upload(second, raw)))
    await sweeping
    const acknowledged = results.filter(({ status }) => status === 'fulfilled')
    const got = await call(server, 'GET', `/store/${id}`)
    if (acknowledged.length > 0) expect(got).toMatchObject({ status: 200, body: gz(raw) })
  })

  it('stores an investigation once all its files are there', async () => {
    const files = [profileOf('part one'), profileOf('part two')]
    const text = Buffer.from(
      JSON.stringify({
        hotzone: 'investigation',
        version: 1,
        kind: 'investigation',
        files: files.map((raw, i) => ({ id: idOf(raw), name: `${i}.pb.gz` })),
        view: 'v=1&page=story',
      }),
    )
    const put = () => call(server, 'PUT', `/store/${idOf(text)}`, { body: text })
    await upload(server, files[0] as Buffer)
    const early = await put()
    expect(early.status).toBe(422)
    expect(json(early)).toMatchObject({ error: 'parts-missing', message: expect.stringContaining('1.pb.gz') })
    await upload(second, files[1] as Buffer)
    expect((await put()).status).toBe(201)
    expect((await call(second, 'GET', `/store/${idOf(text)}`)).body.equals(text)).toBe(true)
  })

  it('lists nothing', async () => {
    for (const path of ['/store', '/store/', '/store/?list-type=2', '/store/blobs', '/blobs/', '/holds/']) {
      const answer = await call(server, 'GET', path)
      expect([400, 404, 405]).toContain(answer.status)
      expect(answer.body.toString()).not.toMatch(/[\w-]{43}/)
    }
  })
})
