/** The local API about a service that runs, asked as the page asks it. */
import { execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaptureEvent, SavedCaptures, ServiceState } from '../../core/live/protocol.ts'
import { SERVER_BLOCK, type ServerOffer, TOKEN_HEADER } from '../../core/service/offer.ts'
import { fixture } from '../../testing/fixtures.ts'
import { type GoService, lacking, startService } from '../../testing/go-service.ts'
import { type RunningServer, serve } from '../server.ts'
import { readAddress, serviceAddress } from '../sources/address.ts'
import { live } from './live.ts'

const heap = fixture('go1.22/map/heap.pb.gz')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotzone-live-'))
  vi.stubEnv('PPROF_TMPDIR', join(folder, 'captures'))
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app', 'index.html'), '<title>app</title>')
})

const open: { close(): unknown }[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const server of open.splice(0)) await server.close()
  rmSync(folder, { recursive: true })
})

async function stub(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A promise that somebody else resolves. */
function signal() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve: () => resolve() }
}

interface Page {
  server: RunningServer
  offer: ServerOffer
  html: string
  call(path: string, init?: RequestInit): Promise<Response>
}

async function page(...texts: string[]): Promise<Page> {
  const services = texts.map((text) => {
    const address = readAddress(text)
    const index = address && serviceAddress(address)
    if (!index) throw new Error(`no service: ${text}`)
    return { kind: 'go', index } as const
  })
  const server = await serve({ app: join(folder, 'app'), features: [live(services)], port: 0 })
  open.push(server)
  const html = await (await fetch(server.url)).text()
  const [, json = '{}'] = new RegExp(`id="${SERVER_BLOCK}">(.*?)</script>`).exec(html) ?? []
  const offer = JSON.parse(json) as ServerOffer
  return {
    server,
    offer,
    html,
    call: (path, init = {}) =>
      fetch(`${server.url}api/live/${path}`, { ...init, headers: { [TOKEN_HEADER]: offer.token ?? '' } }),
  }
}

const eventsOf = async (response: Response): Promise<CaptureEvent[]> =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CaptureEvent)

async function captured({ call }: Page, path: string) {
  const last = (await eventsOf(await call(path, { method: 'POST' }))).at(-1)
  if (!last || !('saved' in last)) throw new Error(JSON.stringify(last))
  return last.saved
}

/** Paths of what this process has open, where the system tells. */
const openFiles = () =>
  !existsSync('/proc/self/fd')
    ? []
    : readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          return [readlinkSync(`/proc/self/fd/${fd}`)]
        } catch {
          return []
        }
      })

describe('live', () => {
  it('tells the page what was named, without user and password', async () => {
    const { offer, html } = await page('http://ada:s3cret@127.0.0.1:1/', '127.0.0.1:2/debug/pprof/', 'https://h:3')
    expect(offer.live?.services).toEqual([
      { kind: 'go', name: '127.0.0.1:1' },
      { kind: 'go', name: '127.0.0.1:2' },
      { kind: 'go', name: 'https://h:3' },
    ])
    expect(html).not.toMatch(/s3cret|ada/)
  })

  it('fetches what was named and nothing else', async () => {
    const asked: string[] = []
    const host = await stub(({ url = '' }, response) => {
      asked.push(url)
      response.end(heap)
    })
    const { call } = await page(host)
    for (const path of ['1/heap', '-1/heap', 'x/heap', '0/symbol', '0/cmdline', '0/..%2F..%2Fadmin', '0/__proto__'])
      expect((await call(path, { method: 'POST' })).status, path).toBe(404)
    expect((await call(`0/heap?url=http://${host}/other`, { method: 'POST' })).status).toBe(200)
    expect((await call('0/cpu?seconds=0', { method: 'POST' })).status).toBe(400)
    expect((await call('0/cpu?seconds=999999', { method: 'POST' })).status).toBe(400)
    expect(asked).toEqual(['/debug/pprof/heap'])
  })

  it('wants the token, and no page of another site', async () => {
    const asked: string[] = []
    const host = await stub(({ url = '' }, response) => {
      asked.push(url)
      response.end(heap)
    })
    const { server, offer } = await page(host)
    const at = `${server.url}api/live/0/heap`
    expect((await fetch(at, { method: 'POST' })).status).toBe(401)
    const headers = { [TOKEN_HEADER]: offer.token ?? '', Origin: 'http://evil.example' }
    expect((await fetch(at, { method: 'POST', headers })).status).toBe(403)
    expect(asked).toEqual([])
  })

  it('gives only captures that it saved, as they were saved', async () => {
    const host = await stub((_, response) => response.end(heap))
    const it = await page(host)
    const saved = await captured(it, '0/heap')
    expect(saved.path).toBe(join(folder, 'captures', saved.name))
    const bytes = Buffer.from(await (await it.call(`captures/${saved.id}`)).arrayBuffer())
    expect(bytes.equals(readFileSync(saved.path))).toBe(true)
    for (const id of ['1', '-1', 'x', '..%2Fsecret', 'length'])
      expect((await it.call(`captures/${id}`)).status).toBe(404)
    rmSync(saved.path)
    expect((await it.call(`captures/${saved.id}`)).status).toBe(404)
  })

  it('lists what was saved earlier and gives it, to who has the token, and from that folder alone', async () => {
    const { call, server } = await page('127.0.0.1:1')
    const captures = join(folder, 'captures')
    expect(await (await call('saved')).json()).toEqual({ folder: captures, files: [], leftOut: 0 })
    mkdirSync(captures)
    writeFileSync(join(captures, 'pprof.service.samples.cpu.001.pb.gz'), heap)
    writeFileSync(join(captures, 'empty.001.txt'), '')
    writeFileSync(join(folder, 'secret.001.txt'), 'secret')
    symlinkSync(join(folder, 'secret.001.txt'), join(captures, 'link.001.txt'))
    const { files } = (await (await call('saved')).json()) as SavedCaptures
    expect(files.map(({ name }) => name).sort()).toEqual(['empty.001.txt', 'pprof.service.samples.cpu.001.pb.gz'])
    const got = await call('saved/pprof.service.samples.cpu.001.pb.gz')
    expect(Buffer.from(await got.arrayBuffer()).equals(heap)).toBe(true)
    expect(await (await call('saved/empty.001.txt')).text()).toBe('')
    // Whoever asks only about it opens nothing.
    writeFileSync(join(captures, 'trace.001.out'), Buffer.alloc(2_000_000))
    const asked = await call('saved/trace.001.out', { method: 'HEAD' })
    expect(asked.headers.get('content-length')).toBe('2000000')
    expect(openFiles().filter((path) => path.startsWith(captures))).toEqual([])
    for (const name of [
      'link.001.txt',
      '..%2Fsecret.001.txt',
      '%2e%2e%2fsecret.001.txt',
      'none.001.txt',
      '%00.001.txt',
    ])
      expect((await call(`saved/${name}`)).status, name).toBe(404)
    for (const path of ['saved', 'saved/empty.001.txt'])
      expect((await fetch(`${server.url}api/live/${path}`)).status).toBe(401)
  })

  it('tells which saved files are of a service by the program that it runs', async () => {
    const host = await stub(({ url = '' }, response) => {
      response.setHeader('Content-Type', url.endsWith('cmdline') ? 'text/plain; charset=utf-8' : 'text/html')
      if (url.endsWith('cmdline')) response.end('/opt/app/ser\x1bvice\0-password=s3cret')
      else response.end('<td>3</td><td><a href="heap?debug=1">heap</a></td>')
    })
    const text = await (await (await page(host)).call('0')).text()
    expect((JSON.parse(text) as ServiceState).prefix).toBe('pprof.ser_vice.')
    expect(text).not.toContain('s3cret')
  })

  it('tells problems by their codes, and shows no credentials in them', async () => {
    const host = await stub((_, response) => response.writeHead(401).end())
    const it = await page(`ada:s3cret@${host}`)
    const response = await it.call('0/heap', { method: 'POST' })
    const text = await response.text()
    expect(text).toContain('"code":"unauthorized"')
    expect(text).not.toMatch(/s3cret|ada/)
    expect(await (await it.call('0')).json()).toEqual({
      kinds: [],
      counts: {},
      prefix: '',
      problem: { code: 'unauthorized', facts: { host } },
    })
  })

  it('gives up what nobody waits for any more', async () => {
    const gone = signal()
    const begun = signal()
    const host = await stub((request, response) => {
      request.on('close', () => gone.resolve())
      response.write('x')
      begun.resolve()
    })
    const { call } = await page(host)
    const abort = new AbortController()
    const response = await call('0/cpu?seconds=30', { method: 'POST', signal: abort.signal })
    await begun.promise
    abort.abort()
    await expect(response.text()).rejects.toThrow()
    await gone.promise
    expect(existsSync(join(folder, 'captures'))).toBe(false)
  })

  it('ends what is under way with the server', async () => {
    const gone = signal()
    const begun = signal()
    const host = await stub((request) => {
      request.on('close', () => gone.resolve())
      begun.resolve()
    })
    const { call, server } = await page(host)
    const asked = call('0/cpu?seconds=30', { method: 'POST' }).then((response) => response.text())
    asked.catch(() => undefined)
    await begun.promise
    await server.close()
    await gone.promise
    expect(await asked.catch(() => '')).not.toContain('saved')
  })
})

describe.skipIf(lacking('go', 'version'))('a Go program that runs', () => {
  let service: GoService
  let bare: GoService
  beforeAll(async () => {
    service = await startService('-user', 'ada:s3cret')
    bare = await startService('-without-pprof', '-idle')
  })
  afterAll(() => Promise.all([service.stop(), bare.stop()]))

  it('is asked what it has, and gives all of it', async () => {
    const it = await page(`ada:s3cret@${service.address}`)
    const state = (await (await it.call('0')).json()) as ServiceState
    expect(state.kinds).toEqual(['heap', 'cpu', 'goroutine', 'allocs', 'mutex', 'block', 'trace', 'vars'])
    expect(state.counts.goroutine).toBeGreaterThan(20)
    for (const kind of state.kinds) {
      const seconds = kind === 'cpu' || kind === 'trace' ? '?seconds=1' : ''
      const { size } = await captured(it, `0/${kind}${seconds}`)
      expect(size, kind).toBeGreaterThan(100)
    }
    expect(readdirSync(join(folder, 'captures')).sort()).toEqual([
      'pprof.service.alloc_objects.alloc_space.inuse_objects.inuse_space.001.pb.gz',
      'pprof.service.alloc_objects.alloc_space.inuse_objects.inuse_space.002.pb.gz',
      'pprof.service.contentions.delay.001.pb.gz',
      'pprof.service.contentions.delay.002.pb.gz',
      'pprof.service.goroutine.001.pb.gz',
      'pprof.service.samples.cpu.001.pb.gz',
      'trace.001.out',
      'vars.001.json',
    ])
  })

  it('is said to be without the import', async () => {
    const it = await page(bare.address)
    const { problem } = (await (await it.call('0')).json()) as ServiceState
    expect(problem?.code).toBe('no-pprof')
  })
})

describe.skipIf(lacking('caddy', 'version'))('Caddy, whose profiles we did not write', () => {
  it('is asked what it has, and gives it', async () => {
    const port = 20_000 + (process.pid % 20_000)
    const config = join(folder, 'caddy.json')
    writeFileSync(config, JSON.stringify({ admin: { listen: `127.0.0.1:${port}` } }))
    const caddy = spawn('caddy', ['run', '--config', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    try {
      await new Promise<void>((resolve) => {
        caddy.stderr.setEncoding('utf8').on('data', (text: string) => text.includes('serving initial') && resolve())
      })
      const it = await page(`127.0.0.1:${port}`)
      const state = (await (await it.call('0')).json()) as ServiceState
      expect(state.kinds).toEqual(expect.arrayContaining(['heap', 'cpu', 'goroutine', 'trace', 'vars']))
      const { name } = await captured(it, '0/goroutine')
      expect(name).toBe('pprof.caddy.goroutine.001.pb.gz')
      const top = execFileSync('go', ['tool', 'pprof', '-top', join(folder, 'captures', name)], { encoding: 'utf8' })
      expect(top).toContain('caddy')
    } finally {
      caddy.kill('SIGKILL')
    }
  })
})
