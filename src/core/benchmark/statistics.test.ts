import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BenchmarkReader } from './parse.ts'
import {
  ALPHA,
  geometricMean,
  medianOf,
  normalBelow,
  orderOfInterval,
  RUNS_FOR_DIFFERENCE,
  RUNS_FOR_INTERVAL,
  uTest,
} from './statistics.ts'
import { ALL_OTHERS, benchmarkTables, differingKeys, someTables } from './table.ts'
import { fixed, tidy } from './units.ts'

const range = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i)

test('the fewest runs that are named are the fewest that do', () => {
  const bounded = (n: number) => {
    const [from, to] = orderOfInterval(n)
    return from > 0 && to <= n
  }
  expect(range(20, 1).find(bounded)).toBe(RUNS_FOR_INTERVAL)
  const shows = (n: number) => (uTest(range(n), range(n, 100)) ?? 1) <= ALPHA
  expect(range(20, 1).find(shows)).toBe(RUNS_FOR_DIFFERENCE)
})

/** All ways to choose, one by one. */
function counted(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b]
  const u = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, v) => sum + y.reduce((s, w) => s + (v > w ? 1 : v === w ? 0.5 : 0), 0), 0)
  const least = Math.min(u(a, b), u(b, a))
  let [ways, hits] = [0, 0]
  for (let set = 0; set < 2 ** all.length; set++) {
    const chosen = all.filter((_, i) => (set >> i) & 1)
    if (chosen.length !== a.length) continue
    ways++
    if (
      u(
        chosen,
        all.filter((_, i) => !((set >> i) & 1)),
      ) <= least
    )
      hits++
  }
  return (2 * hits) / ways
}

test('p is what counting every way to mix the two samples gives', () => {
  const sample = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(sample, sample, (one, other) => {
      const [a, b] = [one, other].map((values) => values.sort((x, y) => x - y)) as [number[], number[]]
      const distinct = new Set([...a, ...b]).size
      // Of two values benchstat counts otherwise in a corner, which the oracle test holds.
      fc.pre(distinct !== 2)
      const p = uTest(a, b)
      if (distinct === 1) expect(p).toBeNull()
      else if (p !== 1) expect(p).toBeCloseTo(counted(a, b), 12)
    }),
  )
})

test('without ties swapping the samples leaves p', () => {
  const values = fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 80 })
  fc.assert(
    fc.property(values, fc.nat(), (all, at) => {
      const cut = 1 + (at % (all.length - 1))
      const [a, b] = [all.slice(0, cut), all.slice(cut)].map((part) => part.sort((x, y) => x - y)) as [
        number[],
        number[],
      ]
      expect(uTest(a, b)).toBeCloseTo(uTest(b, a) as number, 12)
    }),
  )
})

test('the normal distribution', () => {
  expect(normalBelow(0)).toBe(0.5)
  expect(normalBelow(1.959963984540054)).toBeCloseTo(0.975, 14)
  expect(normalBelow(-4)).toBeCloseTo(3.167124183311986e-5, 17)
  expect(normalBelow(3.5)).toBeCloseTo(0.9997673709209645, 14)
})

test('medians and means', () => {
  expect(medianOf([1])).toEqual({ center: 1, lo: -Infinity, hi: Infinity })
  expect(medianOf([1, 2, 3, 4, 5, 6])).toEqual({ center: 3.5, lo: 1, hi: 6 })
  expect(geometricMean([1, 4])).toBeCloseTo(2, 14)
  expect([geometricMean([]), geometricMean([1, 0]), geometricMean([-1])]).toEqual([null, null, null])
})

test('halves are rounded to the even digit, as Go prints them', () => {
  expect([0.5, 1.5, 2.5, -2.5, 12.5].map((v) => fixed(v, 0))).toEqual(['0', '2', '2', '-2', '12'])
  expect([0.125, 0.375, 2.675].map((v) => fixed(v, 2))).toEqual(['0.12', '0.38', '2.67'])
  expect(fixed(Infinity, 2)).toBe('+Inf')
})

test('units lose the prefixes of their own above the slash', () => {
  expect(
    ['ns/op', 'MB/s', 'p50-ns', 'ns/GC', 'op/ns', 'MB*ns/op', 'widgets/op'].map((unit) => tidy(unit).unit),
  ).toEqual(['sec/op', 'B/s', 'p50-sec', 'sec/GC', 'op/ns', 'B*sec/op', 'widgets/op'])
})

test('values that are no numbers are left out and counted; failures are counted', () => {
  const reader = new BenchmarkReader()
  reader.begin('a.txt')
  reader.push('pkg: a\nBenchmarkX 1 NaN x/op 5 ns/op\n--- FAIL: BenchmarkY\npkg: b\nBenchmarkX 1 2 x/op')
  expect(reader.end()).toMatchObject({ results: 2, benchmarks: 1, notNumbers: 1, failures: 1, unread: 0 })
  const { samples, configs } = reader.finish()
  expect(samples.map(({ values }) => values)).toEqual([[5e-9], [2]])
  expect(differingKeys(configs)).toEqual(['pkg'])
})

test('a log between the results gives no endless configurations', () => {
  const reader = new BenchmarkReader()
  reader.begin('a.txt')
  for (let i = 0; i < 1000; i++) reader.push(`conn${i}: closed\nBenchmarkX 1 ${i + 1} ns/op\n`)
  expect(reader.end()).toMatchObject({ results: 1000, keysLeftOut: 1000 - 64 })
  const all = reader.finish()
  const request = { base: 0, order: 'file', text: '', ignore: [] } as const
  expect(all.configs).toHaveLength(64)
  expect(benchmarkTables(all, request)).toHaveLength(64)
  const { tables, shown, all: rows } = someTables(all, { ...request, most: 10 })
  expect([tables.length, shown, rows]).toEqual([10, 10, 64])
  const [one, ...none] = benchmarkTables(all, { ...request, ignore: [ALL_OTHERS] })
  expect([one?.rows[0]?.cells[0]?.n, none]).toEqual([1000, []])
})
