import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHANGES, type ChangesRequest, type ChangesTable, changeOf } from '../core/compare/changes.ts'
import { Strings } from '../core/model/strings.ts'
import { plainQuery } from '../core/query/query-spec.ts'
import { fixture } from '../testing/fixtures.ts'
import { randomProfile } from '../testing/random-profile.ts'
import { randomQuery } from '../testing/random-query.ts'
import { Engine } from './engine.ts'

const all: ChangesRequest = { measure: 'flat', by: 'difference', desc: true, change: '', text: '' }

async function compared(...files: Uint8Array<ArrayBuffer>[]): Promise<Engine> {
  const engine = new Engine()
  const named = files.map((bytes, i) => ({ name: `${i}`, file: new Blob([bytes]) }))
  await engine.openComparison(named, () => undefined)
  return engine
}

const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0)

describe('changes', () => {
  it('of self add up to the difference of the totals, under every filter and scale', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile, randomProfile, randomQuery, async (a, b, query) => {
        const engine = await compared(a, b).catch(() => null)
        if (!engine) return
        for (const scale of ['measured', 'second'] as const) {
          const asked = { sampleType: 0, query: { ...query, scale } }
          const table = engine.changes({ ...all, ...asked }) as ChangesTable
          const tree = engine.tree({ ...asked, order: 'size', path: [], minShare: 0, from: 0, to: 1 })
          // Samples without a stack are of no function.
          const stackless = tree.self[0] ?? 0
          const difference = sum(table.current.flat) - sum(table.base.flat)
          const total = tree.total[0] ?? 0
          // Values beyond 2^53 are rounded, by as much as the absolute values of all samples allow.
          const gross = engine.query({ query: asked.query }).sampleTypes?.[0]?.gross ?? 0
          expect(Math.abs(difference + stackless - total)).toBeLessThanOrEqual(1e-9 * gross)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are of four kinds, which their counts and filters tell apart', async () => {
    const engine = await compared(fixture('bench/mem-Map-1.27.pb.gz'), fixture('bench/mem-Struct-1.27.pb.gz'))
    const sampleType = 1
    const table = engine.changes({ ...all, sampleType }) as ChangesTable
    const names = new Strings(engine.query({ query: plainQuery }).names)
    const name = (row: number | undefined) => names.get(row ?? -1)
    // As `pprof -top -diff_base` of Go 1.27 says: -20971832 B.
    expect(name(table.row[0])).toBe('reflect.unsafe_New')
    expect((table.current.flat[0] ?? 0) - (table.base.flat[0] ?? 0)).toBe(-20971832)
    expect(table.noise.flat[0]).toBe(0)
    for (const change of CHANGES) {
      const only = engine.changes({ ...all, sampleType, change }) as ChangesTable
      expect(only.row).toHaveLength(table.counts[change])
      expect([...only.base.flat].every((base, i) => changeOf(base, only.current.flat[i] ?? 0) === change)).toBe(true)
    }
    const found = engine.changes({ ...all, sampleType, text: 'flate' }) as ChangesTable
    expect([...found.row].every((row) => name(row).includes('flate'))).toBe(true)
    expect(found.row.length).toBeGreaterThan(1)
    expect(found.all).toBe(table.all)
  })

  it('are sorted by size whatever their sign, by share with the new ones first, and by name', async () => {
    const engine = await compared(fixture('bench/mem-Map-1.27.pb.gz'), fixture('bench/mem-Struct-1.27.pb.gz'))
    const of = (request: Partial<ChangesRequest>) =>
      engine.changes({ ...all, sampleType: 1, ...request }) as ChangesTable
    const sizes = (t: ChangesTable) => [...t.base.flat].map((b, i) => Math.abs((t.current.flat[i] ?? 0) - b))
    const bySize = sizes(of({}))
    expect(bySize).toEqual(bySize.toSorted((a, b) => b - a))
    expect(of({}).largest).toBe(bySize[0])
    const byShare = of({ by: 'share' })
    const firstOld = byShare.base.flat.findIndex((b) => b !== 0)
    expect([...byShare.base.flat.subarray(firstOld)].every((b) => b !== 0)).toBe(true)
    const names = new Strings(engine.query({ query: plainQuery }).names)
    const byName = [...of({ by: 'name', desc: false }).row].map((row) => names.get(row))
    expect(byName).toEqual(byName.toSorted())
  })

  it('are none where one profile is shown alone, or where both are one', async () => {
    const file = fixture('go1.27/map/heap.pb.gz')
    const engine = await compared(file, file)
    expect(engine.changes({ ...all, sampleType: 3, query: { ...plainQuery, sides: '1' } })).toBeNull()
    const table = engine.changes({ ...all, sampleType: 3 }) as ChangesTable
    expect(table.counts).toEqual({ new: 0, gone: 0, grown: 0, shrunk: 0 })
    expect(table.row.length).toBeGreaterThan(20)
  })
})
