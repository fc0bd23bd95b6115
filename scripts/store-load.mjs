/**
 * What the store bears: 200 uploads at one time and 2,000 downloads of profiles of 1 MB, on this machine's own address, of
 * `hotzone serve` on a folder, and the same downloads of nginx from the same files. Prints a Markdown table; fails when one
 * request does. `npm run build` first. Debian's nginx-light, where there is one.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts, isThere } from './rgw.mjs'

const UPLOADS = 200
const DOWNLOADS = 2000
const AT_ONCE = 200
const SIZE = 1_000_000

const folder = mkdtempSync(join(tmpdir(), 'hotzone-load-'))
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

/** A profile of 1 MB that no gzip makes smaller: its strings are random. */
function profile(i) {
  const field = (number, bytes) => {
    const length = []
    for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) {
        length.push(rest)
        break
      }
      length.push((rest % 128) + 128)
    }
    return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), bytes])
  }
  const texts = ['', 'cpu', 'nanoseconds', `profile ${i}`].map((text) => field(6, Buffer.from(text)))
  return Buffer.concat([field(1, Buffer.from([8, 1, 16, 2])), ...texts, field(6, randomBytes(SIZE - 60))])
}

function send(port, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'Content-Length': body.length } : {}
    const sent = request({ host: '127.0.0.1', port, method, path, agent, headers }, (answer) => {
      const hash = createHash('sha256')
      let bytes = 0
      answer.on('data', (part) => {
        hash.update(part)
        bytes += part.length
      })
      answer.on('end', () => resolve({ status: answer.statusCode, bytes, id: hash.digest('base64url') }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Runs `count` requests, AT_ONCE at a time. */
async function load(count, one) {
  const times = []
  let failed = 0
  let next = 0
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const i = next++
        const from = performance.now()
        const good = await one(i).catch(() => false)
        times.push(performance.now() - from)
        if (!good) failed++
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
  return { count, failed, seconds, median: at(0.5), p99: at(0.99) }
}

/** Of a process, in MB: what it used at most. */
const peak = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const rows = []
function row(what, { count, failed, seconds, median, p99 }, memory) {
  const rate = Math.round(count / seconds)
  rows.push(
    `| ${what} | ${count} | ${failed} | ${rate}/s | ${Math.round(median)} ms | ${Math.round(p99)} ms | ${memory ? `${Math.round(memory)} MB` : ''} |`,
  )
  if (failed > 0) process.exitCode = 1
}

async function start(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return child
}

const [port, nginxPort] = await freePorts(2)
const store = join(folder, 'store')
const server = await start(process.execPath, [
  'dist/node/hotzone.js',
  'serve',
  '--store',
  store,
  '--port',
  String(port),
])
try {
  const bodies = Array.from({ length: UPLOADS }, (_, i) => profile(i))
  const ids = bodies.map((body) => createHash('sha256').update(body).digest('base64url'))
  const before = peak(server.pid)
  const put = async (i) => (await send(port, 'PUT', `/store/${ids[i]}`, bodies[i])).status === 201
  row('upload, `hotzone serve`', await load(UPLOADS, put), peak(server.pid))
  const get = (to, path) => async (i) => {
    const id = ids[i % ids.length]
    const answer = await send(to, 'GET', path(id))
    return answer.status === 200 && answer.id === id
  }
  row(
    'download, `hotzone serve`',
    await load(
      DOWNLOADS,
      get(port, (id) => `/store/${id}`),
    ),
    peak(server.pid),
  )
  if (isThere('nginx')) {
    mkdirSync(join(folder, 'tmp'))
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (of) => `${of}_temp_path ${folder}/tmp/${of};`,
    )
    writeFileSync(
      join(folder, 'nginx.conf'),
      `user root; worker_processes 1; daemon off; error_log stderr; pid ${folder}/nginx.pid; events { worker_connections 4096; }
http { access_log off; ${paths.join(' ')} sendfile on; server { listen 127.0.0.1:${nginxPort}; root ${store}/blobs; } }`,
    )
    const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
    const path = (id) => `/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}.${Buffer.from(id, 'base64url').toString('hex')}`
    while ((await send(nginxPort, 'GET', path(ids[0])).catch(() => ({}))).status !== 200)
      await new Promise((resolve) => setTimeout(resolve, 50))
    row('download, nginx, the same files', await load(DOWNLOADS, get(nginxPort, path)), null)
    nginx.kill()
  }
  const cpu = cpus()[0]?.model ?? ''
  console.log(
    `${cpus().length} processors (${cpu.trim()}), Node ${process.version}; ${AT_ONCE} requests at one time, profiles of 1 MB; the server had ${Math.round(before)} MB before.\n`,
  )
  console.log('| what | requests | failed | rate | median | 99% | most memory |\n|---|--:|--:|--:|--:|--:|--:|')
  console.log(rows.join('\n'))
} finally {
  server.kill('SIGTERM')
  agent.destroy()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
