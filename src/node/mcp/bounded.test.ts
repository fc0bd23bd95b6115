import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bounded, boundedText } from './bounded.ts'

test('small answers stay whole', () => {
  const answer = { rows: [{ name: 'a', lines: [1, 2] }], none: null }
  expect(bounded(answer)).toEqual(answer)
})

test('lists are cut, and say how many are left out', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ i, calls: [1, 2, 3] }))
  expect(bounded({ rows }, 5)).toEqual({ rows: rows.slice(0, 5), rowsLeftOut: 35 })
})

test('no answer is larger than a reader can take', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 5000 }),
      (rows, calls, letters) => {
        const row = {
          name: 'x'.repeat(letters),
          calls: Array.from({ length: calls }, (_, i) => ({ i, name: 'y'.repeat(40) })),
        }
        const answer = bounded({ rows: Array.from({ length: rows }, () => row) })
        expect(JSON.stringify(answer).length).toBeLessThanOrEqual(40_000)
      },
    ),
    { numRuns: 50 },
  )
  expect(boundedText('x'.repeat(100_000)).length).toBeLessThan(41_000)
})
