import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { fixture } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'
import { kinds } from './kinds/index.ts'
import type { FileRequest } from './protocol.ts'
import { isProfileFile, strip } from './strip.ts'

const source = (path: string, bytes: Uint8Array = fixture(path)): FileRequest => ({
  name: path.split('/').at(-1) ?? path,
  file: new Blob([Uint8Array.from(bytes)]),
})

async function opened(file: Blob) {
  const engine = new Engine()
  const info = await engine.open({ name: 'x', source: file }, () => undefined)
  return { engine, info }
}

it.each(['go1.27/map/heap.pb.gz', 'go1.27/map/cpu.pb.gz', 'go1.27/map/goroutine.debug1.txt'])(
  'a profile keeps its values, and loses labels, folders, build ids and comments: %s',
  async (path) => {
    const given = source(path)
    expect(await isProfileFile(kinds, given)).toBe(true)
    const { bytes } = (await strip(kinds, given, {})) ?? { bytes: new Uint8Array() }
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).not.toMatch(/\/[\w.@-]+\/[\w.-]+\.(go|s)\b/)
    const before = await opened(given.file)
    const after = await opened(new Blob([bytes]))
    expect(after.info.sampleTypes).toEqual(
      before.info.sampleTypes.map((type) => expect.objectContaining({ net: type.net })),
    )
    expect(after.info.hasLabels).toBe(false)
    expect(after.engine.functions({ sampleType: 0 }).flat).toHaveLength(
      before.engine.functions({ sampleType: 0 }).flat.length,
    )
  },
)

it.each([
  'go1.27/map/gctrace.log',
  'go1.27/map/trace.out',
  'go1.27/map/memstats.jsonl',
  'go1.27/map/expvar.json',
  'go1.27/map/goroutine.debug2.txt',
])('what is no profile is not stripped: %s', async (path) => {
  for (const bytes of [fixture(path), gzipSync(fixture(path))]) {
    expect(await isProfileFile(kinds, source(path, bytes))).toBe(false)
    expect(await strip(kinds, source(path, bytes), {})).toBeNull()
  }
})

it('a profile that cannot be read is not stripped', async () => {
  const whole = gunzipSync(fixture('go1.27/map/heap.pb.gz'))
  expect(await strip(kinds, source('cut.pb', whole.subarray(0, whole.length / 2)), {})).toBeNull()
})
