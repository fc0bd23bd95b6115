import { expect, test } from 'vitest'
import { spanOf } from './span.ts'

const S = 1e9
const text = (nanoseconds: number) =>
  spanOf(nanoseconds)
    .map(({ amount, unit }) => `${amount} ${unit}`)
    .join(' ')

test('a span has its two largest units, and carries when it is rounded', () => {
  expect(text(252 * S)).toBe('4 min 12 s')
  expect(text(-252 * S)).toBe('4 min 12 s')
  expect(text(0.4 * S)).toBe('')
  expect(text(0.6 * S)).toBe('1 s')
  expect(text(60 * S)).toBe('1 min')
  expect(text(59.7 * S)).toBe('1 min')
  expect(text(3599.6 * S)).toBe('1 h')
  expect(text(3600 * S + 29 * S)).toBe('1 h')
  expect(text(26 * 3600 * S + 40 * 60 * S)).toBe('1 d 3 h')
  expect(text(0)).toBe('')
})
