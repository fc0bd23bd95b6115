import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { functionOf } from '../../../core/benchmark/names.ts'
import { profilesOf } from '../../../state/store.ts'
import { fixturePath } from '../../../testing/fixtures.ts'
import { type TestTab, testTab } from '../../../testing/session/tab.ts'
import { benchmarksIn } from './benchmarks-in.ts'

let tab: TestTab | null = null
afterEach(() => tab?.close())

test('profiles tell which benchmarks they hold', async () => {
  tab = testTab()
  const { session } = tab
  for (const name of ['mem-Map-1.24', 'mem-Map-1.27', 'mem-RawMessage-1.27', 'cpu-Struct-1.27']) {
    await session.openFiles([new File([readFileSync(fixturePath(`bench/${name}.pb.gz`))], name)])
  }
  await session.openFiles([new File([readFileSync(fixturePath('go1.27/map/heap.pb.gz'))], 'a service')])
  const held = await Promise.all(profilesOf(session.get()).map((profile) => benchmarksIn(profile, session)))
  const pkg = 'example.com/ingest.Benchmark'
  expect(held).toEqual([
    [`${pkg}DecodeMap`],
    [`${pkg}DecodeMap`],
    [`${pkg}DecodeRawMessage`],
    [`${pkg}DecodeStruct`],
    [],
  ])
})

test('a benchmark is the function of its name in its package', () => {
  const functions = ['example.com/a.BenchmarkX', 'example.com/b_test.BenchmarkX', 'gopkg.in/yaml%2ev3.BenchmarkXY']
  expect(functionOf(functions, 'X/size=10-8', 'example.com/b')).toBe('example.com/b_test.BenchmarkX')
  expect(functionOf(functions, 'X-8', '')).toBe('example.com/a.BenchmarkX')
  expect(functionOf(functions, 'XY', 'gopkg.in/yaml.v3')).toBe('gopkg.in/yaml%2ev3.BenchmarkXY')
  expect(functionOf(functions, 'Y', '')).toBeUndefined()
  expect(functionOf(functions, 'X', 'example.com/c')).toBeUndefined()
})
