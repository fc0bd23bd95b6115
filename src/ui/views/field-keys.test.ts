/** Parameters of an address mean one thing each. */
import { expect, it } from 'vitest'
import { linkKey, QUERY_OPTIONS } from '../../core/query/options.ts'
import { FIELDS } from '../../core/view/view-state.ts'
import { views } from './index.ts'

it('no field of a view has the key of another field or of a filter', () => {
  const own = [...new Set(views.flatMap(({ fields }) => fields))].map(({ key }) => key)
  const taken = [...FIELDS.map(({ key }) => key), ...QUERY_OPTIONS.map(linkKey).filter((key) => key !== ''), 'x']
  expect(own.filter((key) => taken.includes(key))).toEqual([])
  expect(new Set(own).size).toBe(own.length)
})
