import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstAbove, firstWhere } from './sorted.ts'

it('finds what looking at one after the other finds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.integer({ min: -10, max: 10 }), (values, value) => {
      const sorted = values.toSorted((a, b) => a - b)
      const seek = (holds: (one: number) => boolean) => {
        const found = sorted.findIndex(holds)
        return found < 0 ? sorted.length : found
      }
      expect(firstAbove(sorted, value)).toBe(seek((one) => one > value))
      expect(firstWhere(sorted.length, (i) => (sorted[i] ?? 0) >= value)).toBe(seek((one) => one >= value))
    }),
  )
})
