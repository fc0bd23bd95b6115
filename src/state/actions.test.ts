import { expect, it } from 'vitest'
import { plainQuery } from '../core/query/query-spec.ts'
import { nextMatch } from './actions.ts'
import { type Answer, get, type MatchPlaces, type SearchResult, set } from './store.ts'

/** An answer of the one profile there is, as far as matches look at it. */
const answer = <T>(value: object) =>
  ({ profile: { client: 'engine', query: plainQuery }, state: 'fresh', value }) as unknown as Answer<T>

it('a step to the next match is made once it is known where the matches are', () => {
  const search = answer<SearchResult>({ text: 'json', sampleType: 0 })
  set((s) => ({
    current: 'p',
    view: { ...s.view, profile: 'p', search: 'json' },
    answers: { ...s.answers, search, matches: null },
  }))
  nextMatch(1)
  expect(get().matchAt).toBe(-1)
  const places = [1, 2].map((key) => ({ path: [], key, total: 1 }))
  const matches = answer<MatchPlaces>({ text: 'json', sampleType: 0, places })
  set((s) => ({ answers: { ...s.answers, matches } }))
  expect(get().matchAt).toBe(0)
  // Once, not with every answer that follows.
  set((s) => ({ answers: { ...s.answers } }))
  expect(get().matchAt).toBe(0)
})
