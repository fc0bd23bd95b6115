/** What holds of the readings of "Where it goes" whatever is asked, against sums made another way. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits, PprofReader } from '../core/formats/pprof.ts'
import { packageOf } from '../core/model/go-name.ts'
import type { Profile } from '../core/model/profile.ts'
import { Strings } from '../core/model/strings.ts'
import { preparePatterns } from '../core/query/pattern.ts'
import { type FilterKind, plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { formatRowName, READINGS } from '../core/query/row-name.ts'
import { QueryRunner } from '../core/query/run.ts'
import { rowColumn } from '../core/query/tree-columns.ts'
import type { Where, WhereRow } from '../core/where/where.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { randomProfile } from '../testing/random-profile.ts'
import { randomPatterns, randomQuery } from '../testing/random-query.ts'
import { Engine } from './engine.ts'

/** With values whose sums are exact, so that any order of adding gives the same. */
function decode(bytes: Uint8Array): Profile {
  const reader = new PprofReader(1, defaultLimits)
  reader.push(bytes)
  const profile = reader.finish()
  const value = profile.samples.value.map((column) => column.map((v) => Math.trunc(v % 1e6)))
  return { ...profile, samples: { ...profile.samples, value, wide: undefined } }
}

const OWN = '^(main|command-line-arguments)\\.'
const someQuery = fc.tuple(randomQuery, fc.boolean()).map(([query, inverted]): QuerySpec => ({ ...query, inverted }))

const sum = <R>(rows: readonly R[], of: (row: R) => number) => rows.reduce((total, row) => total + of(row), 0)

/** Sums of each reading, which have to be one number. */
const sums = ({ activity, owner, package: packages }: Where) => [
  sum(activity, (row) => row.value),
  sum(owner, (row) => row.value),
  sum(owner, (row) => row.caused),
  sum(packages, (row) => row.value),
  sum(packages, (row) => row.caused),
]

async function opened(file: string): Promise<Engine> {
  const engine = new Engine()
  await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
  return engine
}

const captured = fixtureIndex()
  .files.filter((entry) => entry.format === 'pprof' && /^go1\.2\d\//.test(entry.file))
  .map(({ file }) => file)

beforeAll(() => preparePatterns([...randomPatterns, 'json|gopark', OWN]))

describe('every reading', () => {
  it('gives each sample to one row, under every query and sample type', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile.map(decode), someQuery, fc.boolean(), async (profile, query, ownAll) => {
        const engine = new Engine()
        await engine.adopt(profile)
        const own = ownAll ? ['net', 'encoding'] : undefined
        const left = new QueryRunner(profile).run(query).profile.samples
        for (const [sampleType, column] of left.value.entries()) {
          const where = await engine.where({ sampleType, query, ...(own ? { own } : {}) })
          const total = column.reduce((all, v, s) => (left.stack[s] < 0 ? all : all + v), 0)
          expect(where.total).toBe(total)
          expect(sums(where)).toEqual([total, total, total, total, total])
          expect(where.coverage).toBeGreaterThanOrEqual(0)
          expect(where.coverage).toBeLessThanOrEqual(1)
          for (const rows of [where.activity, where.owner, where.package]) {
            expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
          }
        }
      }),
    )
  })

  it('has rows that are filters: each leaves the samples of the row', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile.map(decode), someQuery, async (profile, query) => {
        const engine = new Engine()
        await engine.adopt(profile)
        const where = await engine.where({ sampleType: 0, query })
        for (const reading of READINGS) {
          for (const { id, value, ...row } of where[reading] as (WhereRow & { caused?: number })[]) {
            const causes = formatRowName({ reading, id, caused: true })
            const byCause = [{ kind: 'where' as const, text: causes, on: true }]
            if (row.caused !== undefined) {
              const all = await engine.where({
                sampleType: 0,
                query: { ...query, filters: [...query.filters, ...byCause] },
              })
              expect(all.total, causes).toBe(row.caused)
            }
            const text = formatRowName({ reading, id })
            const filtered = { ...query, filters: [...query.filters, { kind: 'where' as const, text, on: true }] }
            const left = await engine.where({ sampleType: 0, query: filtered })
            expect(left.total, text).toBe(value)
            const held = left[reading].filter((row) => row.value !== 0)
            expect(held.map((row) => row.id)).toEqual(value === 0 ? [] : [id])
            const [account] = engine.query({ query: filtered }).accounts
            expect(account.shown + account.filtered.reduce((a, b) => a + b, 0)).toBe(account.total)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('says how much of each box is of a row, upright and upside down', async () => {
    const engine = await opened('go1.22/map/heap.pb.gz')
    for (const inverted of [false, true]) {
      const query = { ...plainQuery, inverted }
      const request = { sampleType: 1, order: 'size' as const, path: [], minShare: 0, from: 0, to: 1, query }
      const sums = new Float64Array(engine.tree(request).length)
      for (const { id, value } of (await engine.where({ sampleType: 1 })).activity) {
        const name = rowColumn(formatRowName({ reading: 'activity', id }))
        const [column] = engine.columns({ ...request, columns: [name] }).columns
        expect(column?.[0]).toBe(value)
        column?.forEach((v, row) => {
          sums[row] += v
        })
      }
      // Rows do not overlap, in any box.
      expect([...sums]).toEqual([...engine.tree(request).width])
    }
  })

  it('takes the own code that the reader names for a filter too', async () => {
    const engine = await opened('go1.22/map/heap.pb.gz')
    const own = ['encoding/json']
    const where = await engine.where({ sampleType: 0, own })
    const filters = [{ kind: 'where' as const, text: 'owner:own', on: true }]
    const left = await engine.where({ sampleType: 0, own, query: { ...plainQuery, own, filters } })
    expect(left.total).toBe(where.owner.find(({ id }) => id === 'own')?.value)
    expect(left.total).not.toBe((await engine.where({ sampleType: 0 })).owner.find(({ id }) => id === 'own')?.value)
  })

  it('leaves a filter out that names no row', async () => {
    const engine = await opened('go1.22/map/heap.pb.gz')
    const filters = [{ kind: 'where' as const, text: 'json-decode', on: true }]
    const query = { ...plainQuery, filters }
    expect(engine.query({ query }).bad).toEqual([{ kind: 'where', text: 'json-decode', problem: 'no-row', part: '' }])
    expect((await engine.where({ sampleType: 0, query })).total).toBe((await engine.where({ sampleType: 0 })).total)
  })

  it('gives what a filter keeps and what it takes away to the rows that had both', async () => {
    const on = true
    for (const file of ['go1.27/map/cpu.pb.gz', 'go1.22/map/heap.pb.gz', 'go1.27/map/goroutine.pb.gz']) {
      const engine = await opened(file)
      const of = (kind: FilterKind) =>
        engine.where({ sampleType: 0, query: { ...plainQuery, filters: [{ kind, text: 'json|gopark', on }] } })
      const [whole, kept, taken] = [await engine.where({ sampleType: 0 }), await of('focus'), await of('ignore')]
      expect(kept.total).toBeGreaterThan(0)
      for (const reading of ['activity', 'owner', 'package'] as const) {
        const value = (where: Where, id: string) => where[reading].find((row) => row.id === id)?.value ?? 0
        for (const { id, value: all } of whole[reading]) {
          // Samples without a stack pass no filter, as in pprof.
          if (id !== 'no-stack') expect(value(kept, id) + value(taken, id)).toBe(all)
        }
        // Shares stay those of the whole profile.
        for (const { value: v, share } of kept[reading]) expect(share).toBeCloseTo(v / whole.total, 12)
      }
    }
  })

  it.each(captured)('agrees with the sums of functions and with filters in %s', async (file) => {
    const engine = new Engine()
    const info = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
    const names = new Strings(info.names)
    for (const sampleType of info.sampleTypes.keys()) {
      const where = await engine.where({ sampleType, own: [] })
      expect(sums(where)).toEqual(Array(5).fill(info.sampleTypes[sampleType].net))
      const flat = new Map<string, number>()
      for (const [f, value] of engine.functions({ sampleType }).flat.entries()) {
        const path = packageOf(names.get(f))
        if (path !== '') flat.set(path, (flat.get(path) ?? 0) + value)
      }
      for (const [path, value] of flat) {
        // Assembly without a package counts as the runtime's.
        if (path !== 'runtime') expect(where.package.find((row) => row.id === path)?.value ?? 0).toBe(value)
      }
      const filters = [{ kind: 'focus' as const, text: OWN, on: true }]
      const below = await engine.where({ sampleType, query: { ...plainQuery, filters } })
      expect(where.owner.find(({ id }) => id === 'own')?.caused ?? 0).toBe(below.total)
    }
  })
})
