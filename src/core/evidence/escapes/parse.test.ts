import { describe, expect, test } from 'vitest'
import { fixture, fixtureIndex } from '../../../testing/fixtures.ts'
import { logPrefixes } from '../../../testing/log-prefixes.ts'
import { LineSplitter } from '../lines.ts'
import { newEscapeReader } from './parse.ts'
import type { EscapeTable } from './table.ts'
import { whyOf } from './why.ts'

function readEscapes(text: string): EscapeTable | null {
  const reader = newEscapeReader()
  const lines = new LineSplitter((line, number) => reader.line(line, number))
  lines.push(text)
  lines.end()
  return reader.end()
}

const textOf = (file: string) => new TextDecoder().decode(fixture(file))

const texts = fixtureIndex().files.filter((entry) => entry.format === 'escape-text')

describe.each(texts.map((entry) => [entry.file, entry] as const))('%s', (file, { text_oracle }) => {
  const told = (text: string) => {
    const table = readEscapes(text)
    return (
      table && {
        ...table.counts,
        lines: table.lines,
        packages: table.packages,
        flow_lines: table.flows,
        from_lines: table.steps,
      }
    )
  }

  test('counts', () => {
    expect(told(textOf(file))).toEqual(text_oracle)
  })

  test.each(Object.entries(logPrefixes))('in a log: %s', (_, prefixed) => {
    // Lines before the first one that says its place are headers, which no prefix can be learned from.
    const lines = textOf(file).replace(/\n$/, '').split('\n').slice(1, 250)
    expect(told(lines.map(prefixed).join('\r\n'))).toEqual(told(lines.join('\n')))
  })
})

describe('why', () => {
  const table = (file: string) => {
    const found = readEscapes(textOf(`escape/${file}.txt`))
    if (!found) throw new Error('nothing read')
    return found.rows.filter(({ kind }) => kind === 'escapes' || kind === 'moved')
  }

  /** Line of escape/reasons.go.txt, expression, reason. */
  const expected = [
    [15, '&point{...}', 'returned'],
    [19, 'n', 'returned'],
    [24, 'n', 'interface'],
    [31, 'buf', 'large'],
    [38, 'n', 'closure'],
    [39, 'func literal', 'returned'],
    [43, '&point{...}', 'stored'],
    [46, '&point{...}', 'stored'],
    [49, '&point{...}', 'sent'],
    [53, '&point{...}', 'closure'],
    [54, 'func literal', 'goroutine'],
    [58, '&point{...}', 'passed'],
    [62, 'all', 'interface'],
  ] as const

  test.each(['reasons-m2-1.19', 'reasons-m2-1.27'])('%s', (file) => {
    const rows = table(file)
    for (const [line, what, why] of expected) {
      const row = rows.find((one) => one.line === line && one.what === what)
      expect([line, what, row && whyOf(row).id]).toEqual([line, what, why])
    }
  })

  test('a size that is not known, before Go 1.27 keeps small ones on the stack', () => {
    const row = table('reasons-m2-1.19').find(({ line }) => line === 27)
    expect(row && whyOf(row)).toEqual({ id: 'size', other: '' })
  })

  test('what it is passed to', () => {
    const row = table('reasons-m2-1.27').find(({ line }) => line === 58)
    expect(row && whyOf(row)).toEqual({ id: 'passed', other: 'f' })
  })

  test('without -m -m nothing is said', () => {
    expect(new Set(table('reasons-m1-1.19').map((row) => whyOf(row).id))).toEqual(new Set(['unsaid']))
  })

  test('every escape of a build with reasons has one', () => {
    for (const file of [
      'escape-m2-1.22',
      'escape-m2-1.27',
      'escape-m2-1.27-rel',
      'reasons-m2-1.19',
      'reasons-m2-1.27',
    ]) {
      expect(table(file).filter((row) => whyOf(row).id === 'unsaid')).toEqual([])
    }
  })
})
