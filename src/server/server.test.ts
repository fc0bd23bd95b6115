import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Feature } from './feature.ts'
import { type RunningServer, serve } from './server.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

let folder: string
let server: RunningServer

/** Sends the path as it is: fetch would tidy `..` away. */
function ask(
  path: string,
  options: { method?: string; host?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, ...(options.host === undefined ? {} : { host: options.host }) }
    const call = request(
      { port: server.port, host: '127.0.0.1', path, method: options.method ?? 'GET', headers },
      (response) => {
        let body = ''
        response.setEncoding('latin1')
        response.on('data', (part: string) => {
          body += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      },
    )
    call.on('error', reject)
    call.end()
  })
}

/** What the app reads from the address it is opened at. */
function profileOf({ openUrl }: RunningServer): string | null {
  return new URL(openUrl).searchParams.get('profile')
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotzone-server-'))
  const app = join(folder, 'app')
  mkdirSync(join(app, 'assets'), { recursive: true })
  writeFileSync(join(app, 'index.html'), '<title>app</title><script>begin()</script>')
  writeFileSync(join(app, 'assets', 'main-abc.js'), '1')
  writeFileSync(join(app, 'assets', 'digits.js'), '0123456789')
  writeFileSync(join(app, 'assets', 'gone.js'), 'here')
  mkdirSync(join(app, '.vite'))
  writeFileSync(join(app, '.vite', 'manifest.json'), '{}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'my heap.pb.gz'), 'first')
  server = await serve({ app, files: [join(folder, 'my heap.pb.gz')], port: 0 })
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

describe('serve', () => {
  it('serves the page, never from a cache, under a policy that forbids foreign code', async () => {
    const page = await ask('/')
    expect(page.status).toBe(200)
    expect(page.body).toContain('<title>app</title>')
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['content-security-policy']).toContain(
      // That of begin().
      "script-src 'self' 'sha256-15S4FGE7rP6kq/PzA1uIhN3+8zfaO6/TnJp4fMWo7lE=';",
    )
    expect(page.headers['content-security-policy']).not.toContain('unsafe')
  })

  it('opens on a base and what is compared with it, each at an address of its own', async () => {
    const base = join(folder, 'secret.txt')
    const both = await serve({ app: join(folder, 'app'), files: [join(folder, 'my heap.pb.gz')], base, port: 0 })
    const { searchParams } = new URL(both.openUrl)
    expect([...searchParams]).toEqual([
      ['base', '/local/0/secret.txt'],
      ['profile', '/local/1/my%20heap.pb.gz'],
    ])
    const bodies = [...searchParams.values()].map(async (path) => (await fetch(new URL(path, both.url))).text())
    expect(await Promise.all(bodies)).toEqual(['secret', 'first'])
    await both.close()
  })

  it('lets built files be cached for good, and workers run WebAssembly', async () => {
    const { headers } = await ask('/assets/main-abc.js')
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';")
  })

  it('serves named files afresh', async () => {
    expect(profileOf(server)).toBe('/local/0/my%20heap.pb.gz')
    expect((await ask('/local/0/my%20heap.pb.gz')).body).toBe('first')
    writeFileSync(join(folder, 'my heap.pb.gz'), 'second time')
    const again = await ask('/local/0/my%20heap.pb.gz')
    expect(again.body).toBe('second time')
    expect(again.headers['cache-control']).toBe('no-store')
    expect(again.headers['content-length']).toBe('11')
  })

  it('names files so that nothing in their names is taken for a part of the address', async () => {
    const odd = join(folder, 'a#b?c%20&d.pb')
    writeFileSync(odd, 'odd')
    const other = await serve({ app: join(folder, 'app'), files: [odd], port: 0 })
    try {
      const address = new URL(profileOf(other) ?? '', other.url)
      expect(await (await fetch(address)).text()).toBe('odd')
      expect(decodeURIComponent(address.pathname)).toBe('/local/0/a#b?c%20&d.pb')
    } finally {
      await other.close()
    }
  })

  it.each([
    '/local/0/secret.txt',
    '/local/1/my%20heap.pb.gz',
    '/local/0/../../secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/nothing',
  ])('serves nothing else: %s', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })

  it('says that an address is malformed', async () => {
    expect((await ask('/%zz')).status).toBe(400)
  })

  it('refuses names that other sites could point at this machine', async () => {
    expect((await ask('/', { host: 'rebound.example' })).status).toBe(403)
    expect((await ask('/local/0/my%20heap.pb.gz', { host: `localhost.example:${server.port}` })).status).toBe(403)
    expect((await ask('/', { host: `localhost:${server.port}` })).status).toBe(200)
  })

  it('on more than this machine answers under its numbers and the names that are trusted, and under no other', async () => {
    const open = await serve({ app: join(folder, 'app'), port: 0, host: '0.0.0.0', names: ['wiki.example'] })
    const status = (host: string) =>
      new Promise<number>((resolve) =>
        get({ host: '127.0.0.1', port: open.port, headers: { host } }, (answer) => {
          resolve(answer.resume().statusCode ?? 0)
        }),
      )
    try {
      for (const host of ['10.1.2.3:7118', '[fd00::1]', 'wiki.example', 'WIKI.example:8443'])
        expect(await status(host)).toBe(200)
      for (const host of ['rebound.example', '10.1.2.3.rebound.example', 'x.wiki.example'])
        expect(await status(host)).toBe(403)
    } finally {
      await open.close()
    }
  })

  it('sends with everything what browsers are to keep from it', async () => {
    const paths = ['/', '/assets/main-abc.js', '/local/0/my%20heap.pb.gz', '/nothing', '/%zz']
    for (const path of paths) {
      const { headers } = await ask(path)
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      })
      const policy = String(headers['content-security-policy']).split('; ')
      expect(policy, path).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ]),
      )
    }
  })

  it('keeps its window from pages that open it; whoever gives its address to the browser waits for no other process', async () => {
    for (const site of ['cross-site', 'same-site', 'same-origin', undefined]) {
      const { headers } = await ask('/', { headers: site ? { 'sec-fetch-site': site } : {} })
      expect(headers['cross-origin-opener-policy'], site).toBe('same-origin')
      expect(headers.vary).toContain('Sec-Fetch-Site')
    }
    const { headers } = await ask('/', { headers: { 'sec-fetch-site': 'none' } })
    expect(headers).not.toHaveProperty('cross-origin-opener-policy')
  })

  it.each(['POST', 'PUT', 'DELETE'])('is read-only: %s', async (method) => {
    expect((await ask('/', { method })).status).toBe(405)
  })

  it('tells the page its token, in a block of data that names cannot end', async () => {
    const offering: Feature = { routes: () => {}, offer: { live: '</script><b>' } as object }
    const other = await serve({ app: join(folder, 'app'), features: [offering], port: 0 })
    try {
      const page = await (await fetch(other.url)).text()
      const [, json = ''] = /<script type="application\/json" id="hotzone-server">(.*?)<\/script>/.exec(page) ?? []
      expect(JSON.parse(json)).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), live: '</script><b>' })
    } finally {
      await other.close()
    }
  })

  it('sends parts of files, and nothing that the browser has', async () => {
    writeFileSync(join(folder, 'my heap.pb.gz'), '0123456789')
    const path = '/local/0/my%20heap.pb.gz'
    const part = (range: string, more = {}) => ask(path, { headers: { range, ...more } })
    expect(await part('bytes=2-4')).toMatchObject({
      status: 206,
      body: '234',
      headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
    })
    expect(await part('bytes=7-')).toMatchObject({ status: 206, body: '789' })
    expect(await part('bytes=-2')).toMatchObject({ status: 206, body: '89' })
    expect(await part('bytes=8-99')).toMatchObject({ status: 206, body: '89' })
    expect(await part('bytes=10-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } })
    for (const whole of ['bytes=4-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-'])
      expect(await part(whole)).toMatchObject({ status: 200, body: '0123456789' })
    const etag = String((await ask(path)).headers.etag)
    expect(await ask(path, { headers: { 'if-none-match': `"x", ${etag}` } })).toMatchObject({ status: 304, body: '' })
    expect(await part('bytes=2-4', { 'if-range': etag })).toMatchObject({ status: 206 })
    expect(await part('bytes=2-4', { 'if-range': '"other"' })).toMatchObject({ status: 200 })
    expect(await ask(path, { method: 'HEAD' })).toMatchObject({ body: '', headers: { 'content-length': '10' } })
  })

  it('sends what the build compressed, and the page compressed', async () => {
    writeFileSync(join(folder, 'app', 'assets', 'big.js'), 'plain')
    writeFileSync(join(folder, 'app', 'assets', 'big.js.br'), 'as brotli')
    const other = await serve({ app: join(folder, 'app'), port: 0 })
    try {
      const encoded = (path: string) =>
        new Promise<string>((resolve) =>
          get(new URL(path, other.url), { headers: { 'accept-encoding': 'gzip, br' } }, (answer) => {
            answer.resume()
            resolve(`${answer.headers['content-encoding']} ${answer.headers['content-type']}`)
          }),
        )
      expect(await encoded('/assets/big.js')).toMatch(/^br text\/javascript/)
      expect(await encoded('/')).toBe('br text/html; charset=utf-8')
      expect(await (await fetch(other.url)).text()).toContain('<title>app</title>')
    } finally {
      await other.close()
    }
  })

  it('sends parts of built files', async () => {
    const part = (range: string) => ask('/assets/digits.js', { headers: { range } })
    expect(await part('bytes=5-2')).toMatchObject({ status: 200, body: '0123456789' })
    expect(await part('bytes=-5')).toMatchObject({ status: 206, body: '56789', headers: { 'content-length': '5' } })
    expect(await part('bytes=2-4')).toMatchObject({ status: 206, body: '234' })
    expect(await part('bytes=99-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } })
    const whole = await ask('/assets/digits.js')
    expect(whole.headers['content-length']).toBe('10')
    const known = { 'if-none-match': String(whole.headers.etag) }
    expect(await ask('/assets/digits.js', { headers: known })).toMatchObject({ status: 304, body: '' })
    expect(await ask('/assets/digits.js', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '10' },
    })
  })

  it('says that a built file is gone or cannot be opened, and goes on', async () => {
    const other = await serve({ app: join(folder, 'app'), port: 0 })
    const gone = join(folder, 'app', 'assets', 'gone.js')
    try {
      expect((await fetch(new URL('/assets/gone.js', other.url))).status).toBe(200)
      rmSync(gone)
      expect((await fetch(new URL('/assets/gone.js', other.url))).status).toBe(404)
      // A file no more: what opening or reading it fails with stands for all that a system can refuse.
      mkdirSync(gone)
      const refused = await fetch(new URL('/assets/gone.js', other.url))
      expect([refused.status, refused.headers.get('cache-control')]).toEqual([503, 'no-store'])
      expect((await fetch(new URL('/assets/main-abc.js', other.url))).status).toBe(200)
    } finally {
      await other.close()
    }
  })

  it('keeps what begins with a dot to itself', async () => {
    expect((await ask('/.vite/manifest.json')).status).toBe(404)
  })

  it('moves to the next port when one is busy', async () => {
    const second = await serve({ app: join(folder, 'app'), files: [], port: server.port })
    try {
      expect(second.port).toBeGreaterThan(server.port)
      const page = await new Promise<number>((resolve) => get(second.url, (r) => resolve(r.resume().statusCode ?? 0)))
      expect(page).toBe(200)
    } finally {
      await second.close()
    }
  })
})

describe('the local API', () => {
  const echo: Feature = {
    routes: (app) => void app.post('/api/echo', async (c) => c.text(await c.req.text())),
  }

  async function withApi(
    run: (call: (headers: Record<string, string>) => Promise<number>, url: string) => Promise<void>,
  ) {
    const app = join(folder, 'app')
    const running = await serve({ app, features: [echo], port: 0 })
    const token = /"token":"([\w-]+)"/.exec(await (await fetch(running.url)).text())?.[1] ?? ''
    const call = (headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port: running.port,
            path: '/api/echo',
            method: 'POST',
            headers: { 'x-hotzone-token': token, ...headers },
          },
          (answer) => resolve(answer.resume().statusCode ?? 0),
        )
        sent.on('error', reject)
        sent.end('x')
      })
    await run(call, running.url.slice(0, -1)).finally(() => running.close())
  }

  it('is for who has the token of the page, which is another one for each process', async () => {
    const tokens = new Set<string>()
    for (let i = 0; i < 2; i++) {
      const one = await serve({ app: join(folder, 'app'), port: 0 })
      tokens.add(/"token":"([\w-]{43})"/.exec(await (await fetch(one.url)).text())?.[1] ?? '')
      await one.close()
    }
    expect([tokens.size, tokens.has('')]).toEqual([2, false])
    await withApi(async (call) => {
      expect(await call({})).toBe(200)
      expect(await call({ 'x-hotzone-token': '' })).toBe(401)
      expect(await call({ 'x-hotzone-token': 'wrong' })).toBe(401)
    })
  })

  it('is for this page only: a token in the hands of another site opens nothing', async () => {
    await withApi(async (call, origin) => {
      expect(await call({ origin })).toBe(200)
      expect(await call({ origin, 'sec-fetch-site': 'same-origin' })).toBe(200)
      for (const other of ['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1', 'nonsense'])
        expect(await call({ origin: other })).toBe(403)
      for (const site of ['cross-site', 'same-site']) expect(await call({ 'sec-fetch-site': site })).toBe(403)
    })
  })
})
