import { expect, test } from 'vitest'
import { LogLines, unwrapped } from './log-lines.ts'

const WRITTEN = [
  'panic: assignment to entry in nil map',
  '',
  'goroutine 1 [running]:',
  'main.main()',
  '\tmain.go:12 +0x1d',
  'exit status 2',
]

const pad = (n: number) => String(n).padStart(2, '0')

const prefixes: Record<string, (line: string, i: number) => string> = {
  none: (line) => line,
  'RFC 3339': (line, i) => `2026-11-29T13:00:${pad(i)}.${'123456789'.slice(0, 3 + i)}Z ${line}`,
  'RFC 3339 with a zone': (line, i) => `2026-11-29T13:00:${pad(i)}+01:00 ${line}`,
  'Go log': (line, i) => `2026/11/29 13:00:${pad(i)}.000${i}12 ${line}`,
  compose: (line) => `shop-worker-1  | ${line}`,
  'compose, cut': (line) => `shop-worker-1  | ${line}`.trimEnd(),
  journald: (line, i) => `Nov ${i < 3 ? 29 : 30} 13:00:${pad(i)} host prog[123]: ${line}`,
  rsyslog: (line, i) => `Nov  ${i + 1} 13:00:${pad(i)} host prog[123]: ${line.replace('\t', '#011')}`,
  CRI: (line, i) => `2026-11-29T13:00:00.66979420${i}Z stderr F ${line}`,
  'kubectl --prefix': (line) => `[pod/shop-7d9f/worker] ${line}`,
  klog: (line, i) => `E1129 13:00:00.00000${i}       1 logs.go:41] ${line}`,
  'RFC 5424': (line, i) => `<34>1 2026-11-29T13:00:0${i}.003Z host app 4711 ID47 - ${line}`,
  docker: (line) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-29T13:00:00.0Z' }),
  slog: (line) => JSON.stringify({ time: '2026-11-29T13:00:00Z', level: 'ERROR', msg: line }),
  logfmt: (line) => `time=2026-11-29T13:00:00Z level=error msg=${JSON.stringify(line)}`,
  'JSON in a container': (line) => `worker-1 | ${JSON.stringify({ msg: line })}`,
  'JSON in JSON': (line) => JSON.stringify({ log: `${JSON.stringify({ msg: line })}\n` }),
}

const read = (lines: readonly string[]) => {
  const seen: [string, number][] = []
  const log = new LogLines(/panic: |goroutine \d+ \[/)
  for (const line of lines) log.read(line, (text, stream) => seen.push([text, stream]))
  return seen
}

test.each(Object.keys(prefixes))('lines with prefix: %s', (name) => {
  expect(read(WRITTEN.map(prefixes[name])).map(([text]) => text)).toEqual(WRITTEN)
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
