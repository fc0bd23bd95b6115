/** Decimals against exact arithmetic: every double is a whole number of powers of two, so a bigint holds it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixed, percentage, scaledLabel } from './measure.ts'

const PARTS = 1n << 1074n

/** A double, not negative, as a multiple of 2^-1074. */
function exact(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const exponent = (bits.getUint32(0) >>> 20) & 0x7ff
  const fraction = bits.getBigUint64(0) & ((1n << 52n) - 1n)
  return exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1)
}

/** The digits that C prints: the nearest, and of two that are equally near the even one. */
function reference(value: number, decimals: number): string {
  const scaled = exact(Math.abs(value)) * 10n ** BigInt(decimals)
  let whole = scaled / PARTS
  const twice = (scaled % PARTS) * 2n
  if (twice > PARTS || (twice === PARTS && whole % 2n === 1n)) whole++
  const digits = String(whole).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return value < 0 ? `-${text}` : text
}

/** Written with one digit more than is printed, and that digit a five: half of them round wrong when first multiplied. */
const nearTies = fc
  .tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 4 }))
  .map(([n, decimals]) => ({
    value: Number(`${n}5e-${decimals + 1}`),
    decimals,
  }))
/** Halves, quarters, eighths …: the doubles that lie between two decimals exactly. */
const ties = fc
  .tuple(fc.integer({ min: 0, max: 1 << 24 }), fc.integer({ min: 0, max: 4 }))
  .map(([n, decimals]) => ({ value: (2 * n + 1) / 2 ** (decimals + 1), decimals }))
const any = fc.record({
  value: fc.double({ min: -1e18, max: 1e18, noNaN: true }),
  decimals: fc.integer({ min: 0, max: 4 }),
})

describe('decimals', () => {
  it.each([
    ['values that end in a five', nearTies],
    ['values exactly between two decimals', ties],
    ['any value', any],
  ])('are those of C: %s', (_, values) => {
    fc.assert(
      fc.property(values, fc.boolean(), ({ value, decimals }, negative) => {
        const signed = negative ? -value : value
        // Go prints "-0.00" where JavaScript's minus zero has no sign; no sum of a profile is minus zero.
        fc.pre(value !== 0)
        expect(fixed(signed, decimals)).toBe(reference(signed, decimals))
      }),
      { numRuns: 2000 },
    )
  })

  it('of labels and per cent are those pprof prints', () => {
    // What fmt of Go 1.27.3 prints with %.2f and %.2g.
    expect(fixed(8.345, 2)).toBe('8.35')
    expect(fixed(8.375, 2)).toBe('8.38')
    expect(fixed(8.365, 2)).toBe('8.37')
    expect(fixed(0.125, 2)).toBe('0.12')
    expect(scaledLabel(1001.005e6, 'nanoseconds', 'ms')).toBe('1001ms')
    expect(percentage(1, 800)).toBe(' 0.12%')
    expect(percentage(3, 800)).toBe(' 0.38%')
    expect(percentage(1, 1600)).toBe('0.062%')
    expect(percentage(8345, 100000)).toBe(' 8.34%')
  })
})
