/** Queries of every sort, for properties that hold whatever is asked. */
import fc from 'fast-check'
import { type FilterKind, plainQuery, type QuerySpec } from '../core/query/query-spec.ts'

/** Patterns that names of randomProfile and of captured profiles match. */
export const randomPatterns = ['main', 'runtime', 'json|http', '日本', 'a\\.go', 'app', '^$', '.'] as const

export const randomPattern = fc.constantFrom(...randomPatterns)

const someFilter = fc.record({
  kind: fc.constantFrom<FilterKind>('focus', 'ignore', 'hide', 'show', 'showFrom', 'pruneFrom'),
  text: randomPattern,
  on: fc.boolean(),
})

/** Upright; without transforms. */
export const randomQuery: fc.Arbitrary<QuerySpec> = fc
  .record({
    granularity: fc.constantFrom<QuerySpec['granularity']>('functions', 'files', 'lines', 'addresses', 'packages'),
    noInlines: fc.boolean(),
    showColumns: fc.boolean(),
    trimPath: fc.constantFrom('', '/b'),
    repair: fc.boolean(),
    filters: fc.array(someFilter, { maxLength: 3 }),
    tagRoot: fc.constantFrom<readonly string[]>([], ['route'], ['bytes', 'route']),
    tagLeaf: fc.constantFrom<readonly string[]>([], ['route']),
    mergeGenerics: fc.boolean(),
    mergeClosures: fc.boolean(),
  })
  .map((part) => ({ ...plainQuery, ...part }))
