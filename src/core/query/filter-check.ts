/** Whether a filter can be run, told before anything is asked. */
import { patternsOf } from './filter-texts.ts'
import type { Filter, QuerySpec } from './query-spec.ts'
import { compileRe2, PatternError } from './re2.ts'

/** Why the text cannot be used, null when it can. */
export function filterProblem({ kind, text }: Pick<Filter, 'kind' | 'text'>): string | null {
  try {
    for (const pattern of patternsOf({ kind, text })) compileRe2(pattern)
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

/** The spec with what cannot be run switched off; places in its lists stay. slow: texts of filters that ran away. */
export function runnable(spec: QuerySpec, slow: readonly string[] = []): QuerySpec {
  const runs = (f: Filter) => problemOf(f) === null && !slow.includes(f.text)
  if (spec.filters.every((f) => !f.on || runs(f))) return spec
  return { ...spec, filters: spec.filters.map((f) => (runs(f) ? f : { ...f, on: false })) }
}
