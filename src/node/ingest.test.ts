/**
 * The service of examples/ingest, built and profiled while it runs where Go is installed; its captured profiles where
 * it is not. Either way json-any is there for maps and not for structs.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../engine/engine.ts'
import { fixture } from '../testing/fixtures.ts'

const hasGo = spawnSync('go', ['version']).status === 0
const source = fileURLToPath(new URL('../../examples/ingest', import.meta.url))
const REQUESTS = 3000
/** Longer than everything that is asked of a service, should something hang. */
const KILL_AFTER_MS = 45_000

let folder = ''
beforeAll(() => {
  if (!hasGo) return
  folder = mkdtempSync(join(tmpdir(), 'hotzone-ingest-'))
  execFileSync('go', ['build', '-o', join(folder, 'ingest'), '.'], { cwd: source, stdio: 'inherit' })
})
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const started = (args: string[]): ChildProcess =>
  spawn(join(folder, 'ingest'), args, { stdio: 'ignore', timeout: KILL_AFTER_MS })

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()))

/** Waits until the service answers, or is gone. */
async function answers(service: ChildProcess, url: string): Promise<void> {
  while (service.exitCode === null && service.signalCode === null) {
    const ready = await fetch(`${url}/stats`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer())

/** CPU and heap of the service in one of its modes under load. */
async function profiled(mode: string): Promise<{ cpu: Uint8Array<ArrayBuffer>; heap: Uint8Array<ArrayBuffer> }> {
  const url = `http://127.0.0.1:${await freePort()}`
  const service = started(['-mode', mode, '-addr', url.slice('http://'.length)])
  const running = [service]
  try {
    await answers(service, url)
    expect(service.exitCode).toBeNull()
    const cpu = bytesOf(`${url}/debug/pprof/profile?seconds=1`)
    const load = started(['-load', url, '-requests', String(REQUESTS)])
    running.push(load)
    const bytes = await cpu
    await ended(load)
    expect(load.exitCode).toBe(0)
    return { cpu: bytes, heap: await bytesOf(`${url}/debug/pprof/heap?gc=1`) }
  } finally {
    for (const child of running) child.kill('SIGKILL')
    await Promise.all(running.map(ended))
  }
}

const captured = (mode: string) => ({
  cpu: fixture(`labelled/ingest/${mode}.cpu.pb.gz`),
  heap: fixture(`labelled/ingest/${mode}.heap.pb.gz`),
})

async function jsonAny(bytes: Uint8Array<ArrayBuffer>) {
  const engine = new Engine()
  const { defaultSampleType: sampleType } = await engine.open({ name: 'x', source: new Blob([bytes]) }, () => undefined)
  const { zones, json } = engine.zones({ sampleType })
  return { zone: zones.find((z) => z.id === 'json-any'), json }
}

describe(hasGo ? 'the service as it runs' : 'the service as it was captured', () => {
  it('raises json-any in its CPU and its heap when it decodes into maps', async () => {
    const { cpu, heap } = hasGo ? await profiled('map') : captured('map')
    // A second of CPU on a busy machine may hold a handful of samples, of which some lie elsewhere.
    const verdicts = hasGo ? ['untyped', 'mixed'] : ['untyped']
    expect(verdicts).toContain((await jsonAny(cpu)).json?.verdict)
    expect((await jsonAny(heap)).json?.verdict).toBe('untyped')
    for (const { zone } of [await jsonAny(cpu), await jsonAny(heap)]) {
      expect(zone?.state).toBe('found')
      expect(zone?.share).toBeGreaterThan(0.05)
      expect(zone?.blame.length).toBeGreaterThan(0)
    }
  })

  it('does not when it decodes into structs', async () => {
    const { cpu, heap } = hasGo ? await profiled('struct') : captured('struct')
    for (const { zone, json } of [await jsonAny(cpu), await jsonAny(heap)]) {
      expect(zone).toMatchObject({ state: 'quiet', value: 0 })
      expect(json?.any).toBe(0)
      expect(json?.decode).toBeGreaterThan(0)
    }
  })
})
