/** Whether a filter can be run, told before anything is asked. */
import type { Filter, QuerySpec } from './query-spec.ts'
import { compileRe2, PatternError } from './re2.ts'
import { parseRange } from './tag-filter.ts'

/** Why the text cannot be used, null when it can. */
export function filterProblem({ kind, text }: Pick<Filter, 'kind' | 'text'>): string | null {
  const tags = kind === 'tagFocus' || kind === 'tagIgnore'
  const value = tags ? text.slice(text.indexOf('=') + 1) : text
  if (tags && parseRange(value)) return null
  try {
    for (const pattern of tags ? value.split(',') : [value]) compileRe2(pattern)
    return null
  } catch (error) {
    if (error instanceof PatternError) return error.message
    throw error
  }
}

const known = new WeakMap<Filter, string | null>()

/** The same for a filter that stays: it is looked at on every change of the view. */
export function problemOf(filter: Filter): string | null {
  let problem = known.get(filter)
  if (problem === undefined) {
    problem = filterProblem(filter)
    known.set(filter, problem)
  }
  return problem
}

/** The spec with what cannot be run switched off; places in its lists stay. */
export function runnable(spec: QuerySpec): QuerySpec {
  if (spec.filters.every((f) => !f.on || problemOf(f) === null)) return spec
  return { ...spec, filters: spec.filters.map((f) => (problemOf(f) === null ? f : { ...f, on: false })) }
}
