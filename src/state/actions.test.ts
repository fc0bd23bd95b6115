import { expect, it } from 'vitest'
import { nameHash } from '../core/model/name-hash.ts'
import { plainQuery } from '../core/query/query-spec.ts'
import { BOTTOM_UP, selectedPlace } from '../core/view/view-state.ts'
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

it('a selected box stays selected when its zoom is left, by whichever way, and in a bottom-up view', () => {
  const { get, leaveZoom, openPage, selectFunction, zoomTo } = testTab().session
  const name = 'main.load'
  const path = [1, nameHash(name)]
  const select = () => {
    selectFunction(name, path)
    zoomTo(path, name)
  }
  const place = () => selectedPlace(get().view)
  select()
  expect(get().view.place).toEqual([])
  expect(place()).toEqual(path)
  leaveZoom([0.2, 0.4])
  expect(place()).toEqual(path)
  select()
  zoomTo([])
  expect(place()).toEqual(path)
  select()
  openPage(BOTTOM_UP)
  expect(place()).toEqual(path)
  // A path of callers below callees is no place of the upright tree.
  selectFunction('main.other')
  zoomTo([7, nameHash('main.other')], 'main.other')
  expect(place()).toEqual([])
  zoomTo([])
  openPage('')
  expect(place()).toEqual([])
})

it('what is typed before the palette is there is kept up to Enter', () => {
  const { get, openDialog, typeAhead } = testTab().session
  openDialog('palette')
  for (const key of ['m', 'a', 'x', 'Backspace', 'p', 'Enter', 'q']) typeAhead(key)
  expect(get().typedAhead).toEqual({ text: 'map', isConfirmed: true })
  openDialog('palette')
  expect(get().typedAhead).toEqual({ text: '', isConfirmed: false })
})
