/** What fails under the store: a full disk, and an S3 service that is down, slow, failing, cutting off, or has another time. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePorts, missingForRgw, type Rgw, startRgw } from '../../../scripts/rgw.mjs'
import { canRun } from '../../testing/needed-servers.ts'
import { folderStore } from './folder.ts'
import { s3Store } from './s3.ts'
import { call, gz, idOf, json, profileOf, type StoreServer, smallApp, startStore, upload } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'hotzone-faults-'))
const app = smallApp(folder)
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function started(server: Promise<StoreServer>): Promise<StoreServer> {
  const running = await server
  closing.push(() => running.close())
  return running
}

/** Bytes that no gzip makes smaller. */
function noise(text: string, size: number): Buffer {
  const parts: Buffer[] = []
  for (let i = 0; i * 64 < size; i++) parts.push(createHash('sha512').update(`${text}${i}`).digest())
  return profileOf(Buffer.concat(parts).toString('latin1'))
}

describe('a full disk', () => {
  const mounted = join(folder, 'disk')

  function mount(): string {
    try {
      mkdirSync(mounted, { recursive: true })
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mounted], { stdio: 'pipe' })
      return ''
    } catch (error) {
      return `right to mount a small disk (${String((error as Error).message).split('\n')[0]})`
    }
  }

  it('refuses in words, leaves nothing half, and goes on serving what it had', async () => {
    const missing = mount()
    // Containers may not mount.
    if (missing !== '') return void console.warn(`SKIPPED: a full disk. There is no ${missing}.`)
    closing.push(() => void execFileSync('umount', [mounted]))
    const server = await started(startStore(app, await folderStore(mounted)))
    const first = await upload(server, noise('first', 300_000))
    const large = noise('large', 1_500_000)
    const refused = await call(server, 'PUT', `/store/${idOf(large)}`, { body: large })
    expect(refused.status).toBe(507)
    expect(json(refused)).toMatchObject({ error: 'full', message: 'The disk of the store is full.' })
    expect(readdirSync(join(mounted, 'tmp'))).toEqual([])
    expect((await call(server, 'GET', `/store/${idOf(large)}`)).status).toBe(404)
    expect((await call(server, 'GET', `/store/${first.id}`)).whole).toBe(true)
    const small = await upload(server, noise('small', 50_000))
    const again = await started(startStore(app, await folderStore(mounted)))
    for (const { id } of [first, small]) expect((await call(again, 'GET', `/store/${id}`)).status).toBe(200)
  })
})

it('files that an end in the middle left behind are no part of the store, and leave', async () => {
  const place = join(folder, 'left')
  const blobs = await folderStore(place)
  const server = await started(startStore(app, blobs))
  const { id } = await upload(server, profileOf('before'))
  writeFileSync(join(place, 'tmp', 'half'), 'half of a profile')
  const old = new Date(Date.now() - 7_200_000)
  writeFileSync(join(place, 'tmp', 'old'), 'x')
  ;(await import('node:fs')).utimesSync(join(place, 'tmp', 'old'), old, old)
  const again = await started(startStore(app, await folderStore(place)))
  expect(readdirSync(join(place, 'tmp'))).toEqual(['half'])
  expect((await call(again, 'GET', `/store/${id}`)).status).toBe(200)
  expect((await call(again, 'GET', '/store/half')).status).toBe(400)
})

it('an upload whose sender left before the answer is taken back: nobody could delete it', async () => {
  const blobs = await folderStore(join(folder, 'given-up'))
  const raw = profileOf('given up')
  let left = () => {}
  const gone = new Promise<void>((resolve) => {
    left = resolve
  })
  let written = false
  const server = await started(
    startStore(app, {
      ...blobs,
      async putBytes(key, bytes) {
        await blobs.putBytes(key, bytes)
        if (!key.startsWith('holds/')) return
        written = true
        sent.destroy()
        await gone
      },
    }),
  )
  const sent = request({ port: server.port, method: 'PUT', path: `/store/${idOf(raw)}` })
  sent.on('error', () => {})
  sent.on('close', () => setTimeout(left))
  sent.end(raw)
  await expect.poll(() => written).toBe(true)
  const status = async () => (await call(server, 'GET', `/store/${idOf(raw)}`)).status
  await expect.poll(async () => [server.feature.uploads(), await status()]).toEqual([0, 404])
  // Whoever hears the answer keeps what was sent.
  const { id } = await upload(server, profileOf('heard'))
  expect((await call(server, 'GET', `/store/${id}`)).status).toBe(200)
})

/** An S3 service that does as it is told. */
class Told {
  readonly asked: IncomingMessage[] = []
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void = () => {}
  private constructor(readonly server: Server) {}

  static async start(): Promise<Told> {
    const server = createServer()
    const told = new Told(server)
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      told.asked.push(request)
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => told.answer(request, response, Buffer.concat(parts)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => {
      server.close()
      server.closeAllConnections()
    })
    return told
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }
}

const keys = { bucket: 'b', prefix: '', region: 'r', accessKeyId: 'k', secretAccessKey: 'secret' }

/** Answers of a service that holds what was put. */
function holding(objects: Map<string, Buffer>) {
  return ({ method, url = '' }: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const { pathname, searchParams } = new URL(url, 'http://x')
    const key = pathname.replace('/b/', '')
    if (method === 'PUT') objects.set(key, body)
    if (method === 'GET' && searchParams.has('list-type')) {
      const prefix = searchParams.get('prefix') ?? ''
      const found = [...objects].filter(([name]) => name.startsWith(prefix))
      const rows = found.map(
        ([name, bytes]) =>
          `<Contents><Key>${name}</Key><Size>${bytes.length}</Size><LastModified>${new Date().toISOString()}</LastModified></Contents>`,
      )
      return void response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`)
    }
    const bytes = objects.get(key)
    if (method !== 'PUT' && !bytes) {
      response.statusCode = 404
      return void response.end(method === 'HEAD' ? '' : '<Error><Code>NoSuchKey</Code></Error>')
    }
    response.setHeader('Last-Modified', new Date().toUTCString())
    if (method === 'HEAD') response.setHeader('Content-Length', bytes?.length ?? 0)
    response.end(method === 'GET' ? bytes : '')
  }
}

describe('an S3 service', () => {
  const raw = profileOf('over s3')
  const put = (server: StoreServer) => call(server, 'PUT', `/store/${idOf(raw)}`, { body: gz(raw) })

  it('that is down is said, and the server goes on', async () => {
    const [port] = await freePorts(1)
    const server = await started(startStore(app, s3Store({ ...keys, endpoint: `http://127.0.0.1:${port}` })))
    const answer = await put(server)
    expect(answer.status).toBe(503)
    expect(json(answer)).toMatchObject({ error: 'store-failed', message: expect.stringContaining('ECONNREFUSED') })
    expect(answer.headers['retry-after']).toBe('5')
    expect((await call(server, 'GET', `/store/${idOf(raw)}`)).status).toBe(503)
    expect((await call(server, 'GET', '/')).status).toBe(200)
    expect(server.warnings.join()).toContain('ECONNREFUSED')
  })

  it('that never answers is not waited for', async () => {
    const told = await Told.start()
    const server = await started(startStore(app, s3Store({ ...keys, endpoint: told.endpoint, patience: 100 })))
    const answer = await put(server)
    expect(json(answer)).toMatchObject({ error: 'store-failed', message: expect.stringContaining('no answer for 0.1') })
  })

  it('that fails now and then is asked again; nothing is acknowledged before it is stored', async () => {
    const told = await Told.start()
    const objects = new Map<string, Buffer>()
    const good = holding(objects)
    let count = 0
    told.answer = (request, response, body) => {
      if (count++ % 2 === 1) return good(request, response, body)
      response.statusCode = count % 4 === 1 ? 503 : 500
      response.end('<Error><Code>SlowDown</Code></Error>')
    }
    const server = await started(startStore(app, s3Store({ ...keys, endpoint: told.endpoint })))
    expect((await put(server)).status).toBe(201)
    const got = await call(server, 'GET', `/store/${idOf(raw)}`)
    expect(got.body.equals(gz(raw))).toBe(true)
    told.answer = (_, response) => {
      response.statusCode = 500
      response.end()
    }
    const answer = await put(server)
    expect(json(answer)).toMatchObject({ error: 'store-failed', message: expect.stringContaining('3 times') })
  })

  it('that refuses is not asked again, and its reason is said without a key', async () => {
    const told = await Told.start()
    told.answer = (_, response) => {
      response.statusCode = 403
      response.end('<Error><Code>InvalidAccessKeyId</Code><AWSAccessKeyId>k</AWSAccessKeyId></Error>')
    }
    const server = await started(startStore(app, s3Store({ ...keys, endpoint: told.endpoint })))
    const before = told.asked.length
    const answer = await put(server)
    expect(json(answer).message).toBe('The S3 service refused with 403 InvalidAccessKeyId: the keys are not right.')
    expect(told.asked.length - before).toBe(1)
  })

  it('that cuts off in the middle ends the answer, which is never taken for a whole one', async () => {
    const told = await Told.start()
    const objects = new Map<string, Buffer>()
    const good = holding(objects)
    told.answer = good
    const large = noise('large', 400_000)
    const server = await started(startStore(app, s3Store({ ...keys, endpoint: told.endpoint })))
    const { id } = await upload(server, large)
    told.answer = (request, response, body) => {
      if (request.method !== 'GET' || (request.url ?? '').includes('list-type')) return good(request, response, body)
      const bytes = objects.get(new URL(request.url ?? '', 'http://x').pathname.replace('/b/', '')) as Buffer
      response.writeHead(200, { 'Content-Length': bytes.length })
      response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 20))
    }
    const got = await call(server, 'GET', `/store/${id}`)
    expect(got.whole).toBe(false)
    told.answer = good
    expect((await call(server, 'GET', `/store/${id}`)).whole).toBe(true)
  })

  it('that has another time is asked by its time', async () => {
    const told = await Told.start()
    const good = holding(new Map())
    const theirs = Date.now() + 3 * 3_600_000
    told.answer = (request, response, body) => {
      const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(
        String(request.headers['x-amz-date']),
      ) as unknown as string[]
      const said = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
      response.setHeader('Date', new Date(theirs).toUTCString())
      if (Math.abs(said - theirs) < 900_000) return good(request, response, body)
      response.statusCode = 403
      response.end(request.method === 'HEAD' ? '' : '<Error><Code>RequestTimeTooSkewed</Code></Error>')
    }
    const server = await started(startStore(app, s3Store({ ...keys, endpoint: told.endpoint })))
    expect((await put(server)).status).toBe(201)
    expect((await call(server, 'GET', `/store/${idOf(raw)}`)).status).toBe(200)
  })
})

const hasRgw = canRun('A real S3 service that crashes', missingForRgw())
describe.runIf(hasRgw)('Ceph RADOS Gateway', () => {
  let rgw: Rgw
  beforeAll(async () => {
    rgw = await startRgw()
  })
  afterAll(() => rgw?.stop())

  it('that is killed while profiles come loses none that was acknowledged', async () => {
    const { endpoint, region, accessKeyId, secretAccessKey } = rgw
    const { AwsClient } = await import('aws4fetch')
    const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
    expect((await aws.fetch(`${endpoint}/crash`, { method: 'PUT' })).ok).toBe(true)
    const open = () => s3Store({ bucket: 'crash', prefix: '', endpoint, region, accessKeyId, secretAccessKey })
    const server = await started(startStore(app, open()))
    const profiles = Array.from({ length: 24 }, (_, i) => noise(`crash ${i}`, 100_000))
    const [first = Buffer.alloc(0), ...rest] = profiles
    const acknowledged = [(await upload(server, first)).id]
    let others = 0
    const sending = rest.map(async (one) => {
      const answer = await call(server, 'PUT', `/store/${idOf(one)}`, { body: one })
      if (answer.status === 201) acknowledged.push(json(answer).id)
      else {
        others++
        expect(json(answer)).toMatchObject({ error: 'store-failed' })
      }
    })
    await rgw.kill()
    await Promise.all(sending)
    expect(acknowledged.length + others).toBe(profiles.length)
    expect((await call(server, 'GET', `/store/${acknowledged[0]}`)).status).toBe(503)
    await rgw.restart()
    const again = await started(startStore(app, open()))
    for (const id of acknowledged)
      expect(await call(again, 'GET', `/store/${id}`)).toMatchObject({ status: 200, whole: true })
  })
})
