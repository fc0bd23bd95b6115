import { beforeEach, expect, test } from 'vitest'
import { BOTTOM_UP, querySpecOf } from '../core/view/view-state.ts'
import { type TestHistory, testTab } from '../testing/session/tab.ts'
import { isPlain } from './named.ts'
import type { Session } from './session.ts'

let history: TestHistory
let session: Session

beforeEach(() => {
  ;({ history, session } = testTab())
})

const get = () => session.get()

const texts = () => get().view.filters.map((f) => `${f.on ? '' : '-'}${f.kind} ${f.text}`)

test('filters stand in the order in which they run and are steps of the history', () => {
  session.addFilter('hide', 'a')
  session.addFilter('focus', 'b')
  session.addFilter('hide', 'c')
  expect(texts()).toEqual(['focus b', 'hide a', 'hide c'])
  expect(history.entries).toHaveLength(4)
  session.addFilter('hide', 'a')
  expect(history.entries).toHaveLength(4)
})

test('one that is there already but off is switched on instead of doubled', () => {
  session.addFilter('focus', 'a')
  session.toggleFilter(0)
  expect(texts()).toEqual(['-focus a'])
  session.addFilter('focus', 'a')
  expect(texts()).toEqual(['focus a'])
})

test('editing may change the kind, and an empty pattern removes', () => {
  session.addFilters([
    { kind: 'focus', text: 'a' },
    { kind: 'hide', text: 'b' },
  ])
  session.editFilter(0, { kind: 'pruneFrom', text: 'z' })
  expect(texts()).toEqual(['hide b', 'pruneFrom z'])
  session.editFilter(0, { text: '' })
  expect(texts()).toEqual(['pruneFrom z'])
  session.removeFilter(0)
  expect(texts()).toEqual([])
})

test('only filters of one kind change places; transforms all do', () => {
  session.addFilters([
    { kind: 'focus', text: 'a' },
    { kind: 'hide', text: 'b' },
    { kind: 'hide', text: 'c' },
  ])
  session.moveFilter(0, 1)
  expect(texts()).toEqual(['focus a', 'hide b', 'hide c'])
  session.moveFilter(1, 1)
  expect(texts()).toEqual(['focus a', 'hide c', 'hide b'])
  session.addTransform({ kind: 'merge', name: 'x', on: true })
  session.addTransform({ kind: 'drop', name: 'y', on: true })
  session.moveTransform(1, -1)
  expect(get().view.transforms.map((t) => t.kind)).toEqual(['drop', 'merge'])
  session.clearFilters()
  expect(isPlain(querySpecOf(get().view))).toBe(true)
})

test('undo and redo go through every step; a new one ends redo', () => {
  session.addFilter('focus', 'a')
  session.setGranularity('lines')
  session.toggleName('noInlines')
  session.undo()
  expect(get().view.noInlines).toBe(false)
  session.undo()
  session.undo()
  expect(get().view.granularity).toBe('functions')
  expect(texts()).toEqual([])
  session.undo()
  session.redo()
  session.redo()
  expect(texts()).toEqual(['focus a'])
  expect(get().view.granularity).toBe('lines')
  session.addFilter('hide', 'b')
  expect(get().redo).toEqual([])
})

test('the stack of undo is bounded', () => {
  for (let i = 0; i < 80; i++) session.addFilter('hide', `f${i}`)
  expect(get().undo.length).toBeLessThanOrEqual(50)
})

test('a zoom is left behind where its boxes are no longer', () => {
  session.store.setState((s) => ({ view: { ...s.view, zoom: [1, 2], zoomName: 'f' } }))
  session.addFilter('focus', 'a')
  expect(get().view.zoom).toEqual([1, 2])
  session.setGranularity('files')
  expect(get().view.zoom).toEqual([])
  session.store.setState((s) => ({ view: { ...s.view, zoom: [1, 2] } }))
  session.openPage(BOTTOM_UP)
  expect(get().view.zoom).toEqual([])
  session.keepSubtree([3])
  expect(get().view.transforms).toEqual([{ kind: 'subtree', path: [3], inverted: true, on: true }])
})

test('presets are filters like others', () => {
  session.togglePreset('wrappers')
  expect(session.hasPreset('wrappers')).toBe(true)
  session.togglePreset('own')
  expect(texts()[1]).toBe('show ^main\\.')
  session.togglePreset('wrappers')
  expect(session.hasPreset('wrappers')).toBe(false)
  expect(texts()).toEqual(['show ^main\\.'])
})
