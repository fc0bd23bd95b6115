/**
 * ViewState <-> address. Reading is total: any text gives a view, plus notes about what could not be read.
 * Parameters that this version does not know are kept and written back, so that an old app does not spoil a
 * newer link. docs/permalink.md describes the format.
 */

import type { Filter, Transform } from '../query/query-spec.ts'
import { LISTS, type ListField, MOST_ITEMS, PPROF_KEYS } from './query-fields.ts'
import { type FieldValues, fieldValue, type ViewField, withField } from './view-field.ts'
import { defaultView, FIELDS, INSPECTORS, type ViewState } from './view-state.ts'

/** Version of the fragment's vocabulary. A change adds an upgrade step and a fixture with an old link. */
export const LINK_VERSION = 1

export type LinkNote =
  /** A parameter was there and could not be read; its default stands in. */
  | { code: 'unreadable'; key: string }
  /** The link was made by a newer version; the profile opens, the view may differ. */
  | { code: 'newer'; version: string }

export interface Link {
  view: ViewState
  /** `?profile=`: addresses to load profiles from. */
  sources: string[]
  /** `?base=`: addresses of profiles that those of `sources` are compared with. */
  bases: string[]
  /** `?together`: what `sources` lead to is one investigation. Not written: the document's id says it from then on. */
  together: boolean
  /** File names of the document's files, in their order, for the sentence that asks to drop them. Links of before have one for all of them. */
  names: string[]
  /** The profile itself: deflate-raw, base64url; '' = not carried. */
  embedded: string
  unknownQuery: [string, string][]
  unknownFragment: [string, string][]
}

const SOURCE_KEY = 'profile'
const BASE_KEY = 'base'
const TOGETHER_KEY = 'together'
const VERSION_KEY = 'v'
const NAME_KEY = 'pn'
const EMBEDDED_KEY = 'd'
const MOST_SOURCES = 50
const LONGEST_FILE_NAME = 120

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // A stray % is kept as it stands: what it belongs to decides whether it can be read.
    return text
  }
}

function pairs(text: string): [string, string][] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]
    })
}

// encodeURIComponent leaves ' ( ) ! * alone, at which chat programs like to cut a link.
const encode = (text: string) =>
  // A lone surrogate cannot be written as UTF-8.
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )

// These need no escapes in a query or a fragment, and links with them stay readable.
const soften = (text: string) => text.replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',')

const join = (list: readonly (readonly [string, string])[]) =>
  list.map(([k, v]) => `${soften(encode(k))}=${soften(encode(v))}`).join('&')

/** A link to nothing but the given view. */
export function emptyLink(view: ViewState = defaultView()): Link {
  return {
    view,
    sources: [],
    bases: [],
    together: false,
    names: [],
    embedded: '',
    unknownQuery: [],
    unknownFragment: [],
  }
}

/** viewFields: what single views keep in the address. Reads `location.search` and `location.hash` (with or without their first character). Never throws. */
export function parseLink(
  search: string,
  hash: string,
  viewFields: readonly ViewField[] = [],
): { link: Link; notes: LinkNote[] } {
  const link = emptyLink()
  const notes: LinkNote[] = []
  const view = { ...link.view } as Record<string, unknown>
  const seen = new Set<string>()
  let fields: FieldValues = {}

  const lists = new Map<ListField, (Filter | Transform)[]>(LISTS.map((list) => [list, []]))
  const read = (where: 'query' | 'fragment', key: string, value: string): boolean => {
    const row = FIELDS.find((f) => f.key === key && f.where === where)
    const ofView = where === 'fragment' ? viewFields.find((f) => f.key === key) : undefined
    const known = row ?? ofView
    if (!known) return false
    if (seen.has(key)) return true
    seen.add(key)
    const parsed: unknown = known.parse(value)
    if (parsed === undefined) notes.push({ code: 'unreadable', key })
    else if (row) view[row.name] = parsed
    else fields = withField(fields, known as ViewField, parsed)
    return true
  }

  const readItem = (key: string, value: string): boolean => {
    const on = !key.startsWith('-')
    const bare = on ? key : key.slice(1)
    const list = LISTS.find((l) => l.has(bare))
    if (!list) return false
    const items = lists.get(list) ?? []
    const item = items.length < MOST_ITEMS ? list.parse(bare, value, on) : undefined
    if (item === undefined) notes.push({ code: 'unreadable', key })
    else items.push(item)
    lists.set(list, items)
    return true
  }

  /** What pprof's own address says; our fragment overrides it. */
  const borrowed: [string, string][] = []
  for (const [key, value] of pairs(search.replace(/^\?/, ''))) {
    if (read('query', key, value)) continue
    if (PPROF_KEYS.has(key)) {
      if (value !== '') borrowed.push([key, value])
      continue
    }
    if ((key === SOURCE_KEY || key === BASE_KEY) && value !== '') {
      const list = key === BASE_KEY ? link.bases : link.sources
      if (list.length < MOST_SOURCES) list.push(value)
    } else if (key === TOGETHER_KEY) link.together = true
    else link.unknownQuery.push([key, value])
  }
  for (const [key, value] of pairs(hash.replace(/^#/, ''))) {
    if (key === VERSION_KEY) {
      if (seen.has(key)) continue
      seen.add(key)
      if (!/^\d{1,6}$/.test(value)) notes.push({ code: 'unreadable', key })
      else if (Number(value) > LINK_VERSION) notes.push({ code: 'newer', version: value })
    } else if (key === NAME_KEY) {
      if (value !== '' && link.names.length < MOST_SOURCES) link.names.push(value.slice(0, LONGEST_FILE_NAME))
    } else if (key === EMBEDDED_KEY) link.embedded = value
    else if (!read('fragment', key, value) && !readItem(key, value)) link.unknownFragment.push([key, value])
  }
  const filtered = [...lists.values()].some((items) => items.length > 0)
  for (const [key, value] of borrowed) if (!read('fragment', key, value) && !filtered) readItem(key, value)
  for (const [list, items] of lists) view[list.name] = list.sort(items)
  link.view = upgraded({ ...(view as unknown as ViewState), fields })
  return { link, notes }
}

/** Views that became tabs of the inspector: older links open it beside the flame graph. */
function upgraded(view: ViewState): ViewState {
  const inspector = INSPECTORS.find((id) => id !== 'findings' && id === view.page)
  return inspector ? { ...view, page: 'flame', inspector } : view
}

/** The query (with ?) and the fragment (with #) of a link; '' where there is nothing to say. */
export function formatLink(link: Link, viewFields: readonly ViewField[] = []): { search: string; hash: string } {
  const query: [string, string][] = []
  const fragment: [string, string][] = []
  for (const f of FIELDS) {
    const text = f.format(link.view[f.name])
    if (text !== null) (f.where === 'query' ? query : fragment).push([f.key, text])
  }
  for (const f of viewFields) {
    const text = f.format(fieldValue(link.view.fields, f))
    if (text !== null) fragment.push([f.key, text])
  }
  for (const list of LISTS) {
    for (const item of link.view[list.name]) {
      const [key, text] = list.format(item)
      fragment.push([item.on ? key : `-${key}`, text])
    }
  }
  for (const base of link.bases) query.push([BASE_KEY, base])
  for (const source of link.sources) query.push([SOURCE_KEY, source])
  query.push(...link.unknownQuery)
  for (const name of link.names) fragment.push([NAME_KEY, name.slice(0, LONGEST_FILE_NAME)])
  fragment.push(...link.unknownFragment)
  if (link.embedded !== '') fragment.push([EMBEDDED_KEY, link.embedded])
  if (fragment.length > 0) fragment.unshift([VERSION_KEY, String(LINK_VERSION)])
  return {
    search: query.length > 0 ? `?${join(query)}` : '',
    hash: fragment.length > 0 ? `#${join(fragment)}` : '',
  }
}
