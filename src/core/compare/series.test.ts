/** What grows over captured snapshots, against pprof, and over made ones, of which the truth is known. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture, fixtureIndex } from '../../testing/fixtures.ts'
import { foldedProfile } from '../../testing/folded.ts'
import { heapProfile, type Load, randomLoad } from '../../testing/made-load.ts'
import { Random } from '../../testing/random.ts'
import { randomProfile } from '../../testing/random-profile.ts'
import { randomQuery } from '../../testing/random-query.ts'
import { readProfile } from '../formats/index.ts'
import { profileKind } from '../model/kind.ts'
import { ownPaths } from '../model/own-paths.ts'
import type { Profile } from '../model/profile.ts'
import { appendStrings } from '../model/strings.ts'
import { QueryRunner } from '../query/run.ts'
import { followSeries, type SeriesAnswer } from './series.ts'
import { unite } from './unite.ts'

const MINUTE = 60_000_000_000n

const read = async (file: string) => (await readProfile(new Blob([fixture(file)]), { seed: 3 })).profile

const at = (profile: Profile, timeNs: bigint): Profile => ({ ...profile, meta: { ...profile.meta, timeNs } })
/** Taken a minute after one another. */
const minutely = (profiles: readonly Profile[]) => profiles.map((profile, i) => at(profile, BigInt(i + 1) * MINUTE))

function followed(profiles: readonly Profile[], type?: string, limit?: number): SeriesAnswer {
  const { profile } = unite(profiles)
  const latest = profiles.at(-1) as Profile
  const sampleType =
    type === undefined ? profile.defaultSampleType : profile.sampleTypes.findIndex((t) => t.type === type)
  return followSeries(profile, {
    sampleType,
    kind: profileKind(latest),
    own: ownPaths(latest),
    ...(limit === undefined ? {} : { limit }),
  })
}

const totals = ({ points, sampleType }: SeriesAnswer) => points.map((point) => point.totals[sampleType])

describe('the snapshots of a captured service', () => {
  // main.decodeMap of `pprof -top -cum -focus=decodeMap -unit=B` of each file; nothing of the program is below it.
  const series = [
    { go: 'go1.27', decodeMap: [37082343, 87681948, 87681948, 147005473], line: 49 },
    { go: 'go1.22', decodeMap: [29594940, 87410612, 151793566, 151793566], line: 49 },
  ]

  it.each(series)('of $go have the totals and functions that pprof says of each', async ({ go, decodeMap, line }) => {
    const files = [0, 1, 2, 3].map((i) => `${go}/map/heap-${i}.pb.gz`)
    const oracles = files.map((file) => fixtureIndex().files.find((entry) => entry.file === file)?.oracle)
    const profiles = await Promise.all(files.map(read))
    const mixed = [2, 0, 3, 1].map((i) => profiles[i] as Profile)
    for (const type of ['inuse_space', 'inuse_objects', 'alloc_space', 'alloc_objects']) {
      const answer = followed(mixed, type)
      expect(totals(answer)).toEqual(oracles.map((oracle) => oracle?.[type]?.total))
      expect(answer.points.map(({ source }) => source)).toEqual([1, 3, 0, 2])
      for (const { name, flat } of answer.parts) {
        oracles.forEach((oracle, i) => {
          const top = oracle?.[type]?.top_flat.find((row) => row.name === name)
          if (top) expect(flat[i]).toBe(top.flat)
        })
      }
      expect(answer.parts).toHaveLength(8)
      totals(answer).forEach((total, i) => {
        expect(answer.parts.reduce((sum, { flat }) => sum + (flat[i] as number), answer.rest[i] as number)).toBe(total)
      })
    }
    const answer = followed(profiles)
    // Two of the four tell the same: no collection came between.
    expect(answer).toMatchObject({ sameInstant: 1, noTime: 0, runs: 1, timed: true })
    expect(answer.functions[0]).toMatchObject({
      name: 'main.decodeMap',
      values: decodeMap,
      grew: 2,
      of: 2,
      certain: true,
    })
    expect(answer.growers[0]).toMatchObject({
      name: 'main.decodeMap',
      certain: true,
      line: { func: 'main.decodeMap', line },
    })
    expect(answer.growers[0]?.path).toContain('main.ingest')
    expect(answer.lines[0]?.line).toMatchObject({ func: 'main.decodeMap', line })
    const [first, last] = [decodeMap[0] as number, decodeMap[3] as number]
    const grown = (totals(answer)[3] as number) - (totals(answer)[0] as number)
    expect(answer.functions[0]?.share).toBeCloseTo((last - first) / grown, 12)
    // What it allocates it keeps, and the buffers of the requests it does not.
    expect(answer.functions[0]?.kept).toBeGreaterThan(0.8)
    expect(answer.functions.find(({ name }) => name === 'main.ingest')?.kept ?? 0).toBeLessThan(0.4)
  })

  it('say when a limit is reached at this pace', async () => {
    const profiles = await Promise.all([0, 1, 3].map((i) => read(`go1.27/map/heap-${i}.pb.gz`)))
    const limit = 2 * 2 ** 30
    const { total, growers } = followed(profiles, 'inuse_space', limit)
    const [grower] = growers
    expect(total?.minutesToLimit).toBeCloseTo((limit - 170674650) / (total?.slopePerMinute as number), 9)
    expect(grower?.minutesToLimit).toBeCloseTo((limit - 170674650) / (grower?.slopePerMinute as number), 9)
    expect(followed(profiles, 'inuse_space', 1000).total?.minutesToLimit).toBe(0)
    expect(followed(profiles).total?.minutesToLimit).toBeNull()
  })

  it('are two runs where what was allocated falls', async () => {
    const profiles = minutely(await Promise.all([0, 1, 3, 0, 1, 3].map((i) => read(`go1.27/map/heap-${i}.pb.gz`))))
    const twice = followed(profiles)
    expect(twice).toMatchObject({ runs: 2, measured: [3, 4, 5] })
    expect(twice.points.map(({ run }) => run)).toEqual([0, 0, 0, 1, 1, 1])
    // Too few of the last run: slopes are of the one before.
    expect(followed(profiles.slice(0, 5))).toMatchObject({ runs: 2, measured: [0, 1, 2] })
    expect(followed(profiles.slice(1, 5))).toMatchObject({ runs: 2, measured: [], total: null, growers: [] })
  })
})

describe('a difference of two snapshots', () => {
  it('is left out among snapshots, and a series with others like it', async () => {
    const [difference, ...snapshots] = await Promise.all(
      ['delta', '0', '1', '3'].map((name) => read(`go1.27/map/heap-${name}.pb.gz`)),
    )
    const mixed = followed([difference as Profile, ...snapshots])
    expect(mixed).toMatchObject({ differences: 1, measured: [0, 1, 2] })
    expect(mixed.points.at(-1)).toMatchObject({ source: 0, leftOut: 'difference' })
    const alike = followed(minutely([difference, difference, difference] as Profile[]).map(scaledBy))
    expect(alike).toMatchObject({ differences: 0, measured: [0, 1, 2], runs: 1, durationsDiffer: false })
  })
})

/** Twice, three times … as much, so that nothing tells the same twice. */
const scaledBy = (profile: Profile, i: number): Profile => ({
  ...profile,
  samples: { ...profile.samples, value: profile.samples.value.map((column) => column.map((v) => v * (4 - i))) },
})

describe('random profiles', () => {
  it('have totals, parts and growers that follow from their samples, whatever a query leaves and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomProfile, { minLength: 3, maxLength: 6 }),
        randomQuery,
        fc.infiniteStream(fc.nat()),
        async (files, query, random) => {
          const profiles = await Promise.all(
            files.map(async (bytes, i) => {
              const { profile } = await readProfile(new Blob([bytes]), { seed: 3 })
              return { ...profile, meta: { ...profile.meta, timeNs: BigInt(i + 1) * MINUTE, durationNs: 0n } }
            }),
          )
          const shuffled = profiles
            .map((profile) => ({ profile, key: random.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ profile }) => profile)
          const answer = (all: Profile[], type: string) => {
            const { profile } = new QueryRunner(unite(all).profile).run(query)
            const sampleType = profile.sampleTypes.findIndex((t) => t.type === type)
            return { profile, ...followSeries(profile, { sampleType, kind: 'other', own: [] }) }
          }
          const type = profiles[0]?.sampleTypes[0]?.type as string
          const { profile, points, parts, rest, growers, sampleType } = answer(profiles, type)
          const column = profile.samples.value[sampleType] as Float64Array
          const absolute = column.reduce((sum, v) => sum + Math.abs(v), 0)
          const error = absolute <= Number.MAX_SAFE_INTEGER ? 0 : absolute * 1e-9
          points.forEach(({ source, totals: own }, row) => {
            expect(source).toBe(row)
            const total = column.reduce(
              (sum, v, s) => (profile.samples.stack[s] >= 0 && profile.samples.source?.[s] === source ? sum + v : sum),
              0,
            )
            expect(Math.abs((own[sampleType] as number) - total)).toBeLessThanOrEqual(error)
            const sum = parts.reduce((all, { flat }) => all + (flat[row] as number), rest[row] as number)
            expect(Math.abs(sum - total)).toBeLessThanOrEqual(error)
          })
          for (const { values, first, last, path } of growers) {
            expect([first, last]).toEqual([values[0], values.at(-1)])
            expect(path.every((name) => typeof name === 'string')).toBe(true)
          }
          const other = answer(shuffled, type)
          if (error === 0) {
            const named = (list: typeof growers) =>
              list.map(({ path, values }) => JSON.stringify([path, values])).sort()
            expect(named(other.growers)).toEqual(named(growers))
            expect(other.points.map((point) => point.totals[other.sampleType])).toEqual(
              points.map((point) => point.totals[sampleType]),
            )
          }
          const { profile: _, ...plain } = other
          expect(structuredClone(plain)).toEqual(plain)
        },
      ),
      { numRuns: 150 },
    )
  })
})

/** Goroutine counts: "main.main;main.leak" → how many in each snapshot. */
const goroutines = (stacks: Record<string, number[]>): Profile[] => {
  const snapshots = Object.values(stacks)[0]?.length ?? 0
  return minutely(
    Array.from({ length: snapshots }, (_, i) =>
      foldedProfile(
        'goroutine',
        Object.entries(stacks).map(([stack, counts]) => `${stack} ${counts[i]}`),
      ),
    ),
  )
}

describe('the paths that grow', () => {
  const grown = (stacks: Record<string, number[]>) =>
    followed(goroutines(stacks)).growers.map(({ path, name }) => [path.join(';'), name])

  it('are the deepest ones that explain it, without their callers', () => {
    expect(
      grown({
        'main.main;main.serve;main.leak;runtime.gopark': [10, 20, 30, 40],
        'main.main;main.serve;main.steady;runtime.gopark': [50, 50, 50, 50],
        'main.main;main.other;main.grow': [5, 25, 45, 65],
      }),
    ).toEqual([
      ['main.main;main.other;main.grow', 'main.grow'],
      ['main.main;main.serve;main.leak;runtime.gopark', 'main.leak'],
    ])
  })

  it('end where the growth spreads below the last code of the user', () => {
    expect(
      grown({
        'main.main;main.decode;json.object;json.string': [10, 20, 30, 40],
        'main.main;main.decode;json.object;json.array;runtime.make': [10, 22, 31, 45],
        'main.main;main.decode;json.object;json.number': [10, 19, 30, 39],
      }),
    ).toEqual([['main.main;main.decode;json.object', 'main.decode']])
  })

  it('are not those that grew and fell back, nor flat ones', () => {
    expect(
      grown({
        'main.main;main.burst': [10, 200, 400, 200, 20],
        'main.main;main.steady': [50, 51, 50, 49, 50],
        'main.main;main.leak': [10, 20, 30, 40, 50],
      }),
    ).toEqual([['main.main;main.leak', 'main.leak']])
  })

  it('are found where the total falls', () => {
    const answer = followed(
      goroutines({ 'main.main;main.done': [5000, 4000, 3000, 2000], 'main.main;main.leak': [10, 40, 70, 100] }),
    )
    expect(answer.growers).toMatchObject([
      { name: 'main.leak', share: null, slopePerMinute: 30, grew: 3, of: 3, certain: true },
    ])
    expect(answer.total).toMatchObject({ slopePerMinute: -970, grows: false })
  })

  it('are told once although a function calls itself', () => {
    const answer = followed(goroutines({ 'main.walk;main.walk;main.walk': [10, 20, 30, 40] }))
    expect(answer.functions).toMatchObject([{ name: 'main.walk', first: 10, last: 40, share: 1 }])
  })
})

describe('a series', () => {
  const stacks = { 'main.main;main.leak': [10, 20, 30, 40] }

  it('without times is in the order of its files, with slopes per step', () => {
    const profiles = goroutines(stacks).map((profile) => at(profile, 0n))
    const { timed, noTime, growers } = followed(profiles)
    expect({ timed, noTime }).toEqual({ timed: false, noTime: 4 })
    expect(growers).toMatchObject([{ slopePerMinute: null, slopePerStep: 10, minutesToLimit: null, grew: 3 }])
  })

  it('leaves out and counts the files that say no time where three others do', () => {
    const profiles = goroutines(stacks).map((profile, i) => (i === 1 ? at(profile, 0n) : profile))
    const answer = followed(profiles)
    expect(answer).toMatchObject({ timed: true, noTime: 1, measured: [0, 1, 2] })
    expect(answer.points.map(({ source, leftOut }) => [source, leftOut])).toEqual([
      [0, null],
      [2, null],
      [3, null],
      [1, 'no-time'],
    ])
    expect(answer.growers).toMatchObject([{ slopePerMinute: 10 }])
  })

  it('counts two profiles of one instant once', () => {
    const [a, b, c, d] = goroutines(stacks) as [Profile, Profile, Profile, Profile]
    const answer = followed([a, b, at(c, b.meta.timeNs), d])
    expect(answer).toMatchObject({ sameInstant: 1, measured: [0, 1, 3] })
    // Closer than a double tells apart.
    const now = 1_795_331_398_199_753_253n
    const close = [a, b, c, d].map((profile, i) => at(profile, now + BigInt(i < 2 ? i : i * 1_000_000_000)))
    expect(followed(close)).toMatchObject({ sameInstant: 1, measured: [0, 2, 3] })
  })

  it('is told by labels', () => {
    const profiles = [10, 20, 30, 40].map((n, i) => {
      const profile = foldedProfile('goroutine', [`main.main;main.work ${n}`, 'main.main;main.work 25'])
      const base = profile.strings.length
      const strings = appendStrings(profile.strings, ['route', '/a', '/b'])
      const labels = {
        start: Int32Array.of(0, 1, 2),
        key: Int32Array.of(base, base),
        str: Int32Array.of(base + 1, base + 2),
        num: new Float64Array(2),
        unit: new Int32Array(2),
      }
      return at({ ...profile, strings, samples: { ...profile.samples, labels } }, BigInt(i + 1) * MINUTE)
    })
    expect(followed(profiles).labels).toMatchObject([{ name: 'route=/a', first: 10, last: 40, share: 1 }])
  })
})

describe('a made program of which every snapshot is sampled anew', () => {
  const GIB = 2 ** 30
  /** Of a process that counts nothing from its start on: what made programs allocate is what they hold, which may fall. */
  const onlyInUse = (profile: Profile): Profile => {
    const value = profile.samples.value.map((column, t) => (t < 2 ? column.map(() => 0) : column))
    return { ...profile, samples: { ...profile.samples, value } }
  }
  /** A load, and one path more that weighs so many bytes in each snapshot. */
  const snapshots = (random: Random, leak: readonly number[]): Profile[] => {
    const load = randomLoad(random, 80)
    const weight = load.reduce((sum, site) => sum + site.weight, 0)
    const path = [...random.pick(load).path, 'main.leak']
    return minutely(
      leak.map((bytes) => {
        const size = random.pick([32, 256, 4096])
        const all: Load = bytes > 0 ? [...load, { path, size, weight: (bytes / GIB) * weight }] : load
        return onlyInUse(heapProfile(random, all, GIB, weight))
      }),
    )
  }
  const LOADS = 12

  it('has a path that grows found, and no flat one called certain', () => {
    for (let i = 0; i < LOADS; i++) {
      const random = new Random(900 + i)
      const points = 5 + random.int(8)
      const slope = (0.5 + random.next()) * 2 ** 26
      const { growers, functions } = followed(
        snapshots(
          random,
          Array.from({ length: points }, (_, p) => 2 ** 25 + p * slope),
        ),
      )
      const [first, ...others] = growers
      expect(first?.path).toContain('main.leak')
      expect(first?.certain).toBe(true)
      expect(functions[0]?.name).toBe('main.leak')
      expect((first?.slopePerMinute as number) / slope).toBeGreaterThan(0.7)
      expect((first?.slopePerMinute as number) / slope).toBeLessThan(1.4)
      expect(others.filter(({ certain }) => certain)).toEqual([])
    }
  })

  it('lists nothing that is flat, and nothing that grew and fell back', () => {
    const listed: string[] = []
    for (let i = 0; i < LOADS; i++) {
      const random = new Random(500 + i)
      const points = 4 + random.int(8)
      const burst = Array.from({ length: points }, (_, p) => 2 ** 28 * Math.sin((Math.PI * p) / (points - 1)) + 2 ** 24)
      for (const leak of [burst, burst.map(() => 0)]) {
        listed.push(...followed(snapshots(random, leak)).growers.map(({ path }) => path.join(';')))
      }
    }
    // Some 4,000 paths were looked at, of which one may seem to grow.
    expect(listed.length).toBeLessThanOrEqual(1)
  })
})
