import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisTicks, TickTexts } from './value-axis.ts'

const texts = (lo: number, hi: number, unit: string, most = 8) => axisTicks(lo, hi, unit, most).map(({ text }) => text)

describe('ticks of the axis', () => {
  it('are round in the unit that a reader expects', () => {
    expect(texts(0, 6.87e9, 'nanoseconds')).toEqual(['0', '1 s', '2 s', '3 s', '4 s', '5 s', '6 s'])
    expect(texts(0, 320e6, 'nanoseconds', 4)).toEqual(['0', '100 ms', '200 ms', '300 ms'])
    expect(texts(0, 3 * 2 ** 30, 'bytes', 4)).toEqual(['0', '1 GiB', '2 GiB', '3 GiB'])
    expect(texts(0, 600, 'seconds', 5)).toEqual(['0', '2 min', '4 min', '6 min', '8 min', '10 min'])
    expect(texts(0, 120, 'seconds', 6)).toEqual(['0', '20 s', '40 s', '60 s', '80 s', '100 s', '120 s'])
    expect(texts(0, 3 * 3600, 'seconds', 6)).toEqual([
      '0',
      '20 min',
      '40 min',
      '60 min',
      '80 min',
      '100 min',
      '120 min',
      '140 min',
      '160 min',
      '180 min',
    ])
    expect(texts(0, 2e6, 'count', 2)).toEqual(['0', '1,000,000', '2,000,000'])
    expect(texts(0, 10, 'widgets', 2)).toEqual(['0 widgets', '5 widgets', '10 widgets'])
    expect(texts(0, 4 * 2 ** 20, 'bytes/s', 2)).toEqual(['0', '2 MiB/s', '4 MiB/s'])
  })

  it('keep the digits that tell one from the next, however far the reader went in', () => {
    expect(texts(1.2504e9, 1.2512e9, 'nanoseconds', 4)).toEqual([
      '1.2504 s',
      '1.2506 s',
      '1.2508 s',
      '1.2510 s',
      '1.2512 s',
    ])
  })

  it('never split what can only be counted', () => {
    expect(texts(0, 3, 'count')).toEqual(['0', '1', '2', '3'])
    expect(texts(0, 0.5, 'count')).toEqual(['0'])
  })

  it('split rates of what is counted', () => {
    expect(texts(0, 0.5, 'count/s', 5)).toEqual(['0', '0.1/s', '0.2/s', '0.3/s', '0.4/s', '0.5/s'])
    expect(texts(0.001, 0.0025, 'objects/op', 3)).toEqual(['0.0010/op', '0.0015/op', '0.0020/op', '0.0025/op'])
    expect(texts(0, 3000, 'count/s', 3)).toEqual(['0', '1,000/s', '2,000/s', '3,000/s'])
    expect(texts(0, 1, 'widgets/s', 2)).toEqual(['0', '0.5 widgets/s', '1.0 widgets/s'])
  })

  it('are written anew where the step asks for other digits, and the same where it is the same', () => {
    const kept = new TickTexts()
    const text = (lo: number, hi: number, unit: string) => axisTicks(lo, hi, unit, 4, kept).map((tick) => tick.text)
    for (const [lo, hi, unit] of [
      [0, 4e9, 'nanoseconds'],
      [1e9, 5e9, 'nanoseconds'],
      [1e9, 1.4e9, 'nanoseconds'],
      [0, 4e9, 'bytes'],
      [0, 4, 'count'],
      [0, 4, 'count/s'],
      [0, 4, 'count'],
    ] as const)
      expect(text(lo, hi, unit)).toEqual(axisTicks(lo, hi, unit, 4).map((tick) => tick.text))
  })

  it('lie inside, one step apart, each with a text of its own, and are not too many', () => {
    const unit = fc.constantFrom('nanoseconds', 'bytes', 'count', 'widgets', 'bytes/op', 'count/s', 'widgets/op')
    fc.assert(
      fc.property(
        unit,
        fc.double({ min: 0, max: 1e13, noNaN: true }),
        fc.double({ min: 1, max: 1e13, noNaN: true }),
        (unit, lo, size) => {
          const hi = lo + size
          fc.pre(size > hi * 1e-6)
          const list = axisTicks(lo, hi, unit, 8)
          for (const { value } of list) {
            expect(value).toBeGreaterThanOrEqual(lo - hi * 1e-9)
            expect(value).toBeLessThanOrEqual(hi * (1 + 1e-9))
          }
          expect(new Set(list.map(({ text }) => text)).size).toBe(list.length)
          expect(list.length).toBeLessThanOrEqual(20)
        },
      ),
    )
  })

  it('are none where there is no extent', () => {
    expect(axisTicks(0, 0, 'bytes', 8)).toEqual([])
    expect(axisTicks(0, Number.NaN, 'bytes', 8)).toEqual([])
  })
})
