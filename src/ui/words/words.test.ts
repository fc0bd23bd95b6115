import { expect, test } from 'vitest'
import { en as zonesEn } from '../../core/zones/words/en.ts'
import type { Language } from '../../core/zones/words/languages.ts'
import { zh as zonesZh } from '../../core/zones/words/zh.ts'
import { views } from '../views/index.ts'
import { messages as panelMessages } from '../work/panel-messages.ts'
import { en } from './en.ts'
import type { Messages } from './message-types.ts'
import { zh } from './zh.ts'

/** Arguments that every sentence can do something with. */
const given = ['XA', 'XB', 'XC']

/** Every text of a catalogue by its path; functions say what they say about these arguments. */
function texts(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'string') found.set(path, value)
  else if (typeof value === 'function') {
    // Whoever asks by code gets its sentences checked by the type of the table behind it.
    if (!/\.(note|sentence)$/.test(path)) found.set(path, String(value(...given)))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) texts(inner, `${path}.${key}`, found)
  }
  return found
}

/** What comes with one part of the page, by the path of its file: found here without being listed anywhere. */
const files = import.meta.glob<{ messages?: Messages<object> }>('../**/*messages.ts', { eager: true })

const partsIn = (language: Language) => ({
  views: Object.fromEntries(views.map((view) => [view.id, view.title[language]])),
  parts: Object.fromEntries(
    Object.entries(files).flatMap(([path, { messages }]) =>
      messages ? [[path.replace(/^.*views\/|\.ts$/g, ''), messages[language]]] : [],
    ),
  ),
})

const english = texts({ ...en, zones: zonesEn, said: partsIn('en') })
const chinese = texts({ ...zh, zones: zonesZh, said: partsIn('zh') })

/** Names, keys of the keyboard, and words that Chinese engineers write in English too. */
const sameInBoth =
  /^\.(app\.(name|title)|graph\.merged|bar\.go|kinds\.(cpu|trace)|samples\.\d\.file|locale|kinds\.(goroutine|other)|opening\.bytes|zones\.rules\.read-all\.title|zones\.json\.title|said\.parts\.\.\.\/dialogs\/messages\.groups\.\d\.rows\.\d+\.keys\.\d|said\.parts\.\.\.\/compare\/findings-messages\.finding|said\.parts\.graph\/messages\.call|said\.parts\.timeline\/messages\.goroutine|said\.parts\.\.\.\/dialogs\/share-store-messages\.sent|said\.parts\.\.\.\/inspector\/(function-messages\.rootLabel|source\/messages\.(noLine|ownStart|linkTo\.\w+))|said\.parts\.\.\.\/filters\/messages\.filters\.kinds\.\w+\.example)$/

test('the messages of every view are among them', () => {
  expect(Object.keys(files).length).toBeGreaterThanOrEqual(new Set(views.map((view) => view.Component)).size)
})

test('every text of one language has its like in the other', () => {
  expect([...chinese.keys()]).toEqual([...english.keys()])
})

test('nothing is left untranslated', () => {
  const left = [...chinese].filter(([path, text]) => {
    return !sameInBoth.test(path) && (text === english.get(path) || !/[\u4e00-\u9fff、（），。：]/.test(text))
  })
  expect(left).toEqual([])
})

test('what a sentence is told, it says in both languages', () => {
  const said = (text: string | undefined) => given.filter((word) => text?.includes(word))
  const differ = [...english].filter(
    ([path, text]) => path !== '.search.functions' && said(text).join() !== said(chinese.get(path)).sort().join(),
  )
  expect(differ.filter(([, text]) => said(text).length > 0)).toEqual([])
})

test('sentences have no exclamation marks', () => {
  expect(english.size).toBeGreaterThan(500)
  expect([...english, ...chinese].filter(([, text]) => /[!！]/.test(text))).toEqual([])
})

test('fixed sentences', () => {
  const panel = panelMessages.zh
  expect(panel.quietCount(25)).toBe('另外 25 条规则没有发现超过 2% 的问题')
  expect(panel.position(1, 13)).toBe('第 1 处，共 13 处')
  expect(zh.opening.step(3, zh.opening.stages.index)).toBe('第 3 步，共 4 步：正在构建调用树')
  expect(`38 ${zh.search.functions(38)} · 29.8%`).toBe('38 个函数 · 29.8%')
})
