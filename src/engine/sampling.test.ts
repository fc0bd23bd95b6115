import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

async function open(fixture: string, type: string, columns: (number | 'raw' | 'variance')[]) {
  const engine = new Engine()
  const info = await engine.open({ name: 'x', source: new Blob([readFileSync(fixturePath(fixture))]) }, () => undefined)
  const sampleType = info.sampleTypes.findIndex((t) => t.type === type)
  const request = { sampleType, order: 'size' as const, path: [], minShare: 0, from: 0, to: 1 }
  return { info, sampleType, tree: engine.tree(request), more: engine.columns({ ...request, columns }), engine }
}

test('a CPU frame rests on its time over the period', async () => {
  const { info, tree, more } = await open('go1.27/map/cpu.pb.gz', 'cpu', ['raw', 'variance'])
  const [raw, variance] = more.columns
  expect([...more.pathHash]).toEqual([...tree.pathHash])
  expect(raw?.[0]).toBe(tree.total[0] / info.period)
  for (let r = 0; r < tree.length; r++) {
    expect(raw?.[r]).toBeCloseTo(tree.total[r] / info.period, 6)
    expect(variance?.[r]).toBeCloseTo(tree.total[r] * info.period, 0)
  }
})

test('heap values are scaled back to the samples that were taken', async () => {
  for (const type of ['inuse_space', 'inuse_objects', 'alloc_space']) {
    const { info, tree, more } = await open('go1.27/map/heap.pb.gz', type, ['raw', 'variance'])
    const [raw, variance] = more.columns
    // One sample stands for about `period` bytes, in whatever unit it is counted.
    const bytes = info.sampleTypes.find((t) => t.type === type.replace('objects', 'space'))?.total ?? 0
    expect(raw?.[0]).toBeGreaterThan(0.5 * (bytes / info.period))
    expect(raw?.[0]).toBeLessThan(1.5 * (bytes / info.period))
    // Objects much larger than the period are always seen; in objects, the small ones weigh most and are seen least.
    if (type !== 'inuse_objects')
      expect(Math.sqrt(variance?.[0] ?? 0)).toBeLessThan(tree.total[0] / Math.sqrt(raw?.[0] ?? 1))
    expect(Math.sqrt(variance?.[0] ?? 0)).toBeGreaterThan(0)
  }
})

test('another sample type for the boxes of a tree is what that type’s own tree says', async () => {
  const { info, engine, tree } = await open('go1.27/map/heap.pb.gz', 'alloc_space', [])
  const sampleType = info.sampleTypes.findIndex((t) => t.type === 'alloc_space')
  const other = info.sampleTypes.findIndex((t) => t.type === 'inuse_space')
  const request = { order: 'size' as const, path: [], minShare: 0, from: 0, to: 1 }
  const more = engine.columns({ ...request, sampleType, columns: [other] })
  const own = engine.tree({ ...request, sampleType: other })
  const byKey = new Map(Array.from(own.pathHash, (key, r) => [key, own.total[r]]))
  for (let r = 0; r < tree.length; r++) expect(more.columns[0]?.[r]).toBe(byKey.get(tree.pathHash[r]) ?? 0)
})

test('nothing is said of profiles that count everything', async () => {
  const { more } = await open('goroutines/leak-go1.27/goroutine.pb.gz', 'goroutine', ['raw'])
  expect(more.columns).toEqual([null])
})
