import { expect, it } from 'vitest'
import { chosenField, openField, windowField, withOpen } from './fields.ts'

it('a link holds the groups that were opened last, however many were', () => {
  let groups: readonly string[] = []
  for (let i = 0; i < 100; i++) groups = withOpen(groups, `goroutines${i}`)
  expect(withOpen(groups, 'goroutines99')).toBe(groups)
  expect(groups.at(-1)).toBe('goroutines99')
  expect(openField.parse(openField.format(groups) ?? '')).toEqual(groups)
})

it('texts that stand for nothing are no values', () => {
  for (const text of ['', '1', '5~1', '1~1', '1e3~2e9', 'NaN~1', '1~99999999999999999999']) {
    expect(windowField.parse(text)).toBeUndefined()
  }
  for (const text of ['', 'i', 'i1', 'i1.', 'i1.p', 'x1.heap', 'i-1.p0', 'i1.constructor', `i${'9'.repeat(30)}.p0`]) {
    expect(chosenField.parse(text)).toBeUndefined()
  }
})
