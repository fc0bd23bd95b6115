/** A service that does what services do wrong, on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { readAddress } from './address.ts'
import { type DownloadOptions, download } from './download.ts'
import { SourceError } from './source-error.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** Resolves to host:port. */
async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function get(text: string, options: Partial<DownloadOptions> = {}) {
  const address = readAddress(text)
  if (!address) throw new Error(`no address: ${text}`)
  return download(address, { seconds: 20, ...options })
}

async function problem(asked: Promise<unknown>): Promise<SourceError> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SourceError)) throw new Error(`no SourceError: ${String(error)}`)
  return error
}

const codeOf = async (asked: Promise<unknown>) => (await problem(asked)).code

describe('download', () => {
  it('hands over the bytes and tells how many came', async () => {
    const host = await serving((_, response) => {
      response.setHeader('Content-Type', 'Application/Octet-Stream; x=y')
      response.end('profile')
    })
    const told: number[][] = []
    const { bytes, type } = await get(`${host}/heap`, { onBytes: (...counts) => told.push(counts) })
    expect(new TextDecoder().decode(bytes)).toBe('profile')
    expect(type).toBe('application/octet-stream')
    expect(told).toEqual([[7, 7]])
  })

  it('follows a redirect on the same host with the credentials', async () => {
    const host = await serving((request, response) => {
      if (request.url === '/old') response.writeHead(302, { Location: '/new' }).end()
      else response.end(`${request.url} ${request.headers.authorization}`)
    })
    const { bytes } = await get(`ada:secret@${host}/old`)
    expect(new TextDecoder().decode(bytes)).toBe(`/new Basic ${btoa('ada:secret')}`)
  })

  it('asks nobody who was not named, wherever a redirect leads, and names where that is', async () => {
    let asked = 0
    const other = await serving((_, response) => {
      asked++
      response.end('profile')
    })
    const port = other.split(':')[1]
    for (const target of [other, `localhost:${port}`, `127.0.0.2:${port}`]) {
      const host = await serving((_, response) =>
        response.writeHead(307, { Location: `http://eve:other@${target}/heap?key=secret` }).end(),
      )
      const { code, message } = await problem(get(`ada:secret@${host}/heap`))
      expect(code).toBe('redirect')
      expect(message).toContain(`http://${target}/heap,`)
      expect(message).not.toMatch(/secret|eve|other@/)
    }
    expect(asked).toBe(0)
  })

  it('follows from http to https on the same host, at whatever port, and leaves credentials behind', async () => {
    let spoken = Buffer.alloc(0)
    const tls = createTcp((socket) =>
      socket.once('data', (bytes) => {
        spoken = bytes
        socket.destroy()
      }),
    )
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
    const { port } = tls.address() as AddressInfo
    const host = await serving((_, response) =>
      response.writeHead(301, { Location: `https://127.0.0.1:${port}/heap` }).end(),
    )
    expect(await codeOf(get(`ada:secret@${host}/heap`))).toBe('cut')
    // The first byte of a TLS handshake.
    expect(spoken[0]).toBe(0x16)
    tls.close()
  })

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/heap', 'gopher://x', 'data:text/plain,x', 'javascript:1', 'http://'])(
    'does not follow to %s',
    async (location) => {
      const host = await serving((_, response) => response.writeHead(302, { Location: location }).end())
      expect(await codeOf(get(`${host}/heap`))).toBe('redirect')
    },
  )

  it('does not go round in circles', async () => {
    let asked = 0
    const host = await serving((_, response) => {
      asked++
      response.writeHead(302, { Location: '/again' }).end()
    })
    expect(await codeOf(get(`${host}/heap`))).toBe('redirect')
    expect(asked).toBe(6)
  })

  it('sends no body on', async () => {
    const asked: string[] = []
    const host = await serving(({ url = '' }, response) => {
      asked.push(url)
      if (url === '/symbol') response.writeHead(307, { Location: '/elsewhere' }).end()
      else response.end('a name')
    })
    expect(await codeOf(get(`${host}/symbol`, { body: { type: 'text/plain', bytes: '0x1' } }))).toBe('redirect')
    expect(asked).toEqual(['/symbol'])
  })

  it('cuts off a body without an end', async () => {
    let sent = 0
    const piece = Buffer.alloc(65_536)
    const host = await serving((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(piece)) sent += piece.length
      }
      response.on('drain', more)
      more()
    })
    expect(await codeOf(get(`${host}/heap`, { limit: 1_000_000 }))).toBe('too-large')
    expect(sent).toBeLessThan(20_000_000)
  })

  it('reads nothing of a body that says it is too large', async () => {
    const host = await serving((_, response) => {
      response.setHeader('Content-Length', '2000000')
      response.write('x')
    })
    expect(await codeOf(get(`${host}/heap`, { limit: 1_000_000 }))).toBe('too-large')
  })

  it('inflates no more than it reads', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const host = await serving((_, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(bomb)
    })
    expect(await codeOf(get(`${host}/vars`, { limit: 1_000_000 }))).toBe('too-large')
  })

  it('waits no longer than it may, for an answer and for the rest of one', async () => {
    const silent = await serving(() => undefined)
    expect(await codeOf(get(`${silent}/heap`, { seconds: 0.05 }))).toBe('timeout')
    const slow = await serving((_, response) => void response.write('x'))
    expect(await codeOf(get(`${slow}/heap`, { seconds: 0.05 }))).toBe('timeout')
  })

  it('is given up at once, with the reason that was given', async () => {
    const abort = new AbortController()
    const host = await serving(() => abort.abort(new Error('enough')))
    await expect(get(`${host}/heap`, { signal: abort.signal })).rejects.toThrow('enough')
  })

  it('says that an answer was cut off, packed or not', async () => {
    const cut = await serving((_, response) => {
      response.setHeader('Content-Length', '10')
      response.write('x', () => response.destroy())
    })
    expect(await codeOf(get(`${cut}/heap`))).toBe('cut')
    const packed = await serving((_, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end(gzipSync('a profile').subarray(0, 15))
    })
    expect(await codeOf(get(`${packed}/heap`))).toBe('cut')
  })

  it.each([
    [404, {}, '404 page not found\n', 'no-pprof', 'does not import net/http/pprof'],
    [404, { 'X-Go-Pprof': '1' }, 'Unknown profile\n', 'no-such-profile', 'no profile of that name'],
    [
      500,
      { 'X-Go-Pprof': '1' },
      'Could not enable CPU profiling: cpu profiling already in use\n',
      'cpu-busy',
      'CPU profile is running',
    ],
    [
      500,
      { 'X-Go-Pprof': '1' },
      'Could not enable tracing: tracing is already enabled\n',
      'trace-busy',
      'trace is running',
    ],
    [400, { 'X-Go-Pprof': '1' }, "profile duration exceeds server's WriteTimeout\n", 'write-timeout', 'fewer seconds'],
    [401, {}, '', 'unauthorized', 'user and a password'],
    [
      400,
      { 'X-Go-Pprof': '1' },
      '"seconds" parameter is not supported for this profile type\n',
      'status',
      'answers 400: "seconds" parameter is not supported',
    ],
    [503, {}, 'try \u001b[2Jlater\n', 'status', 'answers 503: try [2Jlater'],
  ])('says what %s with %j means', async (status, headers, body, code, sentence) => {
    const host = await serving((_, response) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }).end(body),
    )
    const error = await problem(get(`ada:secret@${host}/heap`))
    expect(error.code).toBe(code)
    expect(error.message).toContain(sentence)
    expect(error.message).toContain(host)
    expect(error.message).not.toMatch(/secret|ada/)
  })

  it('says that nothing answers, and that what answers is no web server', async () => {
    const closed = await serving(() => undefined)
    servers[0]?.close()
    expect(await codeOf(get(`${closed}/heap`))).toBe('unreachable')
    const tcp = createTcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
    const { port } = tcp.address() as AddressInfo
    expect(await codeOf(get(`127.0.0.1:${port}/heap`))).toBe('not-http')
    tcp.close()
    const plain = await serving((_, response) => response.end('x'))
    expect(await codeOf(get(`https://${plain}/heap`))).toBe('tls')
  })
})
