import { expect, it } from 'vitest'
import { filterProblem, patternsOf, runnable } from './filter-check.ts'
import { type FilterKind, plainQuery } from './query-spec.ts'

const filter = (kind: FilterKind, text: string) => ({ kind, text, on: true })

it('tag filters hold a pattern per comma, and none when they are ranges', () => {
  expect(patternsOf(filter('tagFocus', 'request=a,b'))).toEqual(['a', 'b'])
  expect(patternsOf(filter('tagIgnore', '1kb:10kb'))).toEqual([])
  expect(patternsOf(filter('focus', 'a,b'))).toEqual(['a,b'])
})

it('a bad pattern counts as switched off, and places in the list stay', () => {
  const spec = { ...plainQuery, filters: [filter('focus', 'a('), filter('hide', 'b'), filter('tagFocus', 'k=a,[b')] }
  expect(runnable(spec).filters.map((f) => f.on)).toEqual([false, true, false])
  expect(filterProblem(filter('tagFocus', 'k=a,[b'))).toEqual({ problem: 'open-class', part: '[b' })
  expect(runnable(plainQuery)).toBe(plainQuery)
})
