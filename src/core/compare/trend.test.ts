/** The order of numbers against all orders that there are, and the slope against what a few wild points do to it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chanceOfScore, trendOf } from './trend.ts'

function permutations(numbers: number[]): number[][] {
  if (numbers.length < 2) return [numbers]
  return numbers.flatMap((first, i) => permutations(numbers.filter((_, j) => j !== i)).map((rest) => [first, ...rest]))
}

const score = (y: number[]) =>
  y.reduce((sum, a, i) => sum + y.slice(i + 1).reduce((s, b) => s + Math.sign(b - a), 0), 0)
const steps = (n: number) => Array.from({ length: n }, (_, i) => i)

it('counts the orders that rise as much', () => {
  for (const n of [2, 3, 4, 5, 6, 7]) {
    const scores = permutations(steps(n)).map(score)
    for (let s = -(n * (n - 1)) / 2; s <= (n * (n - 1)) / 2; s++) {
      expect(chanceOfScore(n, s)).toBeCloseTo(scores.filter((one) => one >= s).length / scores.length, 12)
    }
  }
  // 1 of 20! orders rises all along.
  expect(chanceOfScore(20, 190) * 2432902008176640000).toBeCloseTo(1, 6)
})

it('finds a line again although a quarter of its points are anywhere', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.integer({ min: 3, max: 20 }),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: -1e9, max: 1e9 })), { maxLength: 4 }),
      (slope, intercept, n, wild) => {
        const y = steps(n).map((x) => intercept + slope * x)
        for (const [at, value] of wild.slice(0, Math.floor(n / 5))) y[at % n] = value
        const trend = trendOf(steps(n), y)
        if (n >= 5 || wild.length === 0) {
          expect(trend.slope).toBeCloseTo(slope, 6)
          expect(trend.intercept).toBeCloseTo(intercept, 3)
          expect(trend.scatter).toBeCloseTo(0, 3)
        }
      },
    ),
  )
})

it('counts steps that grow, and pairs that rise', () => {
  expect(trendOf(steps(4), [1, 3, 2, 5])).toMatchObject({ grew: 2, of: 3, tau: (5 - 1) / 6 })
  expect(trendOf(steps(3), [2, 2, 2])).toMatchObject({ grew: 0, of: 2, tau: 0, slope: 0, scatter: 0 })
})
