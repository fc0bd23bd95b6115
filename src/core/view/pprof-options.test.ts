import { expect, test } from 'vitest'
import { FILTER_KINDS } from '../query/query-spec.ts'
import { filterLinkKeys, filterOptions, optionsToQuery } from './pprof-options.ts'

test("every filter has pprof's option and link key", () => {
  expect(Object.values(filterOptions).sort()).toEqual([...FILTER_KINDS].sort())
  expect(new Set(Object.values(filterLinkKeys)).size).toBe(FILTER_KINDS.length)
  expect(filterLinkKeys).toMatchObject({
    focus: 'f',
    ignore: 'i',
    hide: 'h',
    show: 's',
    showFrom: 'sf',
    tagFocus: 'tf',
  })
})

test('options make a query', () => {
  const query = optionsToQuery(['-focus=a=b', '--lines', '-noinlines', '-repair', '-tagroot=route,tenant'])
  expect(query).toMatchObject({
    filters: [{ kind: 'focus', text: 'a=b', on: true }],
    granularity: 'lines',
    noInlines: true,
    repair: true,
    tagRoot: ['route', 'tenant'],
  })
  expect(() => optionsToQuery(['-wat'])).toThrow('unknown option')
})
