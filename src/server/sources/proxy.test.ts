import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { type AddressInfo, connect, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lacking } from '../../testing/go-service.ts'
import { readAddress, type SourceAddress, type TlsFiles } from './address.ts'
import { download } from './download.ts'
import { proxyFor } from './proxy.ts'
import { SourceError } from './source-error.ts'

const folder = mkdtempSync(join(tmpdir(), 'hotzone-proxy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What Go says of addresses under an environment, read once for each process. */
const GO = `package main
import ("fmt"; "net/http"; "os")
func main() {
	for _, u := range os.Args[1:] {
		r, _ := http.NewRequest("GET", u, nil)
		p, err := http.ProxyFromEnvironment(r)
		if err != nil { fmt.Println("error") } else if p == nil { fmt.Println("-") } else { fmt.Println(p.Host) }
	}
}`

const ADDRESSES = [
  ...[
    'http://a.example/',
    'https://a.example/',
    'http://example/',
    'http://sub.a.example:8080/x',
    'http://xa.example/',
  ],
  ...['https://a.example:8443/', 'http://A.EXAMPLE/', 'http://a.example./', 'http://localhost:6060/'],
  ...[
    'http://127.0.0.1:6060/',
    'http://127.9.9.9/',
    'http://10.1.2.3/',
    'http://10.1.2.3:6060/',
    'http://192.168.1.1/',
  ],
  ...['http://[::1]:6060/', 'http://[fd00::1]/', 'http://[fd00::1]:81/'],
]

const EXCEPTIONS = [
  ...['', '*', 'a.example', '.a.example', '*.a.example', 'example', 'A.EXAMPLE', 'a.example.', 'a.example:8443'],
  ...['a.example:80', '10.0.0.0/8', '10.1.2.3', '10.1.2.3:6060', '[fd00::1]:80', 'fd00::/8', 'fd00::1', 'b,,c'],
  ...[' a.example , 10.1.2.3 ', '10.0.0.0/33', 'nonsense/8', '10.1.2.3:'],
]

const PROXIES: readonly Record<string, string>[] = [
  { HTTP_PROXY: 'http://p:1' },
  { HTTPS_PROXY: 'https://q:2' },
  { HTTP_PROXY: 'p:1', https_proxy: 'q:2' },
  { HTTP_PROXY: '', http_proxy: 'http://user:pw@p:1' },
  { ALL_PROXY: 'http://p:1' },
]

describe.skipIf(lacking('go', 'version'))('the proxy of an address', () => {
  const program = join(folder, 'proxies')
  beforeAll(() => {
    writeFileSync(join(folder, 'main.go'), GO)
    execFileSync('go', ['build', '-o', program, 'main.go'], { cwd: folder })
  })

  it('is that of Go', () => {
    const ours = (address: string, env: Record<string, string>) => proxyFor(new URL(address), env)?.host ?? '-'
    for (const proxies of PROXIES) {
      for (const NO_PROXY of EXCEPTIONS) {
        const env = { ...proxies, NO_PROXY }
        const theirs = execFileSync(program, ADDRESSES, { env, encoding: 'utf8' }).trim().split('\n')
        expect(
          ADDRESSES.map((address) => `${address} ${ours(address, env)}`),
          JSON.stringify(env),
        ).toEqual(ADDRESSES.map((address, i) => `${address} ${theirs[i]}`))
      }
    }
  })
})

it('is none that a header could name, and none that cannot be used', () => {
  const cgi = { HTTP_PROXY: 'http://evil:1', REQUEST_METHOD: 'GET' }
  expect(proxyFor(new URL('http://a.example/'), cgi)).toBeNull()
  for (const HTTP_PROXY of ['socks5://p:1', 'http://', '::', 'file:///x'])
    expect(() => proxyFor(new URL('http://a.example/'), { HTTP_PROXY })).toThrow(SourceError)
})

const closing: (Server | ReturnType<typeof createTcp>)[] = []
afterAll(() => {
  for (const server of closing) server.close()
})

async function listening(server: Server | ReturnType<typeof createTcp>): Promise<string> {
  closing.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const address = (text: string, tls?: TlsFiles): SourceAddress => ({ ...(readAddress(text) as SourceAddress), tls })
const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)

describe('what is asked through a proxy', () => {
  const asked: IncomingMessage[] = []
  let refusing = 0
  let proxy = ''
  beforeAll(async () => {
    const server = createServer((request, response) => {
      asked.push(request)
      response.writeHead(refusing || 200, { 'Content-Type': 'text/plain' }).end(`through ${request.url}`)
    })
    server.on('connect', (request: IncomingMessage, socket) => {
      asked.push(request)
      if (refusing > 0) return socket.end(`HTTP/1.1 ${refusing} No\r\n\r\n`)
      // Names of these tests are of this machine.
      const up = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        up.pipe(socket).pipe(up)
      })
    })
    proxy = await listening(server)
  })

  it('goes there with the whole address, and with what is said of the proxy to the proxy alone', async () => {
    const env = { HTTP_PROXY: `http://ada:s3cret@${proxy}` }
    const got = await download(address('http://eve:pw@service.example:6060/debug/pprof/heap?x=1'), { seconds: 5, env })
    expect(text(got)).toBe('through http://service.example:6060/debug/pprof/heap?x=1')
    const { headers } = asked.at(-1) as IncomingMessage
    expect(headers).toMatchObject({
      host: 'service.example:6060',
      authorization: `Basic ${btoa('eve:pw')}`,
      'proxy-authorization': `Basic ${btoa('ada:s3cret')}`,
    })
  })

  it('is told apart from the service where it fails, without its user', async () => {
    const problem = (env: Record<string, string>, at: string) =>
      download(address(at), { seconds: 5, env }).then(
        () => null,
        (error: unknown) => error as SourceError,
      )
    const closed = createTcp()
    const gone = await listening(closed)
    await new Promise((resolve) => closed.close(resolve))
    const unreachable = await problem({ HTTP_PROXY: `http://ada:s3cret@${gone}` }, 'http://service.example/')
    expect(unreachable).toMatchObject({ code: 'proxy', facts: { host: gone } })
    refusing = 407
    const refused = await problem({ HTTPS_PROXY: `http://ada:s3cret@${proxy}` }, 'https://service.example/')
    refusing = 0
    expect(refused).toMatchObject({ code: 'proxy', facts: { host: proxy, status: 407 } })
    for (const error of [unreachable, refused]) expect(error?.message).not.toMatch(/ada|s3cret/)
  })

  describe.skipIf(lacking('openssl', 'version'))('over TLS', () => {
    const files = new Map<string, Buffer>()
    let secure = ''
    const seen: string[] = []
    const authorizations: unknown[] = []
    const startSecure = async () => {
      if (secure !== '') return
      const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
      const subject = (name: string) => ['-subj', `/CN=${name}`]
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
      openssl('req', '-x509', ...key, ...subject('ca'), '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2')
      for (const name of ['service.example', 'client']) {
        openssl('req', ...key, ...subject(name), '-keyout', `${name}.key`, '-out', `${name}.csr`)
        writeFileSync(join(folder, 'ext'), `subjectAltName=DNS:${name},IP:127.0.0.1`)
        const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'ext', '-days', '2']
        openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`)
      }
      const { readFileSync } = await import('node:fs')
      for (const name of ['ca.pem', 'service.example.pem', 'service.example.key', 'client.pem', 'client.key'])
        files.set(name, readFileSync(join(folder, name)))
      const options = {
        cert: files.get('service.example.pem'),
        key: files.get('service.example.key'),
        ca: files.get('ca.pem'),
        requestCert: true,
        rejectUnauthorized: false,
      }
      const server = createSecure(options, (request, response) => {
        const socket = request.socket as import('node:tls').TLSSocket
        seen.push(socket.authorized ? String(socket.getPeerCertificate().subject.CN) : 'nobody')
        authorizations.push(request.headers.authorization)
        response.end('secure')
      })
      secure = await listening(server)
    }

    it('keeps it shut, checks who answers by -tls_ca, and shows the certificate of -tls_cert', async () => {
      await startSecure()
      const env = { HTTPS_PROXY: proxy }
      const at = `https://service.example:${secure.split(':')[1]}/debug/pprof/heap`
      const [ca, cert, key] = ['ca.pem', 'client.pem', 'client.key'].map((name) => files.get(name) as Buffer)
      await expect(download(address(at), { seconds: 5, env })).rejects.toMatchObject({ code: 'tls' })
      expect(seen).toEqual([])
      expect(text(await download(address(at, { ca } as TlsFiles), { seconds: 5, env }))).toBe('secure')
      expect(text(await download(address(at, { ca, cert, key } as TlsFiles), { seconds: 5, env }))).toBe('secure')
      expect(seen).toEqual(['nobody', 'client'])
      expect(asked.at(-1)?.method).toBe('CONNECT')
    })

    it('shows neither certificate nor credentials where a redirect leads to', async () => {
      await startSecure()
      const server = createServer((_, response) =>
        response.writeHead(302, { Location: `https://127.0.0.1:${secure.split(':')[1]}/` }).end(),
      )
      const plain = await listening(server)
      const [ca, cert, key] = ['ca.pem', 'client.pem', 'client.key'].map((name) => files.get(name) as Buffer)
      const before = seen.length
      const named = address(`http://eve:pw@${plain}/`, { ca, cert, key } as TlsFiles)
      expect(text(await download(named, { seconds: 5, env: {} }))).toBe('secure')
      expect([seen.slice(before), authorizations.slice(before)]).toEqual([['nobody'], [undefined]])
    })
  })
})
