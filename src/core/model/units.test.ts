import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scale } from './measure.ts'
import { formatExact, formatShare, formatValue, measuredUnit } from './units.ts'

describe('formatValue', () => {
  it.each([
    [6_870_000_000, 'nanoseconds', '6.87 s'],
    [10_000_000, 'nanoseconds', '10 ms'],
    [1, 'nanoseconds', '1 ns'],
    [999_999, 'nanoseconds', '1 ms'],
    [1500, 'microseconds', '1.5 ms'],
    [121e9, 'nanoseconds', '2.02 min'],
    [-5_000_000, 'nanoseconds', '-5 ms'],
    [0, 'nanoseconds', '0 s'],
    [54_167_000, 'bytes', '51.7 MiB'],
    [495_212_345, 'bytes', '472.3 MiB'],
    [999_960, 'bytes', '976.5 KiB'],
    [1023, 'bytes', '1,023 B'],
    [1024, 'bytes', '1 KiB'],
    [1023 * 1024, 'bytes', '1,023 KiB'],
    [1023.6 * 1024, 'bytes', '1 MiB'],
    [512, 'bytes', '512 B'],
    [1, 'kilobytes', '1 KiB'],
    [3, 'MB', '3 MiB'],
    [2.18 * 1024, 'gigabytes', '2.18 TiB'],
    [5, 'terabytes', '5 TiB'],
    [2048, 'TiB', '2 PiB'],
    [0, 'bytes', '0 B'],
    [8_703_456, 'count', '8,703,456'],
    [12, 'objects', '12'],
    [12_345, 'widgets', '12,345 widgets'],
    [1, 'constructor', '1 constructor'],
    [7, '', '7'],
  ])('%d %s is %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text)
  })

  it('shows bytes in the unit that pprof chooses, never a number that the next unit would hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (bytes) => {
        const [, number = '', unit = ''] =
          /^([\d,]+(?:\.\d{1,2})?) (B|KiB|MiB|GiB|TiB)$/.exec(formatValue(bytes, 'bytes')) ?? []
        const value = Number(number.replace(',', ''))
        expect(value).toBeLessThan(1024)
        const pprof = scale(bytes, 'bytes', 'auto')
        const sameUnit = unit.replace('i', '').toLowerCase() === pprof.unit.toLowerCase()
        // Within one digit of the last that is shown; at the very end of a unit the next one begins.
        if (sameUnit) expect(Math.abs(value - pprof.value)).toBeLessThanOrEqual(0.5)
        else expect([value, pprof.value > 1023]).toEqual([1, true])
      }),
    )
  })
})

describe('formatExact', () => {
  it('shows all digits', () => {
    expect(formatExact(6_870_000_001, 'nanoseconds')).toBe('6,870,000,001 ns')
    expect(formatExact(495_212_345, 'bytes')).toBe('495,212,345 B')
    expect(formatExact(8_703_456, 'count')).toBe('8,703,456')
    expect(formatExact(1023, 'kilobytes')).toBe('1,023 kilobytes')
    expect(formatExact(-9007199254740991, 'bytes')).toBe('-9,007,199,254,740,991 B')
  })
})

describe('formatShare', () => {
  it.each([
    [0.293, '29.3%'],
    [1, '100%'],
    [0.9999, '>99.9%'],
    [0.0001, '<0.1%'],
    [0, '0%'],
    [-0.5, '-50.0%'],
    [1.5, '150.0%'],
    [Number.NaN, '0%'],
  ])('%d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text)
  })

  it('never rounds something to nothing, nor a part to the whole', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true, maxExcluded: true }), (share) => {
        expect(['0%', '0.0%', '100%', '100.0%']).not.toContain(formatShare(share))
      }),
    )
  })
})

it('values of comparisons per second and per operation', () => {
  expect(formatValue(1.63e9, 'nanoseconds/s')).toBe('1.63 s/s')
  expect(formatValue(-495_212_345.5, 'bytes/s')).toBe('-472.3 MiB/s')
  expect(formatValue(0.4, 'count/op')).toBe('0.4/op')
  expect(formatValue(8703.6, 'objects/s')).toBe('8,704/s')
  expect(formatValue(2.5, 'widgets/op')).toBe('2.5 widgets/op')
  expect(formatValue(0, 'bytes/s')).toBe('0 B/s')
  expect(formatExact(1.63e9, 'nanoseconds/s')).toBe('1.63 s/s')
  expect(['bytes/s', 'count/op', 'm/s/s', 'bytes'].map(measuredUnit)).toEqual(['bytes', 'count', 'm/s', 'bytes'])
})
