import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeCertificate } from '../testing/certificate.ts'
import { fixture, fixturePath } from '../testing/fixtures.ts'
import { buildService, type GoService, lacking, startService } from '../testing/go-service.ts'
import { run } from './cli.ts'
import { diff } from './diff.ts'
import { eachLocalFile, localFiles, readSourceOptions } from './sources.ts'

const heap = fixture('go1.22/map/heap.pb.gz')

let folder: string
let told: string
let printed: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotzone-sources-'))
  vi.stubEnv('PPROF_TMPDIR', folder)
  told = ''
  printed = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text
    return true
  })
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serving(answer: RequestListener, server: Server = createServer()): Promise<string> {
  server.on('request', answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('localFiles', () => {
  it('leaves files and what is not there to whoever reads them', async () => {
    const path = fixturePath('go1.22/map/heap.pb.gz')
    expect(await localFiles([path, 'nothing.pb.gz'], {})).toEqual([path, 'nothing.pb.gz'])
  })

  it('takes a file for a file, even one that is called like an address', async () => {
    const name = join(folder, 'host:6060')
    writeFileSync(name, '')
    expect(await localFiles([name], {})).toEqual([name])
  })

  it('saves what an address gives, as it came, and tells neither user nor password', async () => {
    const host = await serving((request, response) => {
      const isAda = request.headers.authorization === `Basic ${btoa('ada:s3cret')}`
      response.writeHead(isAda ? 200 : 401).end(isAda ? heap : '')
    })
    const [path = ''] = await localFiles([`http://ada:s3cret@${host}/debug/pprof/heap?token=t0ken`], {})
    expect(basename(path)).toMatch(/^pprof\.[^/]*alloc_objects\.alloc_space\.inuse_objects\.inuse_space\.001\.pb\.gz$/)
    expect(readFileSync(path).equals(heap)).toBe(true)
    expect(told).toContain(`fetching http://${host}/debug/pprof/heap`)
    expect(told).toContain(`saved as ${path}`)
    await expect(localFiles([`http://ada:s4cret@${host}/debug/pprof/heap?token=t0ken`], {})).rejects.toThrow(host)
    expect(told + path).not.toMatch(/s3cret|s4cret|ada|t0ken/)
  })

  it.each([
    [['http://bob:s3cret@host:99999/debug/pprof/heap']],
    [['pyroscope+ftp://bob:s3cret@host/']],
    [['bob:s3cret@host:99999/debug/pprof/heap']],
    [['http://bob:s3cret/x@host/debug/pprof/heap']],
    [['report', 'http://bob:s3cret@host:99999/']],
    [['check', 'ftp://bob:s3cret@host/heap', '--max', 'regexp=1%']],
    [['series', 'http://bob:s3cret@host:99999', 'ftp://bob:s3cret@host']],
    [['diff', 'http://bob:s3cret@host:99999/', 'x.pb.gz']],
    [['top', 'http://bob:s3cret@host:99999/']],
    [['top', '-base=ftp://bob:s3cret@host/', fixturePath('go1.22/map/heap.pb.gz')]],
    [['-base=http://bob:s3cret@host:99999/', fixturePath('go1.22/map/heap.pb.gz')]],
    [['-base=http://bob:s3cret@host/heap']],
    [['trace', 'http://bob:s3cret@host:99999/']],
    [['bench', 'http://bob:s3cret@host:99999/']],
    [['gctrace', 'http://bob:s3cret@host:99999/']],
    [['goroutines', 'http://bob:s3cret@host:99999/']],
    [['memstats', 'http://bob:s3cret@host:99999/']],
    [['escapes', 'http://bob:s3cret@host:99999/']],
    [['escapes', fixturePath('go1.22/map/heap.pb.gz'), 'http://bob:s3cret@host:99999/']],
  ])('names an address that cannot be read without user and password: %j', async (args) => {
    expect(await run(args)).toBeGreaterThan(0)
    expect(told).not.toBe('')
    expect(told + printed).not.toMatch(/s3cret|bob/)
  })

  it('packs a profile that came unpacked', async () => {
    const raw = gunzipSync(heap)
    const host = await serving((_, response) => response.end(raw))
    const [path = ''] = await localFiles([`${host}/debug/pprof/heap`], {})
    expect(gunzipSync(readFileSync(path)).equals(raw)).toBe(true)
  })

  it.each([
    ['text/plain; charset=utf-8', 'goroutine 1 [running]:\n', '/debug/pprof/goroutine?debug=2', 'goroutine.001.txt'],
    ['application/json; charset=utf-8', '{"memstats":{}}', '/debug/vars', 'vars.001.json'],
    ['application/octet-stream', 'go 1.22 trace\0\0\0', '/debug/pprof/trace?seconds=1', 'trace.001.out'],
  ])('saves what is no profile under a name of its own: %s', async (type, body, path, name) => {
    const host = await serving((_, response) => response.writeHead(200, { 'Content-Type': type }).end(body))
    const [saved = ''] = await localFiles([`${host}${path}`], {})
    expect(basename(saved)).toBe(name)
    expect(readFileSync(saved, 'utf8')).toBe(body)
  })

  it.each([
    ['text/html; charset=utf-8', '<html>Log in</html>', 'web page'],
    ['application/octet-stream', 'no profile at all', 'is no profile'],
    ['application/octet-stream', '', 'nothing at all'],
  ])('refuses what is none, and saves nothing: %s %s', async (type, body, sentence) => {
    const host = await serving((_, response) => response.writeHead(200, { 'Content-Type': type }).end(body))
    await expect(localFiles([`${host}/debug/pprof/heap`], {})).rejects.toThrow(sentence)
    expect(readdirSync(folder)).toEqual([])
  })

  it('goes on with the sources that can be had, and says which cannot', async () => {
    const host = await serving(({ url }, response) => {
      if (url === '/a/debug/pprof/heap') response.end(heap)
      else response.writeHead(404).end()
    })
    expect(await localFiles([`${host}/a/debug/pprof/heap`, `${host}/b/debug/pprof/heap`], {})).toHaveLength(1)
    expect(told).toContain('does not import net/http/pprof')
    expect(told).toContain('1 of 2 sources could be had')
    await expect(eachLocalFile([`${host}/a/debug/pprof/heap`, `${host}/b/debug/pprof/heap`], {})).rejects.toThrow('404')
  })

  it('says what a service is, where one profile is asked for', async () => {
    await expect(localFiles(['localhost:6060'], {})).rejects.toThrow('http://localhost:6060/debug/pprof/heap')
  })

  it('leaves out a program that stands before its profile', async () => {
    const path = fixturePath('go1.22/map/heap.pb.gz')
    const program = join(folder, 'program')
    writeFileSync(program, Buffer.from('7f454c4602010100', 'hex'))
    expect(await localFiles([program, path], {})).toEqual([path])
    // Alone it is what is meant, and is said to be no profile.
    expect(await localFiles([program], {})).toEqual([program])
  })
})

describe('readSourceOptions', () => {
  it('reads what pprof reads', () => {
    expect(readSourceOptions({ seconds: '5', timeout: '-1' })).toEqual({ seconds: 5, leaveAddresses: false })
    expect(readSourceOptions({ symbolize: 'none' }).leaveAddresses).toBe(true)
    expect(() => readSourceOptions({ seconds: '5s' })).toThrow('-seconds takes a number of seconds')
    expect(() => readSourceOptions({ symbolize: 'all' })).toThrow('-symbolize')
  })
})

describe('commands', () => {
  it('merges two addresses of one kind, as pprof merges files', async () => {
    const host = await serving((_, response) => response.end(heap))
    expect(await run(['top', '-json', `${host}/debug/pprof/heap`, `${host}/debug/pprof/heap`])).toBe(0)
    const path = fixturePath('go1.22/map/heap.pb.gz')
    const both = printed
    printed = ''
    expect(await run(['top', '-json', path, path])).toBe(0)
    expect(both).toBe(printed)
  })

  it('compares an address with a file', async () => {
    const host = await serving((_, response) => response.end(heap))
    const base = join(folder, 'base.pb.gz')
    copyFileSync(fixturePath('go1.22/map/heap.pb.gz'), base)
    let text = ''
    const code = await diff([base, `${host}/debug/pprof/heap`, '--json'], (part) => {
      text += part
      return true
    })
    expect(code).toBe(0)
    const { base: then, current } = JSON.parse(text)
    expect(current.total).toBe(then.total)
  })

  it('reads a pattern for a pattern, even one that looks like an address', async () => {
    expect(await run(['peek', 'main.go:1', fixturePath('go1.22/map/heap.pb.gz')])).toBe(1)
    expect(told).toContain('Nothing matches main.go:1')
  })

  it('takes the seconds of a report with one dash', async () => {
    const asked: string[] = []
    const host = await serving(({ url = '' }, response) => {
      asked.push(url)
      response.end(heap)
    })
    expect(await run(['report', '-seconds=3', '--json', `${host}/debug/pprof/heap`])).toBe(0)
    expect(await run(['top', '--seconds', '4', `${host}/debug/pprof/heap`])).toBe(0)
    expect(asked).toEqual(['/debug/pprof/heap?seconds=3', '/debug/pprof/heap?seconds=4'])
  })
})

describe('the files of -tls_cert, -tls_key and -tls_ca', () => {
  it('are said where they cannot be used', () => {
    const text = join(folder, 'text.pem')
    writeFileSync(text, 'no certificate')
    expect(() => readSourceOptions({ tls_cert: text })).toThrow('-tls_cert and -tls_key belong together')
    expect(() => readSourceOptions({ tls_ca: join(folder, 'nothing.pem') })).toThrow(
      /^-tls_ca: .*nothing\.pem cannot be/,
    )
    expect(() => readSourceOptions({ tls_ca: text })).toThrow('cannot be used')
    expect(() => readSourceOptions({ tls_cert: text, tls_key: text })).toThrow('cannot be used')
  })

  it.skipIf(lacking('openssl', 'version'))('count for every command, with one dash or two', async () => {
    const { key, cert } = makeCertificate(folder)
    const service = createSecure({ key: readFileSync(key), cert: readFileSync(cert) })
    const host = await serving((_, response) => response.end(heap), service)
    const address = `https://${host}/debug/pprof/heap`
    expect(await run(['top', address])).toBe(1)
    expect(told).toContain(host)
    for (const args of [
      ['top', `-tls_ca=${cert}`],
      ['report', '--tls_ca', cert, '--json'],
      ['top', `-tls_cert=${cert}`, `-tls_key=${key}`, `-tls_ca=${cert}`],
    ])
      expect(await run([...args, address])).toBe(0)
  })
})

describe.skipIf(lacking('go', 'version'))('a Go program that runs', () => {
  let service: GoService
  beforeAll(async () => {
    service = await startService('-user', 'ada:s3cret')
  })
  afterAll(() => service.stop())

  it('gives profiles that are saved where pprof saves its own, under the same names', async () => {
    const url = `http://ada:s3cret@${service.address}/debug/pprof/`
    const [cpu = '', allocs = ''] = await localFiles([`${url}profile`, `${url}mutex`], { seconds: '1' })
    const theirs = mkdtempSync(join(tmpdir(), 'hotzone-theirs-'))
    const env = { ...process.env, PPROF_TMPDIR: theirs }
    for (const kind of ['profile', 'mutex']) {
      await promisify(execFile)('go', ['tool', 'pprof', '-seconds=1', '-top', `${url}${kind}`], { env })
    }
    expect(readdirSync(theirs).sort()).toEqual([cpu, allocs].map((path) => basename(path)).sort())
    rmSync(theirs, { recursive: true })
    // And pprof reads ours.
    const { stdout } = await promisify(execFile)('go', ['tool', 'pprof', '-top', cpu])
    expect(stdout).toContain('encoding/json')
    expect(told).not.toContain('s3cret')
  })

  it('is read by its program and its address, as pprof takes them', async () => {
    const heap = `http://ada:s3cret@${service.address}/debug/pprof/heap`
    expect(await run(['top', buildService(), heap])).toBe(0)
    // What a heap holds right after the start is chance.
    expect(printed).toContain('Type: inuse_space')
    expect(readdirSync(folder).every((name) => existsSync(join(folder, name)))).toBe(true)
  })

  it('says that a profile is running already', async () => {
    const url = `http://ada:s3cret@${service.address}/debug/pprof/profile`
    const both = await Promise.allSettled([
      eachLocalFile([url], { seconds: '2' }),
      eachLocalFile([url], { seconds: '2' }),
    ])
    const reasons = both.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))
    expect(reasons).toEqual([expect.stringContaining('A CPU profile is running')])
  })
})
