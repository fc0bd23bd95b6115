import { expect, test } from 'vitest'
import { logPrefixes } from '../../testing/log-prefixes.ts'
import { LogLines, unwrapped } from './log-lines.ts'

const WRITTEN = [
  'panic: assignment to entry in nil map',
  '',
  'goroutine 1 [running]:',
  'main.main()',
  '\tmain.go:12 +0x1d',
  'exit status 2',
]

const read = (lines: readonly string[]) => {
  const seen: [string, number][] = []
  const log = new LogLines(/panic: |goroutine \d+ \[/)
  for (const line of lines) log.read(line, (text, stream) => seen.push([text, stream]))
  return seen
}

test.each(Object.keys(logPrefixes))('lines with prefix: %s', (name) => {
  expect(read(WRITTEN.map(logPrefixes[name] as (line: string, i: number) => string)).map(([text]) => text)).toEqual(
    WRITTEN,
  )
})

test('two programs in one log are told apart', () => {
  const lines = WRITTEN.flatMap((line) => [`a-1 | ${line}`, `a-2 | ${line}`])
  const seen = read(lines)
  for (const stream of [1, 2]) {
    expect(seen.filter(([, s]) => s === stream).map(([text]) => text)).toEqual(WRITTEN)
  }
})

test('a line without the prefix belongs to what came before', () => {
  expect(read(['2026/11/29 13:00:00 goroutine 7 [running]:', 'main.main()', '\tmain.go:12 +0x1d'])).toEqual([
    ['goroutine 7 [running]:', 1],
    ['main.main()', 1],
    ['\tmain.go:12 +0x1d', 1],
  ])
})

test('nor does it where something begins without it', () => {
  const seen = read(['2026/11/29 13:00:00 panic: x', 'goroutine 7 [running]:', '2026/11/29 13:00:01 served'])
  expect(seen.map(([, stream]) => stream)).toEqual([1, 1, 1])
})

test('prose is no prefix', () => {
  expect(read(['we recovered from panic: x', 'we recovered from nothing'])).toEqual([
    ['we recovered from panic: x', 0],
    ['we recovered from nothing', 0],
  ])
})

test('a stack in one string', () => {
  const line = JSON.stringify({ level: 'error', msg: 'request failed', stack: `${WRITTEN.join('\n')}\n` })
  expect(unwrapped(line)).toEqual(['request failed', ...WRITTEN])
  expect(unwrapped('{"memstats":{"Alloc":1}}')).toBeNull()
  expect(unwrapped('{"msg": broken}')).toBeNull()
})
