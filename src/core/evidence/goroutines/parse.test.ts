import { expect, test } from 'vitest'
import { dumpText, readDump } from '../../../testing/dumps.ts'
import { fixtureIndex } from '../../../testing/fixtures.ts'
import { dumpCounts } from './counts.ts'
import { readLabels } from './parse.ts'

const texts = fixtureIndex().files.filter((entry) => entry.format === 'goroutine-text')

test('there are captures', () => expect(texts.length).toBeGreaterThan(20))

test.each(texts.map((entry) => [entry.file, entry] as const))('%s', (file, { text_oracle }) => {
  const table = readDump(dumpText(file))
  expect(table && dumpCounts([table])).toEqual(text_oracle)
})

test('labels', () => {
  expect(readLabels('route: /orders, tenant: acme')).toEqual([
    ['route', '/orders'],
    ['tenant', 'acme'],
  ])
  expect(readLabels('"odd, key": "a: b, c", x: y z')).toEqual([
    ['odd, key', 'a: b, c'],
    ['x', 'y z'],
  ])
  expect(readLabels('')).toEqual([])
})

test('a header says what is known of a goroutine', () => {
  const table = readDump(
    [
      'goroutine 9 gp=0xc000007a40 m=nil [select, 12 minutes, locked to thread, synctest bubble 3] {route: /orders}:',
      'example.com/my%2epkg.(*T[...]).Do(0xc000012345?, {0x1, 0x2}, ...)',
      '\t/src/my pkg/a.go:12 +0x1d',
      '...101 frames elided...',
      'created by main.main.func1 in goroutine 1',
      '\tC:/src/main.go:7 +0x66',
    ].join('\r\n'),
  )
  expect(table?.goroutines).toMatchObject([
    { id: 9, state: 'select, locked to thread, synctest bubble 3', minutes: 12, creator: 1, elided: 101 },
  ])
  expect(table?.frames).toEqual([
    { func: 'example.com/my%2epkg.(*T[...]).Do', file: '/src/my pkg/a.go', line: 12 },
    { func: 'main.main.func1', file: 'C:/src/main.go', line: 7 },
  ])
})

test('reports of races have both stacks, and where the goroutines began', () => {
  for (const go of ['1.19', '1.27']) {
    const table = readDump(dumpText(`crashes/race-go${go}.txt`))
    expect(table?.goroutines).toEqual([])
    expect(table?.races).toHaveLength(2)
    const funcsOf = (stack: number) => table?.stacks[stack].map((row) => table.frames[row].func)
    const race = table?.races.find(({ accesses }) => funcsOf(accesses[0].stack)?.[0] === 'main.(*counter).add')
    expect(race?.accesses.map(({ what }) => what).sort()).toEqual(['read', 'write'])
    expect(race?.accesses.map(({ previous }) => previous)).toEqual([false, true])
    for (const { stack, createdAt } of race?.accesses ?? []) {
      expect(funcsOf(stack)).toEqual(['main.(*counter).add', 'main.main.func1'])
      expect(table?.stacks[createdAt].map((row) => table.frames[row])).toMatchObject([{ func: 'main.main', line: 17 }])
    }
  }
})

test('failures of tests', () => {
  const table = readDump(dumpText('crashes/testpanic-go1.27.txt'))
  expect(table?.failures).toEqual([
    { test: 'TestPrice', seconds: 0, lines: ['shop_test.go:8: got 1, want 2'] },
    { test: 'TestThird', seconds: 0, lines: [] },
    { test: 'TestThird/short', seconds: 0, lines: [] },
  ])
  expect(table?.dumps).toHaveLength(1)
})

test('messages of a text, and what follows them', () => {
  expect(readDump(dumpText('crashes/multiline-go1.27.txt'))?.dumps).toMatchObject([
    { messages: ['panic: first line'], details: ['\tsecond line', '\tgoroutine 7 looks odd'], first: 0, end: 1 },
  ])
  expect(readDump(dumpText('crashes/http-go1.27.txt'))?.dumps[0]?.messages).toEqual([
    'http: panic serving 127.0.0.1:43138: runtime error: index out of range [3] with length 1',
  ])
  expect(readDump(dumpText('crashes/nostack-go1.27.txt'))?.dumps[0]?.messages).toHaveLength(1)
  // By GOTRACEBACK=crash the goroutines of each thread come once more.
  expect(readDump(dumpText('crashes/quitcrash-go1.27.txt'))?.dumps).toHaveLength(1)
})

test('two dumps in one text are two', () => {
  const text = dumpText('go1.27/map/goroutine.debug2.txt')
  const table = readDump(`${text}\n${text}`)
  expect(table?.dumps.map(({ first, end }) => [first, end])).toEqual([
    [0, 41],
    [41, 82],
  ])
})

test('a log without goroutines holds nothing', () => {
  expect(readDump('2026/11/29 13:00:00 runtime: all is well\nstarted\nmain.main()\n\tmain.go:12\n')).toBeNull()
})
