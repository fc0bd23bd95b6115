/** What the engine of a comparison says of growth: of all its profiles, under the filters of the query, whatever its sides. */
import { expect, it } from 'vitest'
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { fixture } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

const files = [0, 1, 2, 3].map((i) => `go1.27/map/heap-${i}.pb.gz`)
const blob = (path: string) => new Blob([fixture(path)])
const quiet = () => undefined

async function opened(paths: readonly string[]): Promise<Engine> {
  const engine = new Engine()
  await engine.openComparison(
    paths.map((name) => ({ name, file: blob(name) })),
    quiet,
  )
  return engine
}

const focus = (text: string): QuerySpec => ({ ...plainQuery, filters: [{ kind: 'focus', text, on: true }] })

/** What a file alone says under a query, by sample type. */
async function totalsAlone(path: string, query: QuerySpec): Promise<number[]> {
  const engine = new Engine()
  const { sampleTypes } = await engine.open({ name: path, source: blob(path) }, quiet)
  await engine.prepare({ id: 0, call: 'query', args: { query } })
  return sampleTypes.map((_, sampleType) => {
    const { flat } = engine.functions({ sampleType, query })
    return flat.reduce((sum, v) => sum + v, 0)
  })
}

it.each([plainQuery, focus('decodeMap')])(
  'has the totals of each file alone, in their order, with and without a filter',
  async (query) => {
    const engine = await opened(files)
    await engine.prepare({ id: 0, call: 'series', args: { sampleType: 3, limit: '', query } })
    const { points } = await engine.series({ sampleType: 3, limit: '', query })
    expect(points.map(({ source }) => source)).toEqual([0, 1, 2, 3])
    expect(points.map(({ totals }) => totals)).toEqual(await Promise.all(files.map((file) => totalsAlone(file, query))))
  },
)

it('does not depend on which profiles are compared, nor on which scale', async () => {
  const engine = await opened(files)
  const whole = await engine.series({ sampleType: 3, limit: '' })
  expect(whole.growers.length).toBeGreaterThan(0)
  for (const query of [
    { ...plainQuery, sides: '2' },
    { ...plainQuery, sides: '3-1', scale: 'share' as const },
  ]) {
    expect(await engine.series({ sampleType: 3, limit: '', query })).toEqual(whole)
  }
})

it('says what filters leave: growth elsewhere is gone, and parts add up to the total', async () => {
  const engine = await opened(files)
  const query = focus('net/http\\.\\(\\*conn\\)\\.serve')
  await engine.prepare({ id: 0, call: 'series', args: { sampleType: 3, limit: '', query } })
  const { growers, parts, rest, points } = await engine.series({ sampleType: 3, limit: '', query })
  for (const { path } of growers) expect(path.join(' ')).toContain('net/http.(*conn).serve')
  points.forEach(({ totals }, row) => {
    expect(parts.reduce((sum, { flat }) => sum + (flat[row] ?? 0), rest[row] ?? 0)).toBe(totals[3])
  })
})

it('reads a limit as it is typed, and leaves out what is no amount of the sample type', async () => {
  const engine = await opened(files)
  const { limit, growers } = await engine.series({ sampleType: 3, limit: '2GiB' })
  expect(limit).toBe(2 ** 31)
  expect(growers[0]?.minutesToLimit).toBeGreaterThan(0)
  const none = await engine.series({ sampleType: 3, limit: 'soon' })
  expect([none.limit, none.growers[0]?.minutesToLimit]).toEqual([null, null])
  expect((await engine.series({ sampleType: 2, limit: '2GiB' })).limit).toBeNull()
})

it('of one profile has its point and no growth', async () => {
  const engine = new Engine()
  await engine.open({ name: 'heap', source: blob(files[0] as string) }, quiet)
  expect(await engine.series({ sampleType: 3, limit: '' })).toMatchObject({ total: null, growers: [], measured: [] })
})
