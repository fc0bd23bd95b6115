/** Whatever a log does to a dump: what it counts stays the same, or is less, and nothing throws. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dumpText, readDump } from '../../../testing/dumps.ts'
import { logPrefixes } from '../../../testing/log-prefixes.ts'
import { dumpCounts } from './counts.ts'
import { goroutines } from './index.ts'

const FILES = [
  'traces/nilmap-system-go1.27.txt',
  'traces/overflow-go1.22.txt',
  'traces/repanic-go1.22.txt',
  'traces/sigquit-go1.27.txt',
  'traces/mapwrites-go1.22.txt',
  'crashes/testtimeout-go1.27.txt',
  'crashes/race-go1.27.txt',
  'crashes/http-go1.19.txt',
  'goroutines/labels-go1.27/goroutine.debug2.txt',
]

const lines = (file: string) => dumpText(file).replace(/\n$/, '').split('\n')

const told = (text: string) => {
  const table = readDump(text)
  if (!table) return null
  const { dumps, races, failures } = table
  return {
    ...dumpCounts([table]),
    details: dumps.map(({ details }) => details.map((line) => line.trim())),
    stacks: table.goroutines.map(({ stack }) => table.stacks[stack].map((row) => table.frames[row])),
    races: races.map(({ accesses }) => accesses.length),
    failures,
  }
}

describe.each(FILES)('%s', (file) => {
  const plain = told(dumpText(file))

  test.each(Object.entries(logPrefixes))('%s', (_, prefixed) => {
    expect(told(lines(file).map(prefixed).join('\n'))).toEqual(plain)
  })

  test('lines end as in Windows', () => expect(told(lines(file).join('\r\n'))).toEqual(plain))

  test('in colours', () => {
    expect(
      told(
        lines(file)
          .map((line) => `\u001b[31m${line}\u001b[0m`)
          .join('\n'),
      ),
    ).toEqual(plain)
  })

  test('mixed with lines of another program', () => {
    const mixed = lines(file).flatMap((line, i) => [
      `app-1 | ${line}`,
      `db-1  | checkpoint ${i} complete (wal ${i}: 12)`,
    ])
    expect(told(mixed.join('\n'))).toEqual(plain)
  })

  test('mixed with lines of the same log', () => {
    const noise = ['2026/11/29 13:00:00 GET /orders/7 200 1.2ms', 'level=info took=12ms']
    const mixed = lines(file).flatMap((line, i) => (/^\S.*\)$|^created by/.test(line) ? [line] : [line, noise[i % 2]]))
    expect(told(mixed.join('\n'))?.stacks).toEqual(plain?.stacks)
  })
})

const damaged = fc
  .record({
    file: fc.constantFrom(...FILES),
    from: fc.nat(400),
    count: fc.integer({ min: 1, max: 400 }),
    edits: fc.array(fc.record({ at: fc.nat(20_000), remove: fc.nat(40), insert: fc.string({ maxLength: 12 }) }), {
      maxLength: 12,
    }),
  })
  .map(({ file, from, count, edits }) => {
    let text = lines(file)
      .slice(from, from + count)
      .join('\n')
    for (const { at, remove, insert } of edits) {
      const place = text.length === 0 ? 0 : at % text.length
      text = text.slice(0, place) + insert + text.slice(place + remove)
    }
    return text
  })

test('damaged texts are read as far as they go', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      const table = readDump(text)
      if (!table) return
      const headers = text.match(/goroutine \d+ /g)?.length ?? 0
      expect(table.goroutines.length).toBeLessThanOrEqual(headers)
      const part = goroutines.join([{ name: 'x', table }])
      await part.answer('text', { form: 'markdown', language: 'zh', text: '', says: true })
      expect(part.profile?.().samples.value[0]?.reduce((sum, value) => sum + value, 0) ?? 0).toBe(
        table.goroutines.length > 0
          ? table.goroutines.length
          : table.races.flatMap(({ accesses }) => accesses.filter(({ stack }) => stack >= 0)).length,
      )
    }),
    { numRuns: 150 },
  )
})

test('a dump between many lines of something else', () => {
  const noise = Array.from({ length: 5000 }, (_, i) => `app-1 | {"level":"info","msg":"served /orders/${i}"}`)
  for (const file of FILES) {
    const text = [...noise, ...lines(file).map((line) => `app-1 | ${line}`), ...noise, ...noise]
    expect(told(text.join('\n'))).toEqual(told(dumpText(file)))
  }
})

test('one line without an end', () => {
  expect(readDump(`panic: ${'('.repeat(500_000)}`)?.dumps).toHaveLength(1)
  expect(readDump(`goroutine 1 [running]:\n${'a.b('.repeat(200_000)}`)?.goroutines).toHaveLength(1)
  expect(readDump(`goroutine 1 [running]:\n${'.('.repeat(100_000)}${'\t'.repeat(100_000)}`)?.goroutines).toHaveLength(1)
})
