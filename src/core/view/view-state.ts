/**
 * What the reader is looking at: everything that a link reopens. One row of FIELDS per field says where it
 * stands in the address, how it is written, and how it is read; permalink.ts and its tests go through the rows.
 */
import type { CallPath } from '../query/call-tree.ts'
import { formatZoomPath, parseZoomPath } from './zoom-path.ts'

export interface ViewState {
  /** SHA-256 of the uncompressed profile, base64url, 43 characters; '' = none. */
  profile: string
  /** Name of the sample type; '' = the profile's default. */
  sampleType: string
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
  /** Ids of the zones that are switched off. */
  zonesOff: readonly string[]
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

export const PROFILE_ID = /^[A-Za-z0-9_-]{43}$/
const LONGEST_SEARCH = 2000
const LONGEST_NAME = 80
const CAMERA_DIGITS = 1e7

const field = <K extends keyof ViewState>(row: Field<K>): Field => row as unknown as Field

const text = (key: string, name: 'sampleType' | 'search' | 'zoomName', longest: number): Field =>
  field({
    name,
    key,
    where: 'fragment',
    default: '',
    parse: (s) => (s.length <= longest ? s : undefined),
    format: (s) => (s === '' ? null : s),
  })

/** In the order in which they stand in a link. */
export const FIELDS: readonly Field[] = [
  field<'profile'>({
    name: 'profile',
    key: 'p',
    where: 'query',
    default: '',
    parse: (s) => (PROFILE_ID.test(s) ? s : undefined),
    format: (s) => (s === '' ? null : s),
  }),
  text('si', 'sampleType', LONGEST_SEARCH),
  field<'flipped'>({
    name: 'flipped',
    key: 'flip',
    where: 'fragment',
    default: false,
    parse: (s) => (s === '1' ? true : s === '0' ? false : undefined),
    format: (v) => (v ? '1' : null),
  }),
  field<'order'>({
    name: 'order',
    key: 'order',
    where: 'fragment',
    default: 'size',
    parse: (s) => (s === 'name' || s === 'size' ? s : undefined),
    format: (v) => (v === 'size' ? null : v),
  }),
  text('q', 'search', LONGEST_SEARCH),
  field<'zoom'>({
    name: 'zoom',
    key: 'z',
    where: 'fragment',
    default: [],
    parse: (s) => parseZoomPath(s) ?? undefined,
    format: (v) => (v.length === 0 ? null : formatZoomPath(v)),
  }),
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
  field<'zonesOff'>({
    name: 'zonesOff',
    key: 'zo',
    where: 'fragment',
    default: [],
    parse: (s) => {
      const ids = s.split(',')
      return ids.length <= 64 && ids.every((id) => /^[a-z0-9-]{1,40}$/.test(id)) ? ids : undefined
    },
    format: (v) => (v.length === 0 ? null : v.join(',')),
  }),
]

/** The view of a profile that was just opened. */
export function defaultView(profile = ''): ViewState {
  const view = Object.fromEntries(FIELDS.map((f) => [f.name, f.default])) as unknown as ViewState
  return { ...view, profile }
}
