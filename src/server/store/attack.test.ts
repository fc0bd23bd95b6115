/** What somebody may try who means harm: each of these fails without the guard it is about. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DELETE_TOKEN_HEADER, INVESTIGATION_MARK, KEEP_HEADER, SEAL_MARK } from '../../core/service/stored.ts'
import { fixturePath } from '../../testing/fixtures.ts'
import { StreamedHash } from './content.ts'
import { folderStore } from './folder.ts'
import { previewHead } from './preview.ts'
import { call, gz, idOf, json, profileOf, remove, type StoreServer, smallApp, startStore, upload } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'hotzone-attack-'))
const place = join(folder, 'store')
let server: StoreServer
const LIMITS = { mostBytes: 100_000, mostRawBytes: 1_000_000, quota: 1_000_000 }

beforeAll(async () => {
  server = await startStore(smallApp(folder), await folderStore(place), LIMITS)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

/** Nothing of an upload that was refused is left. */
async function leavesNothing(work: () => Promise<void>): Promise<void> {
  const before = files()
  await work()
  await expect.poll(files).toEqual(before)
}

type Body = Uint8Array | AsyncIterable<Uint8Array>

const put = (id: string, body: Body, headers: Record<string, string> = {}) =>
  call(server, 'PUT', `/store/${id}`, { body, headers })

/** Sends a picture of what is stored. */
const paint = (to: StoreServer, { id, deleteToken }: { id: string; deleteToken: string }, body: Body) =>
  call(to, 'PUT', `/store/${id}/picture`, { body, headers: { [DELETE_TOKEN_HEADER]: deleteToken } })

/** Bytes that begin as a PNG does. */
const png = (rest: Uint8Array = Buffer.alloc(0)) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), rest])

describe('names', () => {
  it.each([
    '/store/../secret',
    '/store/..%2f..%2fsecret',
    '/store/%2e%2e/%2e%2e/secret',
    `/store/${'a'.repeat(42)}`,
    `/store/${'a'.repeat(44)}`,
    `/store/${'a'.repeat(42)}%00`,
    `/store/${'a'.repeat(42)}.`,
    `/store/../store/tmp/${'a'.repeat(43)}`,
  ])('of what is stored are 43 letters and nothing else: %s', async (path) => {
    await leavesNothing(async () => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await call(server, method, path, method === 'PUT' ? { body: gz(profileOf('x')) } : {})
        expect([400, 403, 404, 405]).toContain(answer.status)
      }
    })
  })

  it('of files cannot add headers or end the page, and are data', async () => {
    const raw = profileOf('named')
    const evil = 'a\r\nSet-Cookie: x=1\r\n"><script>alert(1)</script>.pb.gz'
    const { id } = await upload(server, raw, { 'X-Hotzone-Name': encodeURIComponent(evil) })
    const got = await call(server, 'GET', `/store/${id}`)
    expect(got.headers['set-cookie']).toBeUndefined()
    const head = await previewHead(server.feature.store, 'https://h.example')(new URL(`http://x/?p=${id}`))
    expect(head).toContain('og:title')
    expect(head).toContain('&#60;script&#62;')
    expect(head).not.toMatch(/<script|[\r\n]|content="[^"]*"[^>]*"/)
    const broken = await put(idOf(profileOf('odd')), gz(profileOf('odd')), { 'X-Hotzone-Name': '%zz' })
    expect(broken.status).toBe(201)
  })

  it('cannot be smuggled in by a second request inside a body', async () => {
    const said = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(
          `PUT /store/${'a'.repeat(43)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /store/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
        )
      })
      socket.on('data', (part) => {
        text += part
      })
      socket.on('close', () => resolve(text))
      socket.on('error', () => resolve(text))
    })
    expect(said).toMatch(/^HTTP\/1\.1 400/)
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })
})

describe('bodies', () => {
  const id = 'a'.repeat(43)

  it('that are too large are not read to their end, announced or not', async () => {
    await leavesNothing(async () => {
      expect(json(await put(id, Buffer.alloc(200_000)))).toMatchObject({ error: 'too-large' })
      let sent = 0
      async function* endless() {
        for (;;) {
          sent += 10_000
          yield createHash('sha512').update(String(sent)).digest()
          if (sent > 50_000_000) return
          await wait(0)
        }
      }
      expect((await put(id, endless())).status).toBe(413)
      expect(sent).toBeLessThan(50_000_000)
    })
  })

  it('that say that they are too large are answered before they come', async () => {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(`PUT /store/${id} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000\r\n\r\n`)
      })
      socket.once('data', (part) => {
        resolve(String(part))
        socket.destroy()
      })
    })
    expect(said).toMatch(/^HTTP\/1\.1 413/)
  })

  it('are taken so many at one time, and no more', async () => {
    const busy = await startStore(smallApp(folder), await folderStore(join(folder, 'busy')), {
      mostUploads: 2,
      idleMs: 2000,
    })
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const raw = profileOf('one of three')
    async function* held() {
      yield gz(raw).subarray(0, 20)
      await released
      yield gz(raw).subarray(20)
    }
    const put = (body: Body) => call(busy, 'PUT', `/store/${idOf(raw)}`, { body })
    const waiting = [put(held()), put(held())]
    await expect.poll(busy.feature.uploads).toBe(2)
    const third = await put(gz(raw))
    expect(third).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
    release()
    for (const one of waiting) expect((await one).status).toBe(201)
    expect((await put(gz(raw))).status).toBe(201)
    await busy.close()
    rmSync(join(folder, 'busy'), { recursive: true })
  })

  it('that unpack to very much are given up before they do', async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    await leavesNothing(async () => {
      const before = process.memoryUsage().rss
      const answer = await put(id, bomb)
      expect(answer.status).toBe(413)
      expect(json(answer)).toMatchObject({ error: 'unpacks-too-far', message: expect.stringContaining('MB') })
      expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
    })
  })

  it('that unpack to far more than was sent are given up early, however much this server takes', async () => {
    const large = await startStore(smallApp(folder), await folderStore(join(folder, 'large')))
    const raw = Buffer.concat([profileOf('many fields'), Buffer.alloc(100_000_000, Buffer.from([0x48, 1]))])
    const looked = vi.spyOn(StreamedHash.prototype, 'update')
    const answer = await call(large, 'PUT', `/store/${idOf(raw)}`, { body: gzipSync(raw) })
    expect(json(answer)).toMatchObject({ error: 'unpacks-too-far', message: expect.stringContaining('100 times') })
    const [own, pieces] = [raw.length, looked.mock.calls.map(([piece]) => piece.length)]
    looked.mockRestore()
    // The first is that of idOf.
    expect(pieces.reduce((sum, length) => sum + length, 0) - own).toBeLessThan(20_000_000)
    await large.close()
    rmSync(join(folder, 'large'), { recursive: true })
  })

  it('that stop coming are not waited for', async () => {
    const strict = await startStore(smallApp(folder), await folderStore(place), { ...LIMITS, idleMs: 300 })
    await leavesNothing(async () => {
      async function* stuck() {
        yield gz(profileOf('slow')).subarray(0, 20)
        await wait(10_000)
      }
      expect((await call(strict, 'PUT', `/store/${id}`, { body: stuck() })).status).toBe(408)
      await expect.poll(strict.feature.uploads).toBe(0)
    })
    await strict.close()
  })

  it('that come in drops are not waited for', async () => {
    const limits = { leastRate: 1_000_000, rateAfterMs: 200, idleMs: 5000 }
    const strict = await startStore(smallApp(folder), await folderStore(join(folder, 'strict')), limits)
    async function* drops() {
      for (let i = 0; i < 200; i++) {
        yield Buffer.from('x')
        await wait(20)
      }
    }
    const answer = await call(strict, 'PUT', `/store/${id}`, { body: drops() })
    expect(answer.status).toBe(408)
    expect(json(answer)).toMatchObject({ error: 'slow' })
    await strict.close()
    rmSync(join(folder, 'strict'), { recursive: true })
  })

  it('that are long leave nothing behind for each piece of them', async () => {
    const warned: string[] = []
    const note = (warning: Error) => void warned.push(warning.name)
    process.on('warning', note)
    const large = await startStore(smallApp(folder), await folderStore(join(folder, 'large')))
    const raw = profileOf(randomBytes(1_500_000).toString('latin1'))
    await upload(large, raw)
    expect((await call(large, 'PUT', `/store/${idOf(raw)}`, { body: raw })).status).toBe(201)
    await large.close()
    process.off('warning', note)
    expect(warned).not.toContain('MaxListenersExceededWarning')
    rmSync(join(folder, 'large'), { recursive: true })
  })

  it('that are cut off are not stored', async () => {
    const raw = profileOf('cut', 50_000)
    await leavesNothing(async () => {
      await new Promise<void>((resolve) => {
        const socket = connect(server.port, '127.0.0.1', () => {
          const head = `PUT /store/${idOf(raw)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${raw.length}\r\n\r\n`
          socket.write(head)
          socket.write(raw.subarray(0, raw.length - 1), () => socket.destroy())
        })
        socket.on('close', () => resolve())
      })
      await expect.poll(server.feature.uploads).toBe(0)
      expect((await call(server, 'GET', `/store/${idOf(raw)}`)).status).toBe(404)
    })
  })

  it('that are not what their name says are not stored', async () => {
    await leavesNothing(async () => {
      const answer = await put(idOf(profileOf('one')), gz(profileOf('other')))
      expect(answer.status).toBe(422)
      expect(json(answer)).toMatchObject({ error: 'wrong-hash' })
    })
  })

  const raw = profileOf('whole')
  it.each<[string, Buffer, string]>([
    ['a program', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(500, 7)]), 'no-profile'],
    ['a zip archive', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)]), 'no-profile'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'no-profile'],
    ['a picture', png(Buffer.alloc(99)), 'no-profile'],
    ['random bytes', createHash('sha512').update('x').digest(), 'no-profile'],
    ['zeros', Buffer.alloc(1000), 'no-profile'],
    ['nothing', Buffer.alloc(0), 'no-profile'],
    ['a profile that was cut', raw.subarray(0, raw.length - 3), 'no-profile'],
    ['a profile with bytes behind it', Buffer.concat([raw, Buffer.from([7, 7])]), 'no-profile'],
    ['half of a gzip file', gz(profileOf('gz', 20_000)).subarray(0, 200), 'damaged'],
    ['an investigation of nothing', Buffer.from('{"hotzone":"investigation","version":1,"files":[]}'), 'no-profile'],
  ])('that are no profiles are refused: %s', async (_, bytes, error) => {
    await leavesNothing(async () => {
      const answer = await put(idOf(bytes), bytes)
      expect(json(answer)).toMatchObject({ error })
      expect(answer.status).toBeGreaterThanOrEqual(400)
    })
  })

  it('that come again as other bytes of the same content leave those that are there', async () => {
    const kept = profileOf('kept', 20_000)
    const first = gzipSync(kept, { level: 1 })
    const id = idOf(kept)
    const { used } = server.feature
    expect((await put(id, first)).status).toBe(201)
    const before = used()
    const padded = Buffer.concat([gz(kept), ...Array.from({ length: 200 }, () => gzipSync(''))])
    for (const other of [kept, padded, gz(kept)]) {
      expect((await put(id, other)).status).toBe(201)
      const got = await call(server, 'GET', `/store/${id}`)
      expect(got).toMatchObject({ status: 200, whole: true })
      expect(got.body.equals(first)).toBe(true)
    }
    // The bytes are there once, and count once.
    expect(used() - before).toBeLessThan(kept.length)
  })

  it.each([
    ['letters', Buffer.from('more')],
    ['zeros', Buffer.alloc(100)],
    ['half a mark of gzip', Buffer.from([0x1f])],
  ])('that go on after their gzip are damaged: %s', async (_, rest) => {
    const text = Buffer.from('gc 1 @0.012s 2%: 0.026+0.39+0.10 ms clock\n')
    await leavesNothing(async () => {
      expect(json(await put(idOf(text), Buffer.concat([gz(text), rest])))).toMatchObject({ error: 'damaged' })
      async function* apart() {
        yield gz(text)
        await wait(50)
        yield rest
      }
      expect(json(await put(idOf(text), apart()))).toMatchObject({ error: 'damaged' })
    })
  })

  it('that are sealed or an investigation come as they are, not in gzip', async () => {
    const sealed = Buffer.concat([Buffer.from(SEAL_MARK), createHash('sha512').update('sealed').digest()])
    const part = await upload(server, profileOf('a part'))
    const investigation = Buffer.from(
      `${INVESTIGATION_MARK},"version":1,"kind":"","files":[{"id":"${part.id}","name":"a"}],"view":""}`,
    )
    for (const bytes of [sealed, investigation]) {
      await leavesNothing(async () => {
        expect(json(await put(idOf(bytes), gz(bytes)))).toMatchObject({ error: 'damaged' })
      })
      expect((await put(idOf(bytes), bytes)).status).toBe(201)
    }
  })

  it('that are profiles are taken: those of Go, texts, and logs', async () => {
    for (const path of ['go1.27/map/cpu.pb.gz', 'go1.24/map/heap.pb.gz']) {
      const { id: stored } = await upload(server, gunzipSync(readFileSync(fixturePath(path))))
      expect(stored).toMatch(/^[\w-]{43}$/)
    }
    for (const text of ['main;a;b 10\nmain;c 20\n', 'gc 1 @0.012s 2%: 0.026+0.39+0.10 ms clock\n']) {
      expect((await put(idOf(Buffer.from(text)), Buffer.from(text))).status).toBe(201)
    }
  })

  it('are kept within the quota, and what is refused does not count', async () => {
    const small = await startStore(smallApp(folder), await folderStore(join(folder, 'small')), { quota: 30_000 })
    const noise = (text: string) => {
      let bytes = Buffer.alloc(0)
      for (let i = 0; bytes.length < 10_000; i++) {
        bytes = Buffer.concat([bytes, createHash('sha256').update(`${text}${i}`).digest()])
      }
      return profileOf(bytes.toString('hex'))
    }
    await upload(small, noise('a'))
    const [refused] = await Promise.all([
      call(small, 'PUT', `/store/${idOf(noise('b'))}`, { body: gz(noise('b')) }),
      call(small, 'PUT', `/store/${idOf(noise('c'))}`, { body: gz(noise('d')) }),
    ])
    expect(refused.status).toBe(507)
    expect(json(refused)).toMatchObject({ error: 'full' })
    const tiny = profileOf('t', 10)
    await upload(small, tiny)
    await small.close()
    rmSync(join(folder, 'small'), { recursive: true })
  })

  it('fill the quota by what is kept of each upload too: its hold, and its picture', async () => {
    const place = await folderStore(join(folder, 'small'))
    const small = await startStore(smallApp(folder), place, { quota: 40_000 }, { previews: true })
    const tiny = profileOf('t', 10)
    const stored = await upload(small, tiny)
    const picture = (size: number) => paint(small, stored, png(Buffer.alloc(size)))
    expect((await picture(40_000)).status).toBe(507)
    expect((await picture(12_000)).status).toBe(204)
    expect(small.feature.used()).toBe(4096 + 4096 + 12_288)
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      statuses.push((await call(small, 'PUT', `/store/${stored.id}`, { body: gz(tiny) })).status)
    }
    expect(statuses).toEqual([201, 201, 201, 507, 507, 507])
    await small.close()
    rmSync(join(folder, 'small'), { recursive: true })
  })
})

it('whoever sends a content again changes neither title nor picture of the first one', async () => {
  const shown = await startStore(
    smallApp(folder),
    await folderStore(join(folder, 'shown')),
    { idleMs: 2000 },
    { previews: true },
  )
  const picture = (text: string) => png(Buffer.from(text))
  const raw = profileOf('shown')
  const seen = () => call(shown, 'GET', `/store/${idOf(raw)}/picture`)
  const head = () => previewHead(shown.feature.store, 'https://h.example')(new URL(`http://x/?p=${idOf(raw)}`))
  const first = await upload(shown, raw, { 'X-Hotzone-Name': 'first' })
  expect((await paint(shown, first, picture('first'))).status).toBe(204)
  for (let i = 0; i < 6; i++) {
    await wait(5)
    const again = await upload(shown, raw, { 'X-Hotzone-Name': 'again' })
    expect((await paint(shown, again, picture('again'))).status).toBe(204)
    expect(await head()).toContain('content="first"')
    expect((await seen()).body.equals(picture('first'))).toBe(true)
  }
  async function* stuck() {
    yield picture('stuck')
    await wait(10_000)
  }
  expect((await paint(shown, first, stuck())).status).toBe(408)
  // Title and picture go with who sent them.
  await remove(shown, first.id, first.deleteToken)
  expect(await head()).toContain('content="again"')
  expect((await seen()).body.equals(picture('again'))).toBe(true)
  expect(
    files().some((path) => path.includes(createHash('sha256').update(first.deleteToken).digest('base64url'))),
  ).toBe(false)
  await shown.close()
  rmSync(join(folder, 'shown'), { recursive: true })
})

it('pictures are PNGs of a bounded size, of who stored the profile, and shown where the server shows any', async () => {
  const blobs = await folderStore(join(folder, 'painted'))
  const shown = await startStore(smallApp(folder), blobs, {}, { previews: true })
  const stored = await upload(shown, profileOf('painted'))
  const { id } = stored
  const page = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect(json(await paint(shown, stored, page))).toMatchObject({ error: 'no-profile' })
  expect(json(await paint(shown, stored, png(Buffer.alloc(600_000))))).toMatchObject({ error: 'too-large' })
  for (const deleteToken of ['', 'x'.repeat(43)]) {
    expect(json(await paint(shown, { id, deleteToken }, png()))).toMatchObject({ error: 'wrong-token' })
  }
  expect((await call(shown, 'GET', `/store/${id}/picture`)).status).toBe(404)
  expect((await paint(shown, stored, png())).status).toBe(204)
  const got = await call(shown, 'GET', `/store/${id}/picture`, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(got).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  })
  // Whoever asks only about it, or has it, opens nothing.
  const opened = vi.spyOn(blobs, 'get')
  const [path, headers] = [`/store/${id}/picture`, { 'if-none-match': String(got.headers.etag) }]
  expect(await call(shown, 'HEAD', path)).toMatchObject({ status: 200, headers: { 'content-length': '8' } })
  expect((await call(shown, 'GET', path, { headers })).status).toBe(304)
  expect(opened).not.toHaveBeenCalled()
  // The same store behind a server that shows none.
  const quiet = await startStore(smallApp(folder), await folderStore(join(folder, 'painted')))
  expect(json(await paint(quiet, stored, png()))).toMatchObject({ error: 'not-here' })
  expect((await call(quiet, 'GET', `/store/${id}/picture`)).status).toBe(404)
  for (const one of [shown, quiet]) await one.close()
  rmSync(join(folder, 'painted'), { recursive: true })
})

it.each(['1e21', '1e3', '0x10', '-1', '1.5', '', ' 7 7', '99999999999', '9'.repeat(400)])(
  'times to keep are whole seconds that a clock can show: %s',
  async (asked) => {
    const forGood = await startStore(smallApp(folder), await folderStore(join(folder, 'for-good')), { mostSeconds: 0 })
    const raw = profileOf('kept how long')
    await leavesNothing(async () => {
      const answer = await call(forGood, 'PUT', `/store/${idOf(raw)}`, {
        body: gz(raw),
        headers: { [KEEP_HEADER]: asked },
      })
      expect(answer.status).toBe(400)
      expect(json(answer)).toMatchObject({ error: 'address' })
    })
    const { id } = await upload(forGood, raw, { [KEEP_HEADER]: '9999999999' })
    expect((await call(forGood, 'GET', `/store/${id}`)).status).toBe(200)
    await forGood.close()
    rmSync(join(folder, 'for-good'), { recursive: true })
  },
)

describe('who asks', () => {
  it('is no page of another site', async () => {
    const raw = profileOf('mine')
    const { id, deleteToken } = await upload(server, raw)
    const own = `http://127.0.0.1:${server.port}`
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect((await put(id, gz(raw), headers)).status).toBe(403)
      expect((await call(server, 'GET', `/store/${id}`, { headers })).status).toBe(403)
      const deleting = { ...headers, [DELETE_TOKEN_HEADER]: deleteToken }
      expect((await call(server, 'DELETE', `/store/${id}`, { headers: deleting })).status).toBe(403)
    }
    // A browser asks before it lets another site's page put; nothing allows it.
    const preflight = await call(server, 'OPTIONS', `/store/${id}`, {
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'PUT' },
    })
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
    expect((await call(server, 'GET', `/store/${id}`, { headers: { origin: own } })).status).toBe(200)
  })

  it('asks under a name of this server', async () => {
    const answer = await call(server, 'GET', '/', { headers: { host: 'rebound.example' } })
    expect(answer.status).toBe(403)
  })

  it('deletes only what the token is of', async () => {
    const [one, two] = [await upload(server, profileOf('one of two')), await upload(server, profileOf('two of two'))]
    const guesses = ['', '.', '*', '..', `${one.deleteToken.slice(0, 42)}!`, two.deleteToken, `${one.deleteToken}x`]
    for (const guess of guesses) expect((await remove(server, one.id, guess)).status).toBe(403)
    expect((await call(server, 'GET', `/store/${one.id}`)).status).toBe(200)
    // What lies on the disk does not tell it: only its hash is kept.
    expect(files().some((path) => path.includes(one.deleteToken))).toBe(false)
    const hash = createHash('sha256').update(one.deleteToken).digest('base64url')
    expect(files().some((path) => path.includes(hash))).toBe(true)
    expect((await remove(server, one.id, hash)).status).toBe(403)
    expect((await remove(server, one.id, one.deleteToken)).status).toBe(204)
  })

  it('gets bytes that run nowhere', async () => {
    const { id } = await upload(server, profileOf('inert'))
    const { headers } = await call(server, 'GET', `/store/${id}`)
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(existsSync(place)).toBe(true)
  })
})

it('what comes during a sweep counts on', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  const blobs = await folderStore(join(folder, 'swept'))
  let isListed = () => {}
  const listed = new Promise<void>((resolve) => {
    isListed = resolve
  })
  let goOn = () => {}
  const stopped = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let isSlow = false
  const list: typeof blobs.list = async function* (start) {
    yield* blobs.list(start)
    if (!isSlow || start !== 'blobs/') return
    isListed()
    await stopped
  }
  const swept = await startStore(smallApp(folder), { ...blobs, list })
  // Of another server, which this one learns of by the sweep.
  await blobs.putBytes(`blobs/aa/aa/${'a'.repeat(43)}`, Buffer.alloc(10))
  isSlow = true
  vi.advanceTimersByTime(600_000)
  vi.useRealTimers()
  await listed
  await upload(swept, profileOf('meanwhile'))
  const counted = swept.feature.used()
  expect(counted).toBeGreaterThan(0)
  goOn()
  await expect.poll(swept.feature.used).toBe(counted + 4096)
  await swept.close()
  rmSync(join(folder, 'swept'), { recursive: true })
})
