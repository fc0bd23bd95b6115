/** Damaged builds are read as far as they go. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixture } from '../../../testing/fixtures.ts'
import { LineSplitter } from '../lines.ts'
import { escapeTable } from './join.ts'
import { newEscapeReader } from './parse.ts'

const FILES = ['escape-m2-1.27-rel.txt', 'escape-m2-1.22.txt', 'escape-m1-1.27.txt', 'reasons-m2-1.19.txt']
const texts = FILES.map((file) => new TextDecoder().decode(fixture(`escape/${file}`)).split('\n'))

const read = (text: string) => {
  const reader = newEscapeReader()
  const lines = new LineSplitter((line, number) => reader.line(line, number))
  lines.push(text)
  lines.end()
  return reader.end()
}

const damaged = fc
  .record({
    file: fc.nat(FILES.length - 1),
    from: fc.nat(1000),
    count: fc.integer({ min: 1, max: 300 }),
    edits: fc.array(fc.record({ at: fc.nat(30_000), remove: fc.nat(40), insert: fc.string({ maxLength: 12 }) }), {
      maxLength: 12,
    }),
  })
  .map(({ file, from, count, edits }) => {
    let text = (texts[file] as string[]).slice(from, from + count).join('\n')
    for (const { at, remove, insert } of edits) {
      const place = text.length === 0 ? 0 : at % text.length
      text = text.slice(0, place) + insert + text.slice(place + remove)
    }
    return text
  })

test('cut and mutated', () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const table = read(text)
      if (!table) return
      const { rows } = escapeTable([table], { why: '', text: '', most: 1e6, mapping: '' }, null)
      expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(table.counts.escapes + table.counts.moved_to_heap)
    }),
    { numRuns: 200 },
  )
})

test('colours, and lines of another build between', () => {
  const lines = texts[1] as string[]
  const plain = read(lines.join('\n'))
  expect(read(lines.map((line) => `\u001b[33m${line}\u001b[0m`).join('\r\n'))).toEqual(plain)
  const mixed = lines.flatMap((line, i) => [
    line,
    `go: downloading example.com/lib v1.${i}.0`,
    'main.go is being compiled',
  ])
  expect(read(mixed.join('\n'))).toEqual(plain)
})

test('one line without an end', () => {
  expect(read(`a.go:1:1: ${' escapes to heap in x'.repeat(20_000)}`)).toBeNull()
  expect(read(`${'a.go:1:'.repeat(100_000)} x does not escape`)?.counts.does_not_escape ?? 0).toBeLessThan(2)
  expect(read(`a.go:1:1:     from ${'('.repeat(300_000)} (x) at`)).toBeNull()
})
