/** The server looks at itself, and stops in good order. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isThere } from '../../../scripts/rgw.mjs'
import { Engine } from '../../engine/engine.ts'
import { canRun } from '../../testing/needed-servers.ts'
import { type Answered, serve } from '../server.ts'
import { folderStore } from '../store/folder.ts'
import { DEFAULT_LIMITS, storeFeature } from '../store/index.ts'
import { call, gz, idOf, profileOf, smallApp, upload } from '../store/testing.ts'
import { observe } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hotzone-observe-'))
const answered: Answered[] = []
let running: Awaited<ReturnType<typeof start>>

async function start() {
  const stored = await storeFeature({ blobs: await folderStore(join(folder, 'store')), limits: DEFAULT_LIMITS })
  const observed = observe(stored)
  return serve({
    app: smallApp(folder),
    api: false,
    port: 0,
    features: [stored, observed],
    farewellMs: 5000,
    onAnswered(one) {
      answered.push(one)
      observed.count(one)
    },
  })
}

beforeAll(async () => {
  running = await start()
})
afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
})

it('says that it is well, and counts what it answers', async () => {
  expect((await call(running, 'GET', '/healthz')).body.toString()).toBe('ok\n')
  await upload(running, profileOf('counted'))
  const text = (await call(running, 'GET', '/metrics')).body.toString()
  expect(text).toMatch(/^hotzone_requests_total\{method="PUT",status="201"\} 1$/m)
  expect(text).toMatch(/^hotzone_store_bytes [1-9]\d*$/m)
  expect(text).toMatch(/^hotzone_request_seconds_bucket\{le="\+Inf"\} \d+$/m)
  // Every line is one of the format.
  const line = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [\d.e+-]+)$/
  expect(text.split('\n').filter((one) => one !== '' && !line.test(one))).toEqual([])
})

it('notes requests without their queries', async () => {
  await call(running, 'GET', `/?p=${'x'.repeat(43)}`)
  await expect.poll(() => answered.at(-1)).toMatchObject({ method: 'GET', path: '/', status: 200, whole: true })
  expect(JSON.stringify(answered)).not.toContain('?')
})

it('notes no name of what is stored, which is all that reading it takes', async () => {
  const { id } = await upload(running, profileOf('noted'))
  await call(running, 'GET', `/store/${id}`)
  const path = `/store/${id.slice(0, 6)}…`
  await expect.poll(() => answered.at(-1)).toMatchObject({ method: 'GET', path, status: 200 })
  await call(running, 'GET', `/store/${id}/picture`)
  await expect.poll(() => answered.at(-1)).toMatchObject({ path: `${path}/picture`, status: 404 })
  expect(JSON.stringify(answered)).not.toContain(id)
})

it('notes an upload that was cut off as what it is', async () => {
  const socket = connect(running.port, '127.0.0.1', () => {
    socket.write(`PUT /store/${'c'.repeat(43)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nx`, () =>
      socket.destroy(),
    )
  })
  await expect.poll(() => answered.at(-1)).toMatchObject({ method: 'PUT', status: 499, whole: false })
})

it('shows nothing of the machine to pages of other sites', async () => {
  for (const path of ['/metrics', '/debug/pprof/heap', '/debug/pprof/profile?seconds=0.1']) {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await call(running, 'GET', path, { headers })).status).toBe(403)
  }
})

it('takes one profile of processors at a time, and says so as Go does', async () => {
  const take = () => call(running, 'GET', '/debug/pprof/profile?seconds=0.5')
  const [one, other] = (await Promise.all([take(), take()])).sort((a, b) => a.status - b.status)
  expect(one?.status).toBe(200)
  expect(other).toMatchObject({ status: 500, headers: { 'x-go-pprof': '1' } })
  expect(String(other?.body)).toBe('Could not enable CPU profiling: cpu profiling already in use\n')
  expect((await take()).status).toBe(200)
})

it('tells of the machine to programs on it only', async () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
    for (const path of ['/metrics', '/debug/pprof/heap', '/debug/pprof/profile?seconds=1']) {
      expect((await call(running, 'GET', path, { headers: { [header]: '1.2.3.4' } })).status).toBe(403)
    }
  }
})

it('profiles itself in the format of pprof', async () => {
  const heap = await call(running, 'GET', '/debug/pprof/heap')
  const [cpu] = await Promise.all([
    call(running, 'GET', '/debug/pprof/profile?seconds=0.5'),
    ...Array.from({ length: 30 }, (_, i) => upload(running, profileOf(`load ${i}`, 100_000))),
  ])
  for (const [name, { status, body }, type] of [
    ['heap', heap, 'inuse_space'],
    ['cpu', cpu, 'cpu'],
  ] as const) {
    expect(status).toBe(200)
    const path = join(folder, `${name}.pb.gz`)
    writeFileSync(path, body)
    const engine = new Engine()
    const file = new Blob([new Uint8Array(body)])
    const info = await engine.open({ name, source: file }, () => {})
    expect(info.sampleTypes.at(-1)).toMatchObject({ type })
    expect(info.sampleTypes.at(-1)?.total).toBeGreaterThan(0)
    if (!canRun('go tool pprof on a profile of the server', isThere('go') ? '' : 'go (Debian: golang-go)')) continue
    const said = execFileSync('go', ['tool', 'pprof', '-top', path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(said).toContain(`Type: ${type}`)
    expect(said).not.toContain('of 0 total')
  }
  expect((await call(running, 'GET', '/debug/pprof/profile?seconds=1e9')).status).toBe(400)
})

it('ends what is under way before it stops', async () => {
  const other = await start()
  const raw = profileOf('late', 300_000)
  const body = gz(raw)
  let go = () => {}
  const waiting = new Promise<void>((resolve) => {
    go = resolve
  })
  async function* slowly() {
    yield body.subarray(0, 100)
    await waiting
    yield body.subarray(100)
  }
  const sent = call(other, 'PUT', `/store/${idOf(raw)}`, { body: slowly() })
  await expect
    .poll(async () => (await call(other, 'GET', '/metrics')).body.toString())
    .toContain('hotzone_store_uploads 1')
  const closed = other.close()
  go()
  expect((await sent).status).toBe(201)
  await closed
  await expect(call(other, 'GET', '/')).rejects.toThrow()
  expect((await call(running, 'GET', `/store/${idOf(raw)}`)).status).toBe(200)
})
