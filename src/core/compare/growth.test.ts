/** What grows, what is flat with noise and what fell back, of series whose truth is known: none of it is drawn by our own rules. */
import { describe, expect, it } from 'vitest'
import { Random } from '../../testing/random.ts'
import { growthOf } from './growth.ts'

const ROUNDS = 2000
const POINTS = [4, 5, 6, 8, 12, 20]
const VALUE = 1000

const random = new Random(11)
/** Of mean 0 and standard deviation 1. */
const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

/** Shares of series that are listed, and that are certain. spread: of the values; known: what of it their error says. */
function shares(points: number, mean: (part: number) => number, spread: number, known: number) {
  let listed = 0
  let certain = 0
  const x = Array.from({ length: points }, (_, i) => i)
  for (let round = 0; round < ROUNDS; round++) {
    const y = x.map((i) => Math.max(0, mean(i / (points - 1)) + spread * normal()))
    const growth = growthOf(
      { x, cumulative: false, errorsKnown: true },
      y,
      x.map(() => known ** 2),
    )
    if (growth) listed++
    if (growth?.certain) certain++
  }
  return { listed: listed / ROUNDS, certain: certain / ROUNDS }
}

const flat = () => VALUE
const doubling = (part: number) => VALUE * (1 + part)
const fallingBack = (part: number) => VALUE * (part < 0.5 ? 1 + 4 * part : 3 - 4 * (part - 0.5))

describe('a series of values', () => {
  it.each(POINTS)('of %i points that is flat with sampling noise does not grow', (points) => {
    // Of a thousand flat paths one may seem to.
    expect(shares(points, flat, 50, 50).listed).toBeLessThan(0.003)
  })

  it.each(POINTS)('of %i points whose errors do not say why it scatters seldom grows', (points) => {
    expect(shares(points, flat, 50, 0).certain).toBeLessThan(0.06)
    expect(shares(points, flat, 50, 0).listed).toBeLessThan(0.08)
  })

  it.each(POINTS)('of %i points that doubles with noise grows', (points) => {
    expect(shares(points, doubling, 50, 50).certain).toBeGreaterThan(0.99)
    expect(shares(points, doubling, 100, 0).listed).toBeGreaterThan(0.95)
  })

  it.each(POINTS)('of %i points that grew and fell back is not listed', (points) => {
    expect(shares(points, fallingBack, 0, 0).listed).toBe(0)
    expect(shares(points, fallingBack, 50, 50).listed).toBeLessThan(0.01)
  })
})

describe('growth', () => {
  const of = (values: number[], variance = 0, cumulative = false) =>
    growthOf(
      { x: values.map((_, i) => i), cumulative, errorsKnown: true },
      values,
      values.map(() => variance),
    )

  it('that half of it is gone again is none', () => {
    expect(of([10, 20, 40, 60, 34])).toBeNull()
    expect(of([10, 20, 40, 60, 55])?.certain).toBe(true)
  })

  it('inside the noise of its ends is none', () => {
    expect(of([100, 110, 120, 130, 140], 400)).toBeNull()
    expect(of([100, 130, 160, 190, 220], 400)?.certain).toBe(true)
  })

  it('of three points is certain when each step is more than chance', () => {
    expect(of([100, 200, 300], 100)).toMatchObject({ certain: true, grew: 2, of: 2 })
    expect(of([100, 280, 300], 400)).toMatchObject({ certain: false })
    expect(of([100, 90, 300], 100)).toBeNull()
  })

  it('of what counts from the start on has the error of what came between', () => {
    const [x, values, variance] = [
      [0, 1, 2, 3],
      [10_000, 10_050, 10_100, 10_150],
      [10_000, 10_050, 10_100, 10_150],
    ]
    expect(growthOf({ x, cumulative: false, errorsKnown: true }, values, variance)).toBeNull()
    expect(growthOf({ x, cumulative: true, errorsKnown: true }, values, variance)?.certain).toBe(true)
  })

  it('is never certain where nobody knows the errors', () => {
    const values = [1, 2, 3, 4, 5]
    const span = { x: values, cumulative: false, errorsKnown: false }
    expect(
      growthOf(
        span,
        values,
        values.map(() => 0),
      )?.certain,
    ).toBe(false)
  })
})
