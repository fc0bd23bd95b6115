/**
 * Filters and transforms in the address: one parameter per item, under the keys that pprof's own links use, so that a
 * link made there opens here. Items of one kind stand in their order; a '-' before the key says that one is off.
 */
import { FILTER_KINDS, FILTER_OPTIONS, linkKey, QUERY_OPTIONS } from '../query/options.ts'
import type { Filter, Transform } from '../query/query-spec.ts'
import { formatZoomPath, parseZoomPath } from './zoom-path.ts'

const LONGEST_TEXT = 2000
export const MOST_ITEMS = 64

export interface ListField<T = Filter | Transform> {
  name: 'filters' | 'transforms'
  /** Whether the key (without its '-') is one of this list's. */
  has(key: string): boolean
  parse(key: string, text: string, on: boolean): T | undefined
  format(item: T): [key: string, text: string]
  /** The order in which the list is kept. */
  sort(items: readonly T[]): T[]
}

const KEY_OF = new Map(FILTER_OPTIONS.map((option) => [option.filter, linkKey(option)]))
const KIND_OF = new Map(FILTER_OPTIONS.map((option) => [linkKey(option), option.filter]))

/** By kind, in the order in which they run; those of one kind keep theirs. */
export function sortFilters(filters: readonly Filter[]): Filter[] {
  return filters.toSorted((a, b) => FILTER_KINDS.indexOf(a.kind) - FILTER_KINDS.indexOf(b.kind))
}

const filters: ListField<Filter> = {
  name: 'filters',
  has: (key) => KIND_OF.has(key),
  parse: (key, text, on) => {
    const kind = KIND_OF.get(key)
    return kind && text.length <= LONGEST_TEXT ? { kind, text, on } : undefined
  },
  format: ({ kind, text }) => [KEY_OF.get(kind) as string, text],
  sort: sortFilters,
}

const TRANSFORM_KEY = 'x'
const NAMES = {
  merge: 'merge',
  drop: 'drop',
  collapseRecursion: 'rec',
  collapseDirectRecursion: 'drec',
  collapsePackage: 'pkg',
} as const
type Named = keyof typeof NAMES

function formatTransform(t: Transform): string {
  if (t.kind === 'subtree') return `${t.inverted ? 'callers' : 'sub'}:${formatZoomPath(t.path)}`
  if (t.kind === 'chain') return `chain:${t.frames}:${formatZoomPath(t.path)}`
  return `${NAMES[t.kind]}:${t.name}`
}

const transforms: ListField<Transform> = {
  name: 'transforms',
  has: (key) => key === TRANSFORM_KEY,
  parse: (_, text, on) => {
    const at = text.indexOf(':')
    const word = text.slice(0, at)
    const rest = text.slice(at + 1)
    if (at < 0 || rest === '') return undefined
    if (word === 'sub' || word === 'callers') {
      const path = parseZoomPath(rest)
      return path ? { kind: 'subtree', path, inverted: word === 'callers', on } : undefined
    }
    if (word === 'chain') {
      const [, count, steps] = /^(\d{1,4}):(.+)$/.exec(rest) ?? []
      const path = steps === undefined ? null : parseZoomPath(steps)
      const frames = Number(count)
      return path && frames > 1 && frames <= path.length ? { kind: 'chain', path, frames, on } : undefined
    }
    const kind = (Object.keys(NAMES) as Named[]).find((k) => NAMES[k] === word)
    return kind && rest.length <= LONGEST_TEXT ? { kind, name: rest, on } : undefined
  },
  format: (t) => [TRANSFORM_KEY, formatTransform(t)],
  sort: (items) => [...items],
}

export const LISTS: readonly ListField[] = [filters, transforms] as unknown as readonly ListField[]

/** Parameters of a pprof address, which has them in its query. The other ones that it has mean nothing here. */
export const PPROF_KEYS: ReadonlySet<string> = new Set(QUERY_OPTIONS.flatMap((option) => option.pprofKey ?? []))
