import { beforeEach, expect, test, vi } from 'vitest'
import { BOTTOM_UP, defaultView, querySpecOf } from '../core/view/view-state.ts'
import { openPage } from './actions.ts'
import {
  addFilter,
  addFilters,
  addTransform,
  clearFilters,
  editFilter,
  hasPreset,
  keepSubtree,
  moveFilter,
  moveTransform,
  redo,
  removeFilter,
  setGranularity,
  toggleFilter,
  toggleName,
  togglePreset,
  undo,
} from './filtering.ts'
import { isPlain } from './named.ts'
import { get, set } from './store.ts'

const pushed: string[] = []

beforeEach(() => {
  const location = { pathname: '/', href: 'https://hotzone.example/' }
  const go = (_: unknown, __: string, address: string) => {
    location.href = new URL(address, location.href).href
    pushed.push(location.href)
  }
  vi.stubGlobal('location', location)
  vi.stubGlobal('history', { pushState: go, replaceState: go })
  pushed.length = 0
  set({ view: defaultView(), undo: [], redo: [], entry: null })
})

const texts = () => get().view.filters.map((f) => `${f.on ? '' : '-'}${f.kind} ${f.text}`)

test('filters stand in the order in which they run and are steps of the history', () => {
  addFilter('hide', 'a')
  addFilter('focus', 'b')
  addFilter('hide', 'c')
  expect(texts()).toEqual(['focus b', 'hide a', 'hide c'])
  expect(pushed).toHaveLength(3)
  addFilter('hide', 'a')
  expect(pushed).toHaveLength(3)
})

test('one that is there already but off is switched on instead of doubled', () => {
  addFilter('focus', 'a')
  toggleFilter(0)
  expect(texts()).toEqual(['-focus a'])
  addFilter('focus', 'a')
  expect(texts()).toEqual(['focus a'])
})

test('editing may change the kind, and an empty pattern removes', () => {
  addFilters([
    { kind: 'focus', text: 'a' },
    { kind: 'hide', text: 'b' },
  ])
  editFilter(0, { kind: 'pruneFrom', text: 'z' })
  expect(texts()).toEqual(['hide b', 'pruneFrom z'])
  editFilter(0, { text: '' })
  expect(texts()).toEqual(['pruneFrom z'])
  removeFilter(0)
  expect(texts()).toEqual([])
})

test('only filters of one kind change places; transforms all do', () => {
  addFilters([
    { kind: 'focus', text: 'a' },
    { kind: 'hide', text: 'b' },
    { kind: 'hide', text: 'c' },
  ])
  moveFilter(0, 1)
  expect(texts()).toEqual(['focus a', 'hide b', 'hide c'])
  moveFilter(1, 1)
  expect(texts()).toEqual(['focus a', 'hide c', 'hide b'])
  addTransform({ kind: 'merge', name: 'x', on: true })
  addTransform({ kind: 'drop', name: 'y', on: true })
  moveTransform(1, -1)
  expect(get().view.transforms.map((t) => t.kind)).toEqual(['drop', 'merge'])
  clearFilters()
  expect(isPlain(querySpecOf(get().view))).toBe(true)
})

test('undo and redo go through every step; a new one ends redo', () => {
  addFilter('focus', 'a')
  setGranularity('lines')
  toggleName('noInlines')
  undo()
  expect(get().view.noInlines).toBe(false)
  undo()
  undo()
  expect(get().view.granularity).toBe('functions')
  expect(texts()).toEqual([])
  undo()
  redo()
  redo()
  expect(texts()).toEqual(['focus a'])
  expect(get().view.granularity).toBe('lines')
  addFilter('hide', 'b')
  expect(get().redo).toEqual([])
})

test('the stack of undo is bounded', () => {
  for (let i = 0; i < 80; i++) addFilter('hide', `f${i}`)
  expect(get().undo.length).toBeLessThanOrEqual(50)
})

test('a zoom is left behind where its boxes are no longer', () => {
  set((s) => ({ view: { ...s.view, zoom: [1, 2], zoomName: 'f' } }))
  addFilter('focus', 'a')
  expect(get().view.zoom).toEqual([1, 2])
  setGranularity('files')
  expect(get().view.zoom).toEqual([])
  set((s) => ({ view: { ...s.view, zoom: [1, 2] } }))
  openPage(BOTTOM_UP)
  expect(get().view.zoom).toEqual([])
  keepSubtree([3])
  expect(get().view.transforms).toEqual([{ kind: 'subtree', path: [3], inverted: true, on: true }])
})

test('presets are filters like others', () => {
  togglePreset('wrappers')
  expect(hasPreset('wrappers')).toBe(true)
  togglePreset('own')
  expect(texts()[1]).toBe('show ^main\\.')
  togglePreset('wrappers')
  expect(hasPreset('wrappers')).toBe(false)
  expect(texts()).toEqual(['show ^main\\.'])
})
