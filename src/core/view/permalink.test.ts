import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameHash } from '../model/name-hash.ts'
import { BOX_WIDTHS, FILTER_KINDS, GRANULARITIES, PERCENT_OF, SCALES } from '../query/options.ts'
import type { Filter, Transform } from '../query/query-spec.ts'
import { READINGS } from '../query/row-name.ts'
import { emptyLink, formatLink, type Link, parseLink } from './permalink.ts'
import { sortFilters } from './query-fields.ts'
import { namesField, textField, withField } from './view-field.ts'
import {
  BOTTOM_UP,
  BOTTOM_UP_TABLE,
  defaultView,
  FIELDS,
  INSPECTORS,
  placeField,
  placeOnScreen,
  selectedPlace,
  type ViewState,
} from './view-state.ts'
import { formatZoomPath, parseZoomPath } from './zoom-path.ts'

const id = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ'
/** What a view may keep in the address. */
const rowsOfView = textField('rows', 2000)
const namesOfView = namesField('cols', 16, 80)
const viewFields = [rowsOfView, namesOfView]

const hash30 = fc.integer({ min: 0, max: 2 ** 30 - 1 })
const path = fc.oneof(
  fc.array(hash30, { maxLength: 80 }),
  // Recursion: a few frames over and over.
  fc
    .tuple(fc.array(hash30, { maxLength: 5 }), fc.array(hash30, { minLength: 1, maxLength: 4 }), fc.nat(300))
    .map(([head, loop, n]) => [...head, ...Array.from({ length: n }, () => loop).flat(), ...head]),
)

const share = fc.integer({ min: 0, max: 1e7 }).map((n) => n / 1e7)
const words = fc.string({ maxLength: 40, unit: 'grapheme' })
const filter: fc.Arbitrary<Filter> = fc.record({
  kind: fc.constantFrom(...FILTER_KINDS),
  text: words,
  on: fc.boolean(),
})
const transform: fc.Arbitrary<Transform> = fc.oneof(
  fc.record({
    kind: fc.constant('subtree' as const),
    path: path.filter((p) => p.length > 0),
    inverted: fc.boolean(),
    on: fc.boolean(),
  }),
  path
    .filter((p) => p.length > 1)
    .chain((p) => fc.record({ frames: fc.integer({ min: 2, max: p.length }), on: fc.boolean(), path: fc.constant(p) }))
    .map((made) => ({ kind: 'chain' as const, ...made })),
  fc.record({
    kind: fc.constantFrom('merge', 'drop', 'collapseRecursion', 'collapseDirectRecursion', 'collapsePackage'),
    name: words.filter((n) => n !== ''),
    on: fc.boolean(),
  }),
)
const view: fc.Arbitrary<ViewState> = fc.record({
  place: path,
  line: fc.nat(1_000_000),
  inspector: fc.constantFrom(...INSPECTORS),
  pins: fc.uniqueArray(
    words.filter((name) => name !== '' && !name.includes('\n')),
    { maxLength: 4 },
  ),
  func: fc.string({ maxLength: 40, unit: 'grapheme' }),
  fields: fc
    .tuple(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.uniqueArray(fc.constantFrom('alloc_space', ':3')))
    .map(([rows, names]) => withField(withField({}, rowsOfView, rows), namesOfView, names)),
  profile: fc.constantFrom('', id),
  sampleType: fc.string({ maxLength: 40, unit: 'grapheme' }),
  page: fc.constantFrom('', 'bottom-up', 'top'),
  granularity: fc.constantFrom(...GRANULARITIES),
  reading: fc.constantFrom(...READINGS),
  whereRow: words,
  noInlines: fc.boolean(),
  showColumns: fc.boolean(),
  trimPath: words,
  dropNegative: fc.boolean(),
  repair: fc.boolean(),
  mergeGenerics: fc.boolean(),
  mergeClosures: fc.boolean(),
  time: fc.constantFrom('', '0-1', '1200000-998877665'),
  sides: fc.constantFrom('', '2', '0-3', '12-1'),
  scale: fc.constantFrom(...SCALES),
  operations: fc.constantFrom('', '100', '100,2500'),
  matchMoved: fc.boolean(),
  percentOf: fc.constantFrom(...PERCENT_OF),
  width: fc.constantFrom(...BOX_WIDTHS),
  tagRoot: fc.uniqueArray(fc.constantFrom('bytes', 'request', 'a b')),
  tagLeaf: fc.uniqueArray(fc.constantFrom('bytes', 'request')),
  filters: fc.array(filter, { maxLength: 8 }).map(sortFilters),
  transforms: fc.array(transform, { maxLength: 4 }),
  tablePaneOpen: fc.boolean(),
  flipped: fc.boolean(),
  order: fc.constantFrom('size' as const, 'name' as const),
  search: fc.string({ maxLength: 100, unit: 'grapheme' }),
  zoom: path,
  own: fc.option(fc.subarray(['a', 'example.com/ingest', 'gopkg.in/yaml.v3'])),
  zone: fc.constantFrom('', 'json-any', 'gc-assist'),
  zoomName: fc.string({ maxLength: 40, unit: 'grapheme' }),
  window: fc.option(
    fc
      .tuple(share, share)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  ),
  zonesOff: fc.uniqueArray(fc.constantFrom('str-map-assign', 'reflect-alloc', 'reflect-overlap')),
  colorBy: fc.constantFrom('', 'in-use', 'type:inuse_space'),
  fadeFew: fc.boolean(),
  zonesOn: fc.uniqueArray(fc.constantFrom('gc-background', 'malloc')),
})

const reread = (link: Link) => {
  const { search, hash } = formatLink(link, viewFields)
  // The browser's own reading of the address must not change it.
  const url = new URL(`https://hotzone.example/app/${search}${hash}`)
  return parseLink(url.search, url.hash, viewFields)
}

describe('links', () => {
  test('every state comes back as it was', () => {
    fc.assert(
      fc.property(view, fc.array(fc.webUrl(), { maxLength: 3 }), (state, sources) => {
        const names = sources.map((_, i) => `heap (${i}).pb.gz`)
        const link = { ...emptyLink(state), sources, bases: sources.slice(1), names }
        expect(reread(link)).toEqual({ link, notes: [] })
      }),
    )
  })

  test('garbage never throws and gives a whole view', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (search, hash) => {
        const { link } = parseLink(search, hash)
        expect(Object.keys(link.view).sort()).toEqual(Object.keys(defaultView()).sort())
        formatLink(link)
      }),
    )
  })

  test('garbage under known keys falls back to the default and says so', () => {
    const { link, notes } = parseLink('?p=short', '#v=1&z=AAA&order=sideways&flip=2&w=9-3&zo=%3Cb%3E&q=ok')
    expect(link.view).toEqual({ ...defaultView(), search: 'ok' })
    expect(notes.map((n) => (n.code === 'unreadable' ? n.key : n.code))).toEqual(['p', 'z', 'order', 'flip', 'w', 'zo'])
  })

  test('a pprof address opens: filters from its query, in the order in which they run', () => {
    const { link, notes } = parseLink(
      `?p=${id}&f=encoding/json&h=%5Eruntime%5C.&i=&g=lines&si=alloc_space&noinlines=t&n=20`,
      '',
    )
    expect(notes).toEqual([])
    expect(link.view).toEqual({
      ...defaultView(id),
      granularity: 'lines',
      noInlines: true,
      sampleType: 'alloc_space',
      filters: [
        { kind: 'focus', text: 'encoding/json', on: true },
        { kind: 'hide', text: '^runtime\\.', on: true },
      ],
    })
    expect(formatLink(link)).toEqual({
      search: `?p=${id}&n=20`,
      hash: '#v=1&si=alloc_space&g=lines&noinlines=1&f=encoding/json&h=%5Eruntime%5C.',
    })
  })

  test('the fragment beats the query', () => {
    const { link } = parseLink('?f=a&g=files', '#v=1&-f=b&g=lines')
    expect(link.view.filters).toEqual([{ kind: 'focus', text: 'b', on: false }])
    expect(link.view.granularity).toBe('lines')
  })

  test('filters and transforms that cannot be read are left out and named', () => {
    const { link, notes } = parseLink('', '#v=1&x=fold:a&x=sub:AAA&x=merge:main.f&g=rooms')
    expect(link.view.transforms).toEqual([{ kind: 'merge', name: 'main.f', on: true }])
    expect(notes.map((n) => (n.code === 'unreadable' ? n.key : n.code))).toEqual(['x', 'x', 'g'])
  })

  test('unknown parameters survive', () => {
    const { link } = parseLink('?utm=a%20b', '#v=1&later=x%26y')
    expect(formatLink(link)).toEqual({ search: '?utm=a%20b', hash: '#v=1&later=x%26y' })
  })

  test('a newer link opens and says that it is newer', () => {
    const { link, notes } = parseLink(`?p=${id}`, '#v=7&q=map')
    expect(link.view.search).toBe('map')
    expect(notes).toEqual([{ code: 'newer', version: '7' }])
  })

  test('a plain view has a plain address', () => {
    expect(formatLink(emptyLink())).toEqual({ search: '', hash: '' })
    expect(formatLink(emptyLink(defaultView(id)))).toEqual({ search: `?p=${id}`, hash: '' })
  })

  test('field keys are unique', () => {
    expect(new Set(FIELDS.map((f) => f.key)).size).toBe(FIELDS.length)
  })
})

// Links as version 1 wrote them. They must open for ever: add to this list, never change it.
describe('links of version 1', () => {
  const old: [string, string, Partial<Link>, Partial<ViewState>][] = [
    [`?p=${id}`, '', {}, { profile: id }],
    [
      `?p=${id}`,
      '#v=1&si=alloc_space&flip=1&order=name&q=/mapassign.*/&z=AAAAB__________&zn=main.ingest&w=2500000-7500000&zo=str-map-assign,reflect-alloc&pn=heap.pb.gz',
      { names: ['heap.pb.gz'] },
      {
        profile: id,
        sampleType: 'alloc_space',
        flipped: true,
        order: 'name',
        search: '/mapassign.*/',
        zoom: [1, 2 ** 30 - 1, 2 ** 30 - 1],
        zoomName: 'main.ingest',
        window: [0.25, 0.75],
        zonesOff: ['str-map-assign', 'reflect-alloc'],
      },
    ],
    [
      '?profile=/local/0/heap.pb.gz&profile=https://example.com/a.pb.gz',
      '#v=1&z=AAAABAAAAC.BAD',
      { sources: ['/local/0/heap.pb.gz', 'https://example.com/a.pb.gz'] },
      { zoom: [1, 2, 1, 2, 1, 2, 1, 2] },
    ],
    ['', '#v=1&pn=cpu.pb.gz&d=eJwDAA', { embedded: 'eJwDAA', names: ['cpu.pb.gz'] }, {}],
  ]
  test.each(old)('%s%s', (search, hash, more, state) => {
    const { link, notes } = parseLink(search, hash)
    expect(notes).toEqual([])
    expect(link).toEqual({ ...emptyLink({ ...defaultView(), ...state }), ...more })
  })
})

describe('zoom paths', () => {
  test('sixty frames keep the link under 500 characters', () => {
    fc.assert(
      fc.property(fc.array(hash30, { minLength: 60, maxLength: 60 }), (zoom) => {
        const state = {
          ...defaultView(id),
          zoom,
          zoomName: 'encoding/json/v2.makeMapArshaler.func3',
          sampleType: 'alloc_space',
        }
        const { search, hash } = formatLink(emptyLink(state))
        expect(`https://hotzone.example/${search}${hash}`.length).toBeLessThan(500)
      }),
    )
  })

  test('recursion stays short', () => {
    const loop = [11, 22, 33]
    const deep = [1, 2, ...Array.from({ length: 1000 }, () => loop).flat(), 5]
    expect(formatZoomPath(deep).length).toBeLessThan(50)
    expect(parseZoomPath(formatZoomPath(deep))).toEqual(deep)
  })

  test('a text that claims a huge path is refused', () => {
    expect(parseZoomPath(`AAAAB${'.A__'.repeat(100)}`)).toBeNull()
    expect(parseZoomPath('.AAB')).toBeNull()
    expect(parseZoomPath('AAAA')).toBeNull()
    expect(parseZoomPath('AAAA*')).toBeNull()
  })
})

test('links to the views of a function and of its source open the inspector beside the flame graph', () => {
  for (const tab of ['function', 'source'] as const) {
    const { link, notes } = parseLink('', `#v=1&view=${tab}&fn=main.load`)
    expect(link.view).toMatchObject({ page: 'flame', inspector: tab, func: 'main.load' })
    expect(notes).toEqual([])
  }
})

test('the selected box is written once where it is the zoomed one', () => {
  const name = 'main.load'
  const zoom = [1, nameHash(name)]
  const view = { zoom, page: '' }
  expect(placeField(name, zoom, view)).toEqual([])
  expect(selectedPlace({ ...view, func: name, place: [] })).toEqual(zoom)
  expect(selectedPlace({ ...view, func: 'main.other', place: [] })).toEqual([])
  expect(selectedPlace({ ...view, func: name, place: [7, 8] })).toEqual([7, 8])
  // A path of callers below callees is none of the upright tree.
  for (const page of [BOTTOM_UP, BOTTOM_UP_TABLE]) {
    expect(selectedPlace({ zoom, page, func: name, place: [] })).toEqual([])
    expect(placeField(name, zoom, { zoom, page })).toEqual(zoom)
    expect(placeOnScreen({ zoom, page, func: name, place: [7, 8] })).toEqual([])
  }
})
