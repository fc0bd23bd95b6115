/** A comparison against what pprof makes of the same files (core/compare/merge.ts, which is tested against pprof itself). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeProfiles, subtractProfile } from '../core/compare/merge.ts'
import { Strings } from '../core/model/strings.ts'
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { weigh } from '../core/query/weights.ts'
import { fixture } from '../testing/fixtures.ts'
import { randomProfile } from '../testing/random-profile.ts'
import { randomQuery } from '../testing/random-query.ts'
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import { comparisonKind } from './kinds/comparison.ts'
import type { ProfileInfo } from './protocol.ts'
import { readFile } from './reading.ts'

const blob = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])
const quiet = () => undefined

async function compared(
  ...files: Uint8Array<ArrayBuffer>[]
): Promise<{ engine: Engine; info: Awaited<ReturnType<Engine['openComparison']>> }> {
  const engine = new Engine()
  const named = files.map((bytes, i) => ({ name: `${i}.pb.gz`, file: blob(bytes) }))
  return { engine, info: await engine.openComparison(named, quiet) }
}

/** flat and cum by name; what is nothing is left out. */
function sums(engine: Engine, sampleType: number, query: QuerySpec): Map<string, [number, number]> {
  const names = new Strings(engine.query({ query }).names)
  const { flat, cum } = engine.functions({ sampleType, query })
  const byName = new Map<string, [number, number]>()
  for (let k = 0; k < names.length; k++) {
    if (flat[k] === 0 && cum[k] === 0) continue
    const [f, c] = byName.get(names.get(k)) ?? [0, 0]
    byName.set(names.get(k), [f + (flat[k] ?? 0), c + (cum[k] ?? 0)])
  }
  return byName
}

const entries = (of: ReturnType<typeof sums>) => [...of].filter(([, [f, c]]) => f !== 0 || c !== 0).sort()

const series = [
  ['go1.27/map/heap-0.pb.gz', 'go1.27/map/heap-3.pb.gz'],
  ['go1.22/map/cpu.pb.gz', 'go1.27/map/cpu.pb.gz'],
  ['bench/mem-Map-1.27.pb.gz', 'bench/mem-Struct-1.27.pb.gz'],
] as const

describe('a comparison', () => {
  it.each(series)('of %s and %s has the numbers of -diff_base, with and without -normalize', async (base, current) => {
    const { engine, info } = await compared(fixture(base), fixture(current))
    const [b, c] = await Promise.all(
      [base, current].map(async (f) => (await readFile(blob(fixture(f)), quiet)).profile),
    )
    if (!b || !c) throw new Error('two files')
    for (const normalize of [false, true]) {
      const oracle = new Engine()
      const subtracted = subtractProfile(mergeProfiles([c]), mergeProfiles([b]), { marked: true, normalize })
      await oracle.adopt(subtracted)
      const query: QuerySpec = { ...plainQuery, scale: normalize ? 'share' : 'measured' }
      for (let t = 0; t < info.sampleTypes.length; t++) {
        expect(entries(sums(engine, t, query))).toEqual(entries(sums(oracle, t, plainQuery)))
        expect(engine.query({ query }).sampleTypes?.[t]?.total).toBe(weigh(subtracted, t).base)
      }
    }
  })

  it('swaps every difference when base and current are swapped, under every query', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile, randomProfile, randomQuery, async (a, b, query) => {
        const opened = await compared(a, b).catch(() => null)
        if (!opened) return
        const { engine, info } = opened
        for (let t = 0; t < info.sampleTypes.length; t++) {
          const there = sums(engine, t, { ...query, sides: '0-1', scale: 'measured' })
          const back = sums(engine, t, { ...query, sides: '1-0', scale: 'measured' })
          const negated = [...back].map(([name, [f, c]]) => [name, [0 - f, 0 - c]])
          expect(negated.sort()).toEqual([...there].sort())
        }
      }),
      { numRuns: 60 },
    )
  })

  it('has differences of self that add up to the difference of the totals, and none with itself, under every query', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile, randomProfile, randomQuery, async (a, b, asked) => {
        const query: QuerySpec = { ...asked, scale: 'measured' }
        const opened = await compared(a, b).catch(() => null)
        for (let t = 0; t < (opened?.info.sampleTypes.length ?? 0); t++) {
          const findings = await opened?.engine.comparedFindings({ sampleType: t, query })
          const changes = opened?.engine.changes({
            sampleType: t,
            query,
            measure: 'flat',
            by: 'name',
            desc: false,
            change: '',
            text: '',
          })
          if (!findings || !changes) throw new Error('two files')
          const { base, current } = changes
          const self = base.flat.reduce((sum, before, i) => sum + (current.flat[i] ?? 0) - before, 0)
          // Samples without a stack are in the totals alone.
          const weights = opened?.engine.tree({
            sampleType: t,
            query,
            order: 'size',
            path: [],
            minShare: 0,
            from: 0,
            to: 1,
          })
          // Values beyond 2^53 are rounded, by as much as the absolute values of all samples allow (query/weights.ts).
          const gross = 1 + (opened?.engine.query({ query }).sampleTypes?.[t]?.gross ?? 0)
          const missing = self + (weights?.self[0] ?? 0) - (findings.total.current - findings.total.base)
          expect(Math.abs(missing) / gross).toBeLessThan(1e-9)
        }
        const same = await compared(a, a).catch(() => null)
        for (let t = 0; t < (same?.info.sampleTypes.length ?? 0); t++) {
          // Sums beyond 2^53 are rounded, each in its own order.
          if (same?.info.sampleTypes[t]?.exact) expect(entries(sums(same.engine, t, query))).toEqual([])
        }
      }),
      { numRuns: 30 },
    )
  })

  it('of a profile with itself differs nowhere, in any box', async () => {
    const file = fixture('go1.27/map/heap.pb.gz')
    const { engine, info } = await compared(file, file)
    for (let sampleType = 0; sampleType < info.sampleTypes.length; sampleType++) {
      const tree = engine.tree({ sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 })
      expect(tree.length).toBeGreaterThan(50)
      expect(tree.total.every((v) => v === 0)).toBe(true)
      // As wide as either of them.
      expect(tree.width[0]).toBe(info.sides?.[0]?.totals[sampleType])
      expect(tree.sides?.base).toEqual(tree.width)
    }
  })

  it('is as wide as the larger side, the base or the current profile, and every box says what the base had', async () => {
    const { engine, info } = await compared(fixture('go1.22/map/cpu.pb.gz'), fixture('go1.27/map/cpu.pb.gz'))
    const boxes = { sampleType: 1, order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const
    const [base, current] = (info.sides ?? []).map(({ totals }) => totals[1] ?? 0) as [number, number]
    for (const inverted of [false, true]) {
      const treeOf = (width: QuerySpec['width']) =>
        engine.tree({ ...boxes, query: { ...plainQuery, inverted, width, scale: 'measured' } })
      const larger = treeOf('larger')
      expect(larger.sides?.base[0]).toBe(base)
      expect(larger.total[0]).toBe(current - base)
      const own = treeOf('current')
      expect(own.width[0]).toBe(current)
      expect(treeOf('base').width[0]).toBe(base)
      for (const tree of [larger, own]) {
        const of = tree.sides
        if (!of) throw new Error('no sides')
        for (let row = 0; row < tree.length; row++) {
          const [b, c] = [of.base[row] ?? 0, (of.base[row] ?? 0) + (tree.total[row] ?? 0)]
          expect(b).toBeGreaterThanOrEqual(0)
          expect(tree.width[row]).toBeGreaterThanOrEqual(tree === own ? c : Math.max(b, c))
          if (tree === own) expect(tree.width[row]).toBe(c)
        }
      }
      expect(larger.width[0]).toBeGreaterThanOrEqual(Math.max(base, current))
    }
  })

  it('of captures of different length is per second where nothing else is asked', async () => {
    const { engine, info } = await compared(fixture('go1.22/map/cpu.pb.gz'), fixture('go1.27/map/cpu.pb.gz'))
    const [a, b] = info.sides ?? []
    if (!a || !b) throw new Error('two sides')
    const second = engine.query({ query: { ...plainQuery, scale: 'second' } }).sampleTypes?.[1]
    expect(second?.unit).toBe('nanoseconds/s')
    expect(second?.net).toBeCloseTo(
      (b.totals[1] ?? 0) / (b.durationNs / 1e9) - (a.totals[1] ?? 0) / (a.durationNs / 1e9),
      0,
    )
  })

  it('says what differs between its profiles besides their values', async () => {
    const notesOf = async (...names: string[]) => {
      const { info } = await compared(...names.map(fixture))
      return info.notes.filter(({ code }) => code === 'programs-differ' || code === 'periods-differ')
    }
    expect(await notesOf('go1.22/map/cpu.pb.gz', 'go1.27/map/cpu.pb.gz')).toEqual([])
    expect(await notesOf('go1.27/map/cpu.pb.gz', 'labelled/sort-ints.cpu.pb.gz')).toMatchObject([
      { code: 'programs-differ', count: 1 },
    ])
    expect(await notesOf('cases/merge-go.pb.gz', 'cases/merge-otherperiod.pb.gz')).toMatchObject([
      { code: 'periods-differ', detail: 'cpu 10ms, wall 10ms' },
    ])
  })

  it('is of the files that can be read, as long as two can', async () => {
    const files = ['go1.27/map/heap-0.pb.gz', 'malformed/truncated-gzip.pb.gz', 'go1.27/map/heap-3.pb.gz']
    const sources = files.map((name) => ({ name, file: blob(fixture(name)) }))
    const { opened } = await comparisonKind.read({ sources, kind: 'comparison' }, quiet, {})
    const info = opened.info as ProfileInfo
    expect(info.sides?.map(({ name }) => name)).toEqual([files[0], files[2]])
    expect(opened.failed).toMatchObject([{ name: files[1], error: { code: 'gzip-truncated' } }])
    expect(opened.sourceIds).toEqual([info.sides?.[0]?.id, '', info.sides?.[1]?.id])
    const two = { sources: sources.slice(0, 2), kind: 'comparison' }
    await expect(comparisonKind.read(two, quiet, {})).rejects.toThrow(EngineFailure)
  })

  it('is exported as pprof -diff_base writes it: the base marked, in whole numbers on every scale', async () => {
    const files = ['go1.22/map/cpu.pb.gz', 'go1.27/map/cpu.pb.gz'] as const
    const { engine, info } = await compared(...files.map((file) => fixture(file)))
    for (const scale of ['measured', 'second', 'share'] as const) {
      const query: QuerySpec = { ...plainQuery, scale }
      const request = { sampleType: 1, order: 'size', exporter: 'pprof', name: 'x', query } as const
      const { bytes } = await engine.export(request)
      const again = (await readFile(blob(bytes), quiet)).profile
      const measured = { ...query, scale: scale === 'share' ? scale : ('measured' as const) }
      for (let t = 0; t < info.sampleTypes.length; t++) {
        const { base, total } = weigh(again, t)
        const type = engine.query({ query: measured }).sampleTypes?.[t]
        expect([base, total[0]]).toEqual([type?.total, type?.net])
      }
    }
  })

  it('tells files of one name apart', async () => {
    const engine = new Engine()
    const files = [0, 1, 3].map((n) => fixture(`go1.27/map/heap-${n}.pb.gz`))
    const names = ['heap.pb.gz', 'other.pb', 'heap.pb.gz']
    const named = files.map((bytes, i) => ({ name: names[i] ?? '', file: blob(bytes) }))
    const info = await engine.openComparison(named, quiet)
    expect(info.sides?.map(({ name }) => name)).toEqual(['heap (1).pb.gz', 'other.pb', 'heap (2).pb.gz'])
    expect(info.name).toBe('heap (1).pb.gz → other.pb → heap (2).pb.gz')
  })

  it('is exported as pprof -base writes it where per cent are of what is left: nothing marked, what is equal added up', async () => {
    const files = ['go1.27/map/heap-0.pb.gz', 'go1.27/map/heap-3.pb.gz'] as const
    const { engine } = await compared(...files.map((file) => fixture(file)))
    const [b, c] = await Promise.all(files.map(async (f) => (await readFile(blob(fixture(f)), quiet)).profile))
    if (!b || !c) throw new Error('two files')
    for (const scale of ['measured', 'share'] as const) {
      const query: QuerySpec = { ...plainQuery, scale, percentOf: 'difference' }
      const { bytes } = await engine.export({ sampleType: 3, order: 'size', exporter: 'pprof', name: 'x', query })
      const again = (await readFile(blob(bytes), quiet)).profile
      const oracle = subtractProfile(c, b, { marked: false, normalize: scale === 'share' })
      expect(again.samples.length).toBe(oracle.samples.length)
      for (let t = 0; t < oracle.sampleTypes.length; t++) {
        const { base, total } = weigh(oracle, t)
        const written = weigh(again, t)
        expect([written.base, written.total[0]]).toEqual([base, total[0]])
        const { total: shown, net, gross } = engine.query({ query }).sampleTypes?.[t] ?? {}
        expect([shown, net, gross]).toEqual([base, total[0], base])
      }
    }
  })

  it('is exported as a picture of the difference: both sides, its colours and their legend', async () => {
    const { engine } = await compared(fixture('go1.27/map/heap-0.pb.gz'), fixture('go1.27/map/heap-3.pb.gz'))
    const request = { sampleType: 3, order: 'size', exporter: 'svg', name: 'heaps' } as const
    const picture = async (query: QuerySpec) => {
      const { bytes } = await engine.export({ ...request, query })
      return new TextDecoder().decode(bytes)
    }
    const grown = await picture(plainQuery)
    expect(grown).toContain('heaps · inuse_space · 43.5 MiB → 162.8 MiB, +274.6%')
    expect(grown).toMatch(
      /<title>main\.decodeMap\n35\.\d MiB → 140\.\d MiB, \+241\.2%<\/title><rect [^>]*fill="#f98f87"/,
    )
    expect(grown).toContain('+10.0%')
    const shrunk = await picture({ ...plainQuery, sides: '1-0' })
    expect(shrunk).toMatch(/<title>− main\.decodeMap\n[^<]*<\/title><rect [^>]*fill="#6db6ff"/)
    // Of one alone it is a picture of that one.
    expect(await picture({ ...plainQuery, sides: '1' })).toContain('heaps · inuse_space · 162.8 MiB<')
  })
})
