import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addedField, MOST_ADDED, withAdded } from './fields.ts'

it('a link keeps every function that was added, each once, the first ones where there are too many', () => {
  const hashes = fc.array(fc.nat(2 ** 30 - 1), { maxLength: 150 })
  fc.assert(
    fc.property(fc.array(hashes, { minLength: 1, maxLength: 4 }), (steps) => {
      const added = steps.reduce<readonly number[]>(withAdded, [])
      expect(added).toEqual([...new Set(steps.flat())].slice(0, MOST_ADDED))
      if (added.length > 0) expect(addedField.parse(addedField.format(added) ?? '')).toEqual(added)
    }),
  )
})
