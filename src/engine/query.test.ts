/** What holds of every query, on random and on captured profiles. */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeProfiles } from '../core/compare/merge.ts'
import { encodeProfile } from '../core/export/pprof.ts'
import { defaultLimits, PprofReader } from '../core/formats/pprof.ts'
import type { Profile } from '../core/model/profile.ts'
import { Strings } from '../core/model/strings.ts'
import { sumKeys } from '../core/query/occurrences.ts'
import { type FilterKind, plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { type Queried, QueryRunner } from '../core/query/run.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { randomProfile } from '../testing/random-profile.ts'
import { randomPattern, randomQuery } from '../testing/random-query.ts'
import { Engine } from './engine.ts'

function decode(bytes: Uint8Array): Profile {
  const reader = new PprofReader(1, defaultLimits)
  reader.push(bytes)
  return reader.finish()
}

const whole = { order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const
const filter = (kind: FilterKind, text: string, on = true) => ({ kind, text, on })
const query = (part: Partial<QuerySpec>): QuerySpec => ({ ...plainQuery, ...part })

/** "name flat cum" of every row that weighs something, sorted. Exact: sums are compared as texts of what was added. */
function top(queried: Queried, sampleType: number): string[] {
  const { profile, keys, frameKey } = queried.result
  const { flat, cum } = sumKeys(profile, queried.occurrences, queried.weightsOnce(sampleType), frameKey, keys.length)
  const rows: string[] = []
  for (let k = 0; k < keys.length; k++) {
    if (flat[k] !== 0 || cum[k] !== 0) rows.push(`${keys.strings.get(keys.name[k])} ${flat[k]} ${cum[k]}`)
  }
  return rows.sort()
}

// Sums of these are exact, so that any order of adding gives the same.
const modest = randomProfile.map(decode).filter((p) => p.samples.value.every((c) => c.every((v) => Math.abs(v) < 1e6)))
const random = fc.oneof(modest, randomProfile.map(decode).map(small))

function small(profile: Profile): Profile {
  const value = profile.samples.value.map((column) => column.map((v) => v % 1000))
  const { wide: _, ...samples } = profile.samples
  return { ...profile, samples: { ...samples, value } }
}

describe('every query', () => {
  it('accounts for the whole', () => {
    fc.assert(
      fc.property(random, randomQuery, (profile, spec) => {
        const runner = new QueryRunner(profile)
        const { result } = runner.run(spec)
        for (const [t, { total, shown, filtered }] of runner.accounts(spec).entries()) {
          expect(shown + filtered.reduce((a, b) => a + b, 0)).toBe(total)
          const { samples } = result.profile
          const kept = samples.value[t].reduce((sum, v, s) => sum + (samples.stack[s] < 0 ? 0 : Math.abs(v)), 0)
          expect(kept).toBe(shown)
        }
      }),
    )
  })

  it('gives trees of the same total upright and inverted, with every function as in top', async () => {
    await fc.assert(
      fc.asyncProperty(random, randomQuery, async (profile, spec) => {
        // Level one of the inverted tree is flat.
        const engine = await engineOf(profile)
        const tree = engine.tree({ sampleType: 0, ...whole, query: { ...spec, inverted: true } })
        const upright = engine.tree({ sampleType: 0, ...whole, query: spec })
        expect(upright.total[0]).toBe(new QueryRunner(profile).run(spec).weights(0).total[0])
        expect(tree.total[0]).toBe(upright.total[0])
        const { flat } = engine.functions({ sampleType: 0, query: spec })
        for (let r = 1; r < tree.length; r++) {
          if (tree.depth[r] === 1 && tree.func[r] >= 0) expect(tree.total[r]).toBe(flat[tree.func[r]])
        }
        for (const t of [tree, upright]) {
          const sum = t.self.slice()
          for (let r = t.length - 1; r > 0; r--) sum[t.parent[r]] += sum[r]
          for (let r = 0; r < t.length; r++) expect(sum[r]).toBe(t.total[r])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('can be exported and opened again as the same profile', () => {
    fc.assert(
      fc.property(random, randomQuery, (profile, spec) => {
        const queried = new QueryRunner(profile).run(spec)
        const again = new QueryRunner(decode(encodeProfile(queried.profile))).run(
          query({
            granularity: spec.granularity,
            // Nothing is left to it but that pprof forgets columns.
            noInlines: spec.noInlines,
            showColumns: spec.showColumns,
            trimPath: spec.trimPath,
            mergeGenerics: spec.mergeGenerics,
            mergeClosures: spec.mergeClosures,
          }),
        )
        for (const t of profile.sampleTypes.keys()) expect(top(again, t)).toEqual(top(queried, t))
      }),
      { numRuns: 60 },
    )
  })
})

describe('hide', () => {
  it('keeps the total but for samples that are hidden wholly', () => {
    fc.assert(
      fc.property(random, randomPattern, (profile, text) => {
        const run = (filters: QuerySpec['filters']) => new QueryRunner(profile).run(query({ filters }))
        const hidden = run([filter('hide', text)])
        const { droppedBy } = hidden.result
        const lost = profile.samples.value[0].reduce((sum, v, s) => sum + (droppedBy?.[s] ? v : 0), 0)
        expect(hidden.weights(0).total[0] + lost).toBe(run([]).weights(0).total[0])
      }),
    )
  })
})

describe('filters', () => {
  it('focus and ignore of one pattern share out the samples with a stack', () => {
    fc.assert(
      fc.property(random, randomPattern, (profile, text) => {
        const run = (filters: QuerySpec['filters']) =>
          new QueryRunner(profile).run(query({ filters })).weights(0).absTotal[0]
        const { stack, value } = profile.samples
        const withStack = value[0].reduce((sum, v, s) => sum + (stack[s] > 0 ? Math.abs(v) : 0), 0)
        expect(run([filter('focus', text)]) + run([filter('ignore', text)])).toBe(withStack)
      }),
    )
  })
})

describe('merging', () => {
  it('does not ask for the order', () => {
    fc.assert(
      fc.property(random, random, (a, b) => {
        fc.pre(a.sampleTypes.length === b.sampleTypes.length && a.meta.periodType?.type === b.meta.periodType?.type)
        const rows = (profiles: Profile[]) => top(new QueryRunner(mergeProfiles(profiles)).run(), 0)
        expect(rows([a, b])).toEqual(rows([b, a]))
      }),
    )
  })
})

async function engineOf(profile: Profile): Promise<Engine> {
  const engine = new Engine()
  await engine.adopt(profile)
  return engine
}

const entries = fixtureIndex().files.filter((f) => f.filters ?? f.peek)

describe.each(entries)('$file', (entry) => {
  it('filters and peeks as the newest pprof does', async () => {
    const engine = new Engine()
    const info = await engine.open({ name: entry.file, source: new Blob([fixture(entry.file)]) }, () => undefined)
    const row = (type: string) => info.sampleTypes.findIndex((t) => t.type === type)
    const names = new Strings(info.names)
    const bytes = fixture(entry.file)
    const runner = new QueryRunner(decode(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes))
    for (const [kind, oracles] of Object.entries(entry.filters?.results ?? {})) {
      for (const oracle of oracles) {
        const sampleType = row(entry.filters?.sample_type ?? '')
        const spec = query({ filters: [filter(kind as FilterKind, oracle.regex)] })
        const sums = engine.functions({ sampleType, query: spec })
        expect(runner.run(spec).weights(sampleType).base).toBe(oracle.total)
        for (const line of oracle.top) {
          const at = [...sums.cum.keys()].find((k) => names.get(k) === line.name && sums.cum[k] !== 0) ?? -1
          expect({ name: line.name, flat: sums.flat[at], cum: sums.cum[at] }).toEqual(line)
        }
      }
    }
    for (const oracle of entry.peek ?? []) {
      const at = Array.from({ length: names.length }, (_, k) => k).find((k) => names.get(k) === oracle.function) ?? -1
      const peek = engine.peek({ sampleType: row(oracle.sample_type), row: at })
      const calls = (list: typeof peek.callers) => list.map((c) => `${names.get(c.row)} ${c.value}`).sort()
      expect({ flat: peek.flat, cum: peek.cum }).toEqual(oracle.self)
      expect(calls(peek.callers)).toEqual(oracle.callers.map((c) => `${c.name} ${c.value}`).sort())
      expect(calls(peek.callees)).toEqual(oracle.callees.map((c) => `${c.name} ${c.value}`).sort())
      const request = { ...whole, sampleType: row(oracle.sample_type), row: at }
      for (const side of ['callers', 'callees'] as const) {
        expect(engine.around({ ...request, side }).total[0]).toBe(oracle.self.cum)
      }
    }
  })
})
