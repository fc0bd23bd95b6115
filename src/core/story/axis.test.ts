import { expect, test } from 'vitest'
import { beganByCollections } from './axis.ts'

const START = 1_700_000_000_000
const log = { number: [1, 2, 3, 4], seconds: [0.5, 1, 2, 4], took: [10, 20, 30, 40] }
/** When collection n of the log was done, by the clock. */
const ended = (n: number, start = START) => start + (log.seconds[n - 1] ?? 0) * 1000 + (log.took[n - 1] ?? 0)

test('a log is placed by the numbers of its collections', () => {
  const reads = { numGC: [1, 2, 2, 3, 4], lastGC: [1, 2, 2, 3, 4].map((n) => ended(n)) }
  expect(beganByCollections(log, reads)).toBe(START)
})

test('one collection in both is too few, and a log of another process is not placed', () => {
  expect(beganByCollections(log, { numGC: [1], lastGC: [ended(1)] })).toBeNull()
  expect(beganByCollections(log, { numGC: [7, 8], lastGC: [START, START] })).toBeNull()
  const other = { numGC: [1, 2, 3, 4], lastGC: [9, 4, 7, 1].map((seconds) => START + seconds * 1000) }
  expect(beganByCollections(log, other)).toBeNull()
  expect(beganByCollections(log, { numGC: [], lastGC: [] })).toBeNull()
})
