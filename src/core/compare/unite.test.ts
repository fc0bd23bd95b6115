/** What a united profile says of each source against what that profile says alone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { randomProfile } from '../../testing/random-profile.ts'
import { readProfile } from '../formats/index.ts'
import { ProfileBuilder } from '../model/builder.ts'
import { mappingKey } from '../model/mapping-key.ts'
import { namelessIn } from '../model/nameless.ts'
import { LINELESS, NAMELESS, type Profile } from '../model/profile.ts'
import { sumKeys } from '../query/occurrences.ts'
import { FILTER_KINDS, GRANULARITIES } from '../query/options.ts'
import { type Filter, plainQuery, type QuerySpec } from '../query/query-spec.ts'
import { keyName } from '../query/report.ts'
import { type Queried, QueryRunner } from '../query/run.ts'
import { applySides } from '../query/sides.ts'
import { buildTree } from '../query/tree.ts'
import { weigh } from '../query/weights.ts'
import { mergeProfiles } from './merge.ts'
import { MOST_SOURCES, sourceCount, unite } from './unite.ts'

const read = async (bytes: Uint8Array<ArrayBuffer>) => (await readProfile(new Blob([bytes]), { seed: 3 })).profile
const RUNS = 120

/** flat and cum by name. */
function sums(queried: Queried, sampleType: number): Map<string, [number, number]> {
  const { profile, keys, frameKey } = queried.result
  const weights = queried.weightsOnce(sampleType)
  const { flat, cum } = sumKeys(profile, queried.occurrences, weights, frameKey, keys.length)
  const byName = new Map<string, [number, number]>()
  for (let k = 0; k < keys.length; k++) {
    if (flat[k] === 0 && cum[k] === 0) continue
    const name = keyName(keys, k)
    const [f, c] = byName.get(name) ?? [0, 0]
    byName.set(name, [f + flat[k], c + cum[k]])
  }
  return byName
}

/** Twice the bound that weights.ts states for sums beyond 2^53; 0 below. */
function sumError({ samples }: Profile, sampleType: number): number {
  const absolute = samples.value[sampleType].reduce((sum, v) => sum + Math.abs(v), 0)
  return absolute <= Number.MAX_SAFE_INTEGER ? 0 : 2 * samples.length * 2 ** -53 * absolute
}

const nothing: [number, number] = [0, 0]

/** Names whose sums are further apart than `error`. */
function differing(a: ReturnType<typeof sums>, b: ReturnType<typeof sums>, error: number): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => {
    const [x, y] = [a.get(name) ?? nothing, b.get(name) ?? nothing]
    return Math.abs(x[0] - y[0]) > error || Math.abs(x[1] - y[1]) > error
  })
}

/** Each sample as text: its source, frames from the leaf up, labels and values; sorted, so that no row number shows. */
function contents({ samples, stacks, locations, frames, functions, strings, sampleTypes, meta }: Profile): string[] {
  return Array.from({ length: samples.length }, (_, s) => {
    const stack: string[] = []
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
      const l = stacks.location[row]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) {
        const func = frames.func[f]
        const at = `${strings.get(functions.name[func])} ${strings.get(functions.file[func])}:${frames.line[f]}`
        // From where the binary was loaded: the first profile says where that is.
        const start = meta.mappings[locations.mapping[l]]?.start ?? 0n
        stack.push(`${at} ${(locations.address[l] as bigint) - start}`)
      }
    }
    const { labels } = samples
    const own: string[] = []
    for (let l = labels?.start[s] ?? 0; labels && l < labels.start[s + 1]; l++) {
      const exact = labels.wide?.get(l) ?? labels.num[l]
      own.push(`${strings.get(labels.key[l])}=${strings.get(labels.str[l])}${exact}${strings.get(labels.unit[l])}`)
    }
    const values = sampleTypes.map(({ type }, t) => `${type} ${samples.wide?.[t]?.get(s) ?? samples.value[t][s]}`)
    return JSON.stringify([samples.source?.[s] ?? 0, stack, own, values.filter((v) => !v.endsWith(' 0')).sort()])
  }).sort()
}

/** Whether files of one build have several names. */
function hasRenamedBinary(profiles: readonly Profile[]): boolean {
  const names = new Map<string, string>()
  return profiles
    .flatMap(({ meta }) => meta.mappings)
    .some((mapping) => {
      const key = mappingKey(mapping)
      const known = names.get(key)
      names.set(key, mapping.file)
      return known !== undefined && known !== mapping.file
    })
}

const filters: fc.Arbitrary<Filter[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...FILTER_KINDS),
    text: fc.constantFrom('main', 'runtime', '^net/http', 'json', '関数', 'route=/a', 'bytes'),
    on: fc.constant(true),
  }),
  { maxLength: 3 },
)
const queries: fc.Arbitrary<QuerySpec> = fc
  .record({
    granularity: fc.constantFrom(...GRANULARITIES.filter((g) => g !== 'addresses')),
    filters,
    noInlines: fc.boolean(),
    mergeGenerics: fc.boolean(),
    tagRoot: fc.constantFrom([], ['route']),
    tagLeaf: fc.constantFrom([], ['bytes']),
  })
  .map((spec) => ({ ...plainQuery, ...spec }))

describe('a united profile', () => {
  it('says of each source what that profile says alone, under every filter and granularity', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomProfile, { minLength: 1, maxLength: 4 }), queries, async (files, query) => {
        const profiles = await Promise.all(files.map(read))
        // Frames without names are called by the binary, which has one file name in the united profile.
        fc.pre(!hasRenamedBinary(profiles))
        const runner = new QueryRunner(unite(profiles).profile, null, applySides)
        profiles.forEach((profile, source) => {
          const united = runner.run({ ...query, sides: String(source), scale: 'measured' })
          const alone = new QueryRunner(profile).run(query)
          profile.sampleTypes.forEach((type, t) => {
            const same = united.profile.sampleTypes.findIndex((u) => u.type === type.type)
            expect(differing(sums(united, same), sums(alone, t), sumError(profile, t))).toEqual([])
          })
        })
      }),
      { numRuns: RUNS },
    )
  })

  it.each([
    ['without lines', LINELESS],
    ['of a function without a name', NAMELESS],
  ])('calls frames %s by the file of the first profile that has their build, in every granularity', (_, standIn) => {
    const [a, b] = ['/app/server', '/tmp/server.new'].map((file, n) => {
      const builder = new ProfileBuilder([{ type: 'samples', unit: 'count' }])
      const binary = builder.binary({ start: 0x400000n, limit: 0x500000n, offset: 0n, file, buildId: 'one' })
      const unnamed = builder.funcOf({ name: namelessIn(file), file: '', standIn })
      const symbol = builder.funcOf({ name: 'put', file: '', systemName: '_Z3putv' })
      builder.sample([builder.location([{ func: unnamed, line: 0 }], binary, 0x400010n + BigInt(n))], [n + 3])
      builder.sample([builder.location([{ func: symbol, line: 0 }], binary, 0x400020n)], [1])
      return builder.finish()
    }) as [Profile, Profile]
    const said = (profile: Profile, mergeGenerics: boolean) => {
      const queried = new QueryRunner(profile).run({ ...plainQuery, mergeGenerics })
      return Object.fromEntries([...sums(queried, 0)].map(([name, [flat]]) => [name, flat]))
    }
    for (const mergeGenerics of [false, true]) {
      expect(said(b, mergeGenerics)).toEqual({ '[server.new]': 4, put: 1 })
      // As `go tool pprof -top a b` prints them.
      expect(said(mergeProfiles([a, b]), mergeGenerics)).toEqual({ '[server]': 7, put: 2 })
      expect(said(mergeProfiles([b, a]), mergeGenerics)).toEqual({ '[server.new]': 7, put: 2 })
      expect(said(unite([a, b]).profile, mergeGenerics)).toEqual({ '[server]': 7, put: 2 })
    }
  })

  it('is the same whichever profiles are united first, and in whatever order but for the numbers of sources', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(randomProfile, randomProfile, randomProfile), async (files) => {
        const [a, b, c] = (await Promise.all(files.map(read))) as [Profile, Profile, Profile]
        const together = contents(unite([a, b, c]).profile)
        expect(contents(unite([unite([a, b]).profile, c]).profile)).toEqual(together)
        expect(contents(unite([a, unite([b, c]).profile]).profile)).toEqual(together)
        const turned = contents(unite([c, a, b]).profile).map((text) => {
          const [source, ...rest] = JSON.parse(text) as [number, ...unknown[]]
          return JSON.stringify([[2, 0, 1][source], ...rest])
        })
        expect(turned.sort()).toEqual(together)
      }),
      { numRuns: RUNS },
    )
  })

  it('of a profile and itself differs nowhere: every box weighs the same in both', async () => {
    for (const file of ['go1.27/map/heap.pb.gz', 'go1.22/map/cpu.pb.gz', 'odd/kitchen-sink.pb.gz']) {
      const profile = await read(fixture(file))
      const queried = new QueryRunner(unite([profile, profile]).profile, null, applySides).run()
      const { profile: united, keys, frameKey } = queried.result
      expect(united.stacks.length).toBe(profile.stacks.length)
      expect(united.functions.length).toBeLessThanOrEqual(profile.functions.length)
      const sampleType = united.defaultSampleType
      const weights = queried.weights(sampleType)
      const base = weigh(united, sampleType, 0)
      const input = { profile: united, links: queried.links, weights, keys, frameKey, order: 'size' as const }
      const whole = { sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const
      const tree = buildTree(input, whole, null, () => -1, [base])
      expect(tree.length).toBeGreaterThan(5)
      expect(tree.total.every((total) => total === 0)).toBe(true)
      expect(tree.width.map((width) => width / -2)).toEqual(tree.columns[0])
    }
  })

  it('keeps sample types apart that only one source has, and takes the finer of two units', async () => {
    const [cpu, heap] = await Promise.all(
      ['go1.27/map/cpu.pb.gz', 'go1.27/map/heap.pb.gz'].map((f) => read(fixture(f))),
    )
    const { profile: united } = unite([cpu as Profile, heap as Profile])
    expect(united.sampleTypes.map(({ type }) => type)).toEqual([
      'samples',
      'cpu',
      'alloc_objects',
      'alloc_space',
      'inuse_objects',
      'inuse_space',
    ])
    expect(united.sampleTypes[united.defaultSampleType]?.type).toBe('cpu')
    const coarse = {
      ...(cpu as Profile),
      sampleTypes: [
        { type: 'samples', unit: 'count' },
        { type: 'cpu', unit: 'ms' },
      ],
    }
    const { profile: both } = unite([coarse, cpu as Profile])
    expect(both.sampleTypes[1]).toEqual({ type: 'cpu', unit: 'nanoseconds' })
    expect(both.samples.value[1][0]).toBe((cpu as Profile).samples.value[1][0] * 1e6)
  })

  it('holds one to twenty sources', async () => {
    const profile = await read(fixture('go1.27/map/goroutine.pb.gz'))
    expect(sourceCount(profile)).toBe(1)
    expect(sourceCount(unite(Array.from({ length: MOST_SOURCES }, () => profile)).profile)).toBe(MOST_SOURCES)
    expect(() => unite([])).toThrow(RangeError)
    expect(() => unite(Array.from({ length: MOST_SOURCES + 1 }, () => profile))).toThrow(RangeError)
  })
})
