import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goLines } from './go-highlight.ts'

const textOf = (lines: ReturnType<typeof goLines>) =>
  lines.map((line) => line.map(({ text }) => text).join('')).join('\n')

test('keywords, strings, comments and numbers are told apart, over lines', () => {
  const lines = goLines('package main\n\n/* two\nlines */\nfunc f() string {\n\treturn `a\nb` // done\n}')
  expect(lines).toHaveLength(8)
  expect(lines[0]?.[0]).toEqual({ text: 'package', part: 'keyword' })
  expect(lines[2]).toEqual([{ text: '/* two', part: 'comment' }])
  expect(lines[3]).toEqual([{ text: 'lines */', part: 'comment' }])
  expect(lines[5]?.map(({ part }) => part)).toContain('keyword')
  expect(lines[6]?.[0]).toEqual({ text: 'b`', part: 'string' })
  expect(lines[6]?.at(-1)).toEqual({ text: '// done', part: 'comment' })
})

test('whatever the text is, its pieces are the text', () => {
  const go = fc.constantFrom('func ', '"', '`', '//', '/*', '*/', '\n', '{', '}', 'x', ' := ', "'", '\\', '0x1')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll('\r', '')),
        fc.array(go).map((a) => a.join('')),
      ),
      (text) => {
        expect(textOf(goLines(text))).toBe(text)
      },
    ),
  )
})
