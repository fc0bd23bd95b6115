import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unpack } from '../core/formats/unpack.ts'
import { fixturePath } from '../testing/fixtures.ts'
import type { FromEngine, OpenRequest, ToEngine } from './protocol.ts'
import { serveEngine } from './serve.ts'

const heap = () => new Blob([readFileSync(fixturePath('go1.27/map/heap.pb.gz'))])
const cpu = () => new Blob([readFileSync(fixturePath('go1.27/map/cpu.pb.gz'))])

/** An engine that counts how often a file is unpacked. */
function engine() {
  const unpacked: Blob[] = []
  const sent: FromEngine[] = []
  const serve = serveEngine((message) => sent.push(message), {
    unpack: (source, options) => {
      unpacked.push(source)
      return unpack(source, options)
    },
  })
  const open = async (sources: OpenRequest['sources']) => {
    await serve({ id: 1, call: 'open', args: { sources, kind: null } } satisfies ToEngine)
    return sent.find((message) => 'ok' in message)
  }
  return { serve, unpacked, sent, open }
}

const idOf = (answer: FromEngine | undefined) =>
  answer && 'ok' in answer && answer.ok ? (answer.value as { head: { id: string } }).head.id : null

test('a file that was read ahead is read once, and opens as any other', async () => {
  const { serve, unpacked, open } = engine()
  const file = heap()
  await serve({ ahead: { name: 'heap.pb.gz', file } })
  // A message brings another Blob of the same bytes.
  const answer = await open([{ name: 'heap.pb.gz', file: heap(), isReadAhead: true }])
  expect(unpacked).toHaveLength(1)
  expect(unpacked[0]).toBe(file)
  const other = engine()
  expect(idOf(answer)).toBe(idOf(await other.open([{ name: 'heap.pb.gz', file: heap() }])))
})

test('another file than the one that was read ahead is read itself', async () => {
  const { serve, unpacked, open } = engine()
  await serve({ ahead: { name: 'heap.pb.gz', file: heap() } })
  const file = cpu()
  const answer = await open([{ name: 'cpu.pb.gz', file }])
  expect(unpacked.at(-1)).toBe(file)
  expect(idOf(answer)).toBe(idOf(await engine().open([{ name: 'cpu.pb.gz', file: cpu() }])))
})

test('what is wrong with a file that was read ahead is said to whoever opens it', async () => {
  const { serve, open } = engine()
  const damaged = heap().slice(0, 3000)
  await serve({ ahead: { name: 'heap.pb.gz', file: damaged } })
  const answer = await open([{ name: 'heap.pb.gz', file: damaged, isReadAhead: true }])
  const alone = await engine().open([{ name: 'heap.pb.gz', file: damaged }])
  expect(answer).toEqual(alone)
  expect(answer).toMatchObject({ ok: false })
})
