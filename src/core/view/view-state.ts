/**
 * What the reader is looking at: everything that a link reopens. One row of FIELDS per field says where it
 * stands in the address, how it is written, and how it is read; permalink.ts and its tests go through the rows.
 */

import { parseDocumentId } from '../documents/document.ts'
import { readImportPaths } from '../model/go-name.ts'
import { nameHash } from '../model/name-hash.ts'
import type { CallPath } from '../query/call-tree.ts'
import { LINKED_OPTIONS, linkKey, flag as onOff, QUERY_FIELDS } from '../query/options.ts'
import { isRowFilter, type QuerySpec } from '../query/query-spec.ts'
import { READINGS, type Reading } from '../query/row-name.ts'
import { LISTS } from './query-fields.ts'
import type { FieldValues } from './view-field.ts'
import { formatZoomPath, parseZoomPath, samePath } from './zoom-path.ts'

/**
 * The part of the view that changes numbers and can be undone. Whether trees are inverted is the page's; folders of
 * sources are the reader's own.
 */
export type QueryState = Omit<QuerySpec, 'inverted' | 'sourcePath' | 'own'>

/** Tabs of the inspector, the panel beside a profile; the first one is open when the address names none. */
export const INSPECTORS = ['findings', 'function', 'source'] as const
export type Inspector = (typeof INSPECTORS)[number]

export interface ViewState extends QueryState {
  /** ProfileInfo.id, 43 characters; '' = none. */
  profile: string
  /** Name of the sample type; '' = the profile's default. */
  sampleType: string
  /** Id of the view that is open, as src/ui/views lists them; '' = the first one. */
  page: string
  /** Full name of the selected function, which all views share; '' = none. */
  func: string
  /** The selected box of it in the upright call tree; see selectedPlace. */
  place: CallPath
  /** Line of the function's file that is meant, from 1; 0 = none. */
  line: number
  /** What the inspector shows of it. */
  inspector: Inspector
  /** Full names of functions that are kept in view with their sum. */
  pins: readonly string[]
  /** What only one view knows (ViewField), by the keys of its fields. */
  fields: FieldValues
  /** The table of functions stands beside the flame graph. */
  tablePaneOpen: boolean
  /** Root at the bottom. */
  flipped: boolean
  order: 'size' | 'name'
  /** As typed: plain text, or /a regular expression/. */
  search: string
  zoom: CallPath
  /** Short name of the zoomed frame, for people who read links. Never used to find it. */
  zoomName: string
  /** The camera as shares (0..1) of the zoomed frame's width; null = all of it. */
  window: readonly [number, number] | null
  /** Import paths of the reader's own code; null = those that the profile tells. */
  own: readonly string[] | null
  /** Ids of the causes that are switched off, and of the context zones that are switched on. */
  zonesOff: readonly string[]
  zonesOn: readonly string[]
  /** Id of the finding whose card is open; '' = none. */
  zone: string
  /** How "Where it goes" is read, and the id of the row that is open; '' = none. */
  reading: Reading
  whereRow: string
  /** What boxes are coloured by: '' = package, else see core/layout/shade.ts. */
  colorBy: string
  /** Boxes that rest on one to three samples fade. */
  fadeFew: boolean
  /** Table and call graph are without what became less (pprof's -drop_negative). */
  dropNegative: boolean
}

export interface Field<K extends keyof ViewState = keyof ViewState> {
  name: K
  /** Name of the parameter. */
  key: string
  /** The query is sent to the server that serves the page; the fragment never leaves the browser. */
  where: 'query' | 'fragment'
  default: ViewState[K]
  /** The value a text stands for, or undefined when it is none. */
  parse(text: string): ViewState[K] | undefined
  /** The text of a value, or null for the default. */
  format(value: ViewState[K]): string | null
}

const ZONE_ID = /^[a-z0-9-]{1,40}$/
const LONGEST_SEARCH = 2000
const LONGEST_NAME = 80
const MOST_LABEL_KEYS = 16
export const MOST_PINS = 32
const CAMERA_DIGITS = 1e7

const field = <K extends keyof ViewState>(row: Field<K>): Field => row as unknown as Field

const flag = (key: string, name: 'tablePaneOpen' | 'flipped'): Field =>
  field({
    name,
    key,
    where: 'fragment',
    default: false,
    parse: (s) => onOff.parse(s),
    format: (v) => onOff.format(v),
  })

const text = (key: string, name: 'search' | 'zoomName' | 'func' | 'colorBy' | 'whereRow', longest: number): Field =>
  field({
    name,
    key,
    where: 'fragment',
    default: '',
    parse: (s) => (s.length <= longest ? s : undefined),
    format: (s) => (s === '' ? null : s),
  })

const path = (key: string, name: 'zoom' | 'place'): Field =>
  field({
    name,
    key,
    where: 'fragment',
    default: [],
    parse: (s) => parseZoomPath(s) ?? undefined,
    format: (v) => (v.length === 0 ? null : formatZoomPath(v)),
  })

const zoneList = (key: string, name: 'zonesOff' | 'zonesOn'): Field =>
  field({
    name,
    key,
    where: 'fragment',
    default: [],
    parse: (s) => {
      const ids = s.split(',')
      return ids.length <= 64 && ids.every((id) => ZONE_ID.test(id)) ? ids : undefined
    },
    format: (v) => (v.length === 0 ? null : v.join(',')),
  })

/** Options of pprof's and ours that are part of the view; sources on this machine are not. */
const LINKED = LINKED_OPTIONS.filter((option) => linkKey(option) !== '')

const optionField = (option: (typeof LINKED)[number]): Field => ({
  name: option.field as keyof ViewState,
  key: linkKey(option),
  where: 'fragment',
  default: option.type.initial as ViewState[keyof ViewState],
  parse: (s) => {
    const value = s.length <= LONGEST_SEARCH ? option.type.parse(s) : undefined
    const isLong = Array.isArray(value) && value.length > MOST_LABEL_KEYS
    return isLong ? undefined : (value as ViewState[keyof ViewState] | undefined)
  },
  format: (v) => option.type.format(v),
})

/** In the order in which they stand in a link. */
export const FIELDS: readonly Field[] = [
  field<'profile'>({
    name: 'profile',
    key: 'p',
    where: 'query',
    default: '',
    parse: (s) => (parseDocumentId(s) ? s : undefined),
    format: (s) => (s === '' ? null : s),
  }),
  text('fn', 'func', LONGEST_SEARCH),
  path('fp', 'place'),
  field<'line'>({
    name: 'line',
    key: 'ln',
    where: 'fragment',
    default: 0,
    parse: (s) => (/^\d{1,9}$/.test(s) ? Number(s) : undefined),
    format: (v) => (v === 0 ? null : String(v)),
  }),
  field<'inspector'>({
    name: 'inspector',
    key: 'in',
    where: 'fragment',
    default: INSPECTORS[0],
    parse: (s) => INSPECTORS.find((inspector) => inspector === s),
    format: (v) => (v === INSPECTORS[0] ? null : v),
  }),
  field<'pins'>({
    name: 'pins',
    key: 'pin',
    where: 'fragment',
    default: [],
    // Names hold commas (type parameters) and blanks, but no line breaks.
    parse: (s) => {
      const names = s.split('\n')
      const fits = names.length <= MOST_PINS && names.every((name) => name !== '' && name.length <= LONGEST_SEARCH)
      return fits && new Set(names).size === names.length ? names : undefined
    },
    format: (v) => (v.length === 0 ? null : v.join('\n')),
  }),
  field<'page'>({
    name: 'page',
    key: 'view',
    where: 'fragment',
    default: '',
    parse: (s) => (/^[a-z][a-z0-9-]{0,30}$/.test(s) ? s : undefined),
    format: (v) => (v === '' ? null : v),
  }),
  ...LINKED.map(optionField),
  flag('beside', 'tablePaneOpen'),
  flag('flip', 'flipped'),
  field<'order'>({
    name: 'order',
    key: 'order',
    where: 'fragment',
    default: 'size',
    parse: (s) => (s === 'name' || s === 'size' ? s : undefined),
    format: (v) => (v === 'size' ? null : v),
  }),
  text('q', 'search', LONGEST_SEARCH),
  path('z', 'zoom'),
  text('zn', 'zoomName', LONGEST_NAME),
  field<'window'>({
    name: 'window',
    key: 'w',
    where: 'fragment',
    default: null,
    parse: (s) => {
      const m = /^(\d{1,8})-(\d{1,8})$/.exec(s)
      if (!m) return undefined
      const lo = Number(m[1]) / CAMERA_DIGITS
      const hi = Number(m[2]) / CAMERA_DIGITS
      return lo < hi && hi <= 1 ? [lo, hi] : undefined
    },
    format: (v) => {
      if (v === null) return null
      const lo = Math.round(Math.max(0, v[0]) * CAMERA_DIGITS)
      const hi = Math.round(Math.min(1, v[1]) * CAMERA_DIGITS)
      return lo < hi ? `${lo}-${hi}` : null
    },
  }),
  field<'own'>({
    name: 'own',
    key: 'own',
    where: 'fragment',
    default: null,
    // "-" is none: package main alone.
    parse: (s) => (s === '-' ? [] : s.length <= LONGEST_SEARCH ? (readImportPaths(s) ?? undefined) : undefined),
    format: (v) => (v === null ? null : v.length === 0 ? '-' : v.join(',')),
  }),
  zoneList('zo', 'zonesOff'),
  zoneList('zl', 'zonesOn'),
  field<'zone'>({
    name: 'zone',
    key: 'zf',
    where: 'fragment',
    default: '',
    parse: (s) => (ZONE_ID.test(s) ? s : undefined),
    format: (s) => (s === '' ? null : s),
  }),
  field<'reading'>({
    name: 'reading',
    key: 'by',
    where: 'fragment',
    default: READINGS[0],
    parse: (s) => READINGS.find((reading) => reading === s),
    format: (v) => (v === READINGS[0] ? null : v),
  }),
  text('wr', 'whereRow', LONGEST_SEARCH),
  text('cb', 'colorBy', LONGEST_NAME),
  field<'fadeFew'>({
    name: 'fadeFew',
    key: 'fade',
    where: 'fragment',
    default: true,
    parse: (s) => (s === '1' ? true : s === '0' ? false : undefined),
    format: (v) => (v ? null : '0'),
  }),
]

/** Ids of the views that show callers below what they called: as a flame graph and as a table. */
export const BOTTOM_UP = 'bottom-up'
export const BOTTOM_UP_TABLE = 'callers'

export const isBottomUp = ({ page }: Pick<ViewState, 'page'>): boolean => page === BOTTOM_UP || page === BOTTOM_UP_TABLE

const STATE_FIELDS = [...QUERY_FIELDS.filter((name) => name !== 'sourcePath'), ...LISTS.map(({ name }) => name)]

export function queryStateOf(view: ViewState): QueryState {
  return Object.fromEntries(STATE_FIELDS.map((name) => [name, view[name]])) as unknown as QueryState
}

type Zoomed = Pick<ViewState, 'zoom' | 'page'>
type Placed = Zoomed & Pick<ViewState, 'func' | 'place'>

/** Whether the zoomed box is one of the upright tree, and of this function. */
const isZoomedTo = (func: string, { zoom, page }: Zoomed): boolean =>
  func !== '' && !isBottomUp({ page }) && zoom.at(-1) === nameHash(func)

/** The box of the upright call tree that is selected; none = the function, wherever it is called. */
export function selectedPlace(view: Placed): CallPath {
  // The zoomed box is written once.
  return view.place.length === 0 && isZoomedTo(view.func, view) ? view.zoom : view.place
}

/** What ViewState.place holds for a box: nothing for the zoomed one. */
export const placeField = (func: string, place: CallPath, view: Zoomed): CallPath =>
  isZoomedTo(func, view) && samePath(place, view.zoom) ? [] : place

const NOWHERE: CallPath = []

/** The selected box as a path of the tree on screen; none where callers stand below callees. */
export const placeOnScreen = (view: Placed): CallPath => (isBottomUp(view) ? NOWHERE : selectedPlace(view))

/** What the view asks of the profile. */
export function querySpecOf(view: ViewState): QuerySpec {
  const own = view.own && view.filters.some(isRowFilter) ? { own: view.own } : {}
  return { ...queryStateOf(view), ...own, sourcePath: '', inverted: isBottomUp(view) }
}

/** The view of a profile that was just opened. */
export function defaultView(profile = ''): ViewState {
  const rows = [...FIELDS, ...LISTS.map(({ name }) => ({ name, default: [] }))]
  const view = Object.fromEntries(rows.map((f) => [f.name, f.default])) as unknown as ViewState
  return { ...view, fields: {}, profile }
}
