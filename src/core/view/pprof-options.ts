/** pprof's own words for what a query says: option names of its command line and keys of its web links. */
import { type FilterKind, GRANULARITIES, type Granularity, plainQuery, type QuerySpec } from '../query/query-spec.ts'

/** Option names (without dashes) of filters. */
export const filterOptions: Readonly<Record<string, FilterKind>> = {
  focus: 'focus',
  ignore: 'ignore',
  hide: 'hide',
  show: 'show',
  show_from: 'showFrom',
  tagfocus: 'tagFocus',
  tagignore: 'tagIgnore',
  tagshow: 'tagShow',
  taghide: 'tagHide',
  prune_from: 'pruneFrom',
}

/** Keys of the filters in pprof's links (internal/driver/config.go). */
export const filterLinkKeys: Readonly<Record<FilterKind, string>> = {
  focus: 'f',
  ignore: 'i',
  hide: 'h',
  show: 's',
  showFrom: 'sf',
  tagFocus: 'tf',
  tagIgnore: 'ti',
  tagShow: 'ts',
  tagHide: 'th',
  pruneFrom: 'prunefrom',
}

export const isGranularity = (text: string): text is Granularity => (GRANULARITIES as readonly string[]).includes(text)

/**
 * Puts one option into a query; null when it is none that changes a query. Options: -focus=…, -lines, -granularity=…,
 * -noinlines, -showcolumns, -trim_path=…, -source_path=…, -tagroot=a,b, and our own -repair.
 */
export function withOption(query: QuerySpec, name: string, value: string): QuerySpec | null {
  const kind = filterOptions[name]
  if (kind) return { ...query, filters: [...query.filters, { kind, text: value, on: true }] }
  if (isGranularity(name)) return value === 'false' ? query : { ...query, granularity: name }
  if (name === 'granularity' && isGranularity(value)) return { ...query, granularity: value }
  if (name === 'repair') return { ...query, repair: value !== 'false' }
  if (name === 'noinlines') return { ...query, noInlines: value !== 'false' }
  if (name === 'showcolumns') return { ...query, showColumns: value !== 'false' }
  if (name === 'trim_path') return { ...query, trimPath: value }
  if (name === 'source_path') return { ...query, sourcePath: value }
  const keys = value.split(',').filter((key) => key !== '')
  if (name === 'tagroot') return { ...query, tagRoot: keys }
  if (name === 'tagleaf') return { ...query, tagLeaf: keys }
  return null
}

/** The query that a list of options of the form -name=value makes. */
export function optionsToQuery(options: readonly string[]): QuerySpec {
  return options.reduce((query, option) => {
    const [, name, value] = /^--?([^=]+)=?(.*)$/s.exec(option) ?? ['', '', '']
    const next = withOption(query, name as string, value as string)
    if (!next) throw new Error(`unknown option ${option}`)
    return next
  }, plainQuery)
}
