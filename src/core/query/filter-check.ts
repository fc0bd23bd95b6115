/** Which filters of a query cannot be run, and the query without them. */
import { compilePattern, PatternError, type PatternProblem } from './pattern.ts'
import type { Filter, QuerySpec } from './query-spec.ts'
import { parseRange } from './tag-filter.ts'

/** The patterns of a filter; none for a range. */
export function patternsOf({ kind, text }: Pick<Filter, 'kind' | 'text'>): string[] {
  if (text === '') return []
  if (kind !== 'tagFocus' && kind !== 'tagIgnore') return [text]
  const value = text.slice(text.indexOf('=') + 1)
  return parseRange(value) ? [] : value.split(',')
}

/** What is wrong with a pattern, and with which part of it ('' = the whole). */
export interface BadPattern {
  problem: PatternProblem
  part: string
}

/** Why the filter cannot be used, null when it can. Its patterns must have been prepared. */
export function filterProblem(filter: Pick<Filter, 'kind' | 'text'>): BadPattern | null {
  try {
    for (const pattern of patternsOf(filter)) compilePattern(pattern)
    return null
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return { problem: error.problem, part: error.part }
  }
}

/** The spec with what cannot be run switched off; places in its lists stay. */
export function runnable(spec: QuerySpec): QuerySpec {
  if (spec.filters.every((f) => !f.on || filterProblem(f) === null)) return spec
  return { ...spec, filters: spec.filters.map((f) => (filterProblem(f) === null ? f : { ...f, on: false })) }
}
