/** How often a difference is called a change where nothing changed: every outcome counted with its probability. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNoise, standardError } from './noise.ts'

const FACTORS = [1, 2, 3, 10, 30]
const LARGEST = 1000

/** log n! of 0 to `last`. */
function logFactorials(last: number): Float64Array {
  const logs = new Float64Array(last + 1)
  for (let n = 1; n <= last; n++) logs[n] = logs[n - 1] + Math.log(n)
  return logs
}
const logs = logFactorials(3 * LARGEST)

/** Events of weight 1, of the current side scaled by `factor`. */
const isChange = (base: number, current: number, factor: number): boolean =>
  !isNoise(base, current * factor, base + current * factor ** 2, { base: 1, current: factor })

/** Of k events, each of which is of the base or of the current side as long as the side was measured. */
function changedOf(events: number, factor: number): number {
  const ofBase = factor / (1 + factor)
  let changed = 0
  for (let base = 0; base <= events; base++) {
    const current = events - base
    if (!isChange(base, current, factor)) continue
    const ways = logs[events] - logs[base] - logs[current]
    changed += Math.exp(ways + base * Math.log(ofBase) + current * Math.log(1 - ofBase))
  }
  return changed
}

const poisson = (mean: number): number[] =>
  Array.from({ length: Math.ceil(mean + 12 * Math.sqrt(mean) + 20) }, (_, n) =>
    Math.exp(n * Math.log(mean) - mean - logs[n]),
  )

/** Of boxes that `rate` events are expected in on each side; a box that neither side has is none. */
function changedAt(rate: number, factor: number): number {
  let changed = 0
  const current = poisson(rate / factor)
  poisson(rate).forEach((p, b) => {
    current.forEach((q, c) => {
      if (b + c > 0 && isChange(b, c, factor)) changed += p * q
    })
  })
  return changed
}

describe('the difference of two profiles of the same load', () => {
  it('is called a change in at most 5 % of boxes, of 1 to 1,000 events', () => {
    const worst = FACTORS.map((factor) => {
      const shares = Array.from({ length: LARGEST }, (_, i) => changedOf(i + 1, factor))
      return Math.max(...shares)
    })
    for (const share of worst) expect(share).toBeLessThan(0.05)
    // Of many events it is what two standard errors promise, not less.
    expect(worst[0]).toBeGreaterThan(0.04)
  })

  it('is called a change in at most 5 % of boxes, at every rate', () => {
    for (const factor of FACTORS) {
      for (const rate of [0.1, 0.5, 1, 2, 3, 5, 8, 13, 21, 34, 55, 100, 300, 1000]) {
        expect(changedAt(rate, factor)).toBeLessThan(0.05)
      }
    }
  })
})

describe('a difference', () => {
  it('of few events is noise up to 5 against none', () => {
    expect(isNoise(0, 5, 5)).toBe(true)
    expect(isNoise(0, 6, 6)).toBe(false)
  })

  it('is real, however small, where everything was counted, and none where values are equal', () => {
    expect(isNoise(3, 4, 0)).toBe(false)
    expect(isNoise(4, 4, 0)).toBe(true)
    expect(isNoise(0, 0, 0)).toBe(true)
    expect(standardError(3, 4, 0)).toBe(0)
  })

  it('is the same whichever side is the base, and in whatever unit', () => {
    const side = fc.integer({ min: 0, max: 2000 })
    const factor = fc.constantFrom(0.01, 0.5, 1, 3, 7.7)
    fc.assert(
      fc.property(side, side, factor, factor, fc.constantFrom(1, 1e7, 2 ** 19), (n, m, f, g, weight) => {
        const base = n * f * weight
        const current = m * g * weight
        const variance = (n * f ** 2 + m * g ** 2) * weight ** 2
        const told = isNoise(base, current, variance, { base: f, current: g })
        expect(isNoise(current, base, variance, { base: g, current: f })).toBe(told)
        // In a unit of a power of two nothing is rounded.
        expect(isNoise(base / 1024, current / 1024, variance / 1024 ** 2, { base: f, current: g })).toBe(told)
        if (f === g)
          expect(standardError(base, current, variance, { base: f, current: g })).toBeCloseTo(Math.sqrt(variance), 6)
      }),
    )
  })
})
