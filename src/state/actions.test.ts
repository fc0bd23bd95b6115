import { expect, it } from 'vitest'
import { plainQuery } from '../core/query/query-spec.ts'
import { testTab } from '../testing/session/tab.ts'
import type { Answer, MatchPlaces, SearchResult } from './store.ts'

/** An answer of the one profile there is, as far as matches look at it. */
const answer = <T>(value: object) =>
  ({ profile: { client: 'engine', query: plainQuery }, state: 'current', value }) as unknown as Answer<T>

it('a step to the next match is made once it is known where the matches are', () => {
  const { store, get, nextMatch } = testTab().session
  const search = answer<SearchResult>({ text: 'json', sampleType: 0 })
  store.setState((s) => ({
    current: 'p',
    view: { ...s.view, profile: 'p', search: 'json' },
    answers: { ...s.answers, search, matches: null },
  }))
  nextMatch(1)
  expect(get().matchAt).toBe(-1)
  const places = [1, 2].map((pathHash) => ({ path: [], pathHash, total: 1 }))
  const matches = answer<MatchPlaces>({ text: 'json', sampleType: 0, places })
  store.setState((s) => ({ answers: { ...s.answers, matches } }))
  expect(get().matchAt).toBe(0)
  // Once, not with every answer that follows.
  store.setState((s) => ({ answers: { ...s.answers } }))
  expect(get().matchAt).toBe(0)
})
