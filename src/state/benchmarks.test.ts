/** Benchmark texts in a session: one table of several files, links to it, and what cannot be read. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { BenchmarkInfo, TextRequest } from '../core/benchmark/document.ts'
import type { BenchmarkTables } from '../core/benchmark/table.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { type TestTab, testBrowser, testTab } from '../testing/session/tab.ts'
import type { AppState } from './store.ts'
import type { ViewSpec } from './view-spec.ts'

const request = { base: 0, order: 'file', text: '', ignore: [], most: 100 } as const
const view: ViewSpec = {
  id: 'benchmarks',
  accepts: ({ kind }) => kind === 'benchmark',
  fields: [],
  requests: () => [{ slot: 'view:benchmarks', call: 'ask', args: { question: 'tables', args: request } }],
}

const open: TestTab[] = []
afterEach(() => {
  for (const tab of open.splice(0)) tab.close()
})
function tab(address?: string, browser = testBrowser()): TestTab {
  const made = testTab(address, { ...browser, views: [view] })
  open.push(made)
  return made
}

const captured = (version: string) => {
  const name = `bench-${version}.txt`
  return new File([readFileSync(fixturePath(`bench/${name}`))], name)
}
const profile = (name: string) => new File([readFileSync(fixturePath(`bench/${name}`))], name)
const tables = (s: AppState) => (s.answers['view:benchmarks']?.value as BenchmarkTables | undefined)?.tables ?? []
const labels = (s: AppState) => (s.documents.at(-1)?.info as BenchmarkInfo | undefined)?.files.map(({ label }) => label)
const answered = (s: AppState) => s.answers['view:benchmarks']?.state === 'current'
const allKept = (s: AppState) => s.documents.length > 0 && s.documents.every(({ kept }) => kept)

test('texts of one drop are one table, behind the profiles; a single one is a document too', async () => {
  const { session, until } = tab()
  await session.openFiles([captured('1.22'), profile('mem-Map-1.27.pb.gz'), captured('1.27')])
  const s = await until(answered)
  expect(s.documents.map(({ kind, name }) => [kind, name])).toEqual([
    ['profile', 'mem-Map-1.27.pb.gz'],
    ['benchmark', 'bench-1.22.txt + bench-1.27.txt'],
  ])
  expect(s.current).toMatch(/^benchmark~[\w-]{43}\.[\w-]{43}$/)
  expect(tables(s).map(({ unit, columns }) => [unit, columns])).toEqual([
    ['sec/op', [0, 1]],
    ['B/op', [0, 1]],
    ['allocs/op', [0, 1]],
  ])
  await session.openFiles([captured('1.24')])
  const alone = await until((now) => now.documents.length === 3 && answered(now))
  expect(alone.current).toMatch(/^[\w-]{43}$/)
  expect([alone.documents[2]?.kind, labels(alone)]).toEqual(['benchmark', ['bench-1.24.txt']])
  expect(alone.notices).toEqual([])
})

test('texts that came one after the other are compared, and the link opens in another tab', async () => {
  const browser = testBrowser()
  const { session, until, history } = tab(undefined, browser)
  await session.openFiles([captured('1.22')])
  await session.openFiles([captured('1.27')])
  const { documents } = await until((s) => s.documents.length === 2 && allKept(s))
  await session.compareBenchmarks(documents.flatMap(({ sources }) => sources))
  const s = await until((now) => now.documents.length === 3 && allKept(now))
  expect(labels(s)).toEqual(['bench-1.22.txt', 'bench-1.27.txt'])
  const other = tab(history.href(), browser)
  const again = await other.until(answered)
  expect([again.current, labels(again)]).toEqual([s.current, labels(s)])
})

test('a link whose files are not here waits for each of them, in any order', async () => {
  const { session, until, history } = tab()
  await session.openFiles([captured('1.22'), captured('1.27')])
  const { current } = await until((s) => allKept(s))
  for (const files of [
    [captured('1.27'), captured('1.22')],
    [captured('1.22'), captured('1.27')],
  ]) {
    const theirs = tab(history.href())
    expect((await theirs.until(({ missing }) => missing?.sure === true)).missing?.names).toEqual([
      'bench-1.22.txt',
      'bench-1.27.txt',
    ])
    await theirs.session.openFiles(files)
    const s = await theirs.until((now) => now.current === current && answered(now))
    expect([labels(s), s.missing, s.notices]).toEqual([['bench-1.22.txt', 'bench-1.27.txt'], null, []])
  }
})

test('of several files those that cannot be read are named, and the rest is a table', async () => {
  const { session, until } = tab()
  const cut = gzipSync(readFileSync(fixturePath('bench/bench-1.24.txt'))).subarray(0, 200)
  const empty = new File(['goos: linux\ngoarch: amd64\npkg: x\nPASS\n'], 'empty.txt')
  const damaged = new File(['goos: linux\ngoarch: amd64\npkg: x\nBenchmarkX 100 5\n'], 'damaged.txt')
  await session.openFiles([captured('1.22'), empty, damaged, captured('1.27')])
  const s = await until((now) => answered(now) && now.notices.length === 2)
  expect(s.notices).toMatchObject([
    { kind: 'failed', name: 'empty.txt', error: { code: 'no-benchmarks', facts: { unread: 0 } } },
    { kind: 'failed', name: 'damaged.txt', error: { code: 'no-benchmarks', facts: { unread: 1, line: 4 } } },
  ])
  expect([labels(s), s.documents[0]?.sources.length]).toEqual([['bench-1.22.txt', 'bench-1.27.txt'], 2])
  // Alone it does not open, and what is open stays.
  await session.openFiles([empty])
  await session.compareBenchmarks([
    { name: 'cut.txt.gz', file: new Blob([cut]), address: null },
    ...(s.documents[0]?.sources ?? []),
  ])
  expect(session.get().documents).toHaveLength(1)
  expect(session.get().notices.at(-1)).toMatchObject({ name: 'cut.txt.gz', error: { code: 'gzip-truncated' } })
})

test('packed texts and those of PowerShell are read; files of one name are told apart', async () => {
  const { session, until } = tab()
  const text = readFileSync(fixturePath('bench/bench-1.27.txt'), 'utf8')
  const utf16 = Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le')
  await session.openFiles([new File([gzipSync(text)], 'a.txt.gz')])
  const packed = await until(answered)
  await session.openFiles([new File([utf16], 'bench.txt'), new File([`${text}\n`], 'bench.txt')])
  const s = await until((now) => now.documents.length === 2 && answered(now) && tables(now) !== tables(packed))
  expect(labels(s)).toEqual(['bench.txt#0', 'bench.txt#1'])
  const figures = (all: AppState, column: number) =>
    tables(all).map(({ rows }) => rows.map(({ name, cells }) => [name, cells[column]?.value]))
  expect(figures(s, 0)).toEqual(figures(packed, 0))
  expect(figures(s, 1)).toEqual(figures(packed, 0))
})

test('the events of go test -json are read as the text that they hold, packages apart', async () => {
  const { session, until } = tab()
  const event = (pkg: string, Output: string) =>
    `${JSON.stringify({ Time: '2026-01-01T00:00:00Z', Action: 'output', Package: pkg, Output })}\n`
  const events = ['a', 'b'].map((pkg) => [
    event(pkg, `pkg: ${pkg}\n`),
    event(pkg, 'BenchmarkX\n'),
    event(pkg, 'BenchmarkX-8   \t'),
    event(pkg, `     100\t      ${pkg === 'a' ? 5 : 7} ns/op\n`),
  ])
  // Packages that run at once write in turn.
  const mixed = (events[0] ?? []).map((line, i) => line + (events[1]?.[i] ?? '')).join('')
  await session.openFiles([new File([mixed], 'events.json')])
  const s = await until(answered)
  expect(tables(s).map(({ config, rows }) => [config, rows[0]?.name, rows[0]?.cells[0]?.value])).toEqual([
    [[['pkg', 'a']], 'X-8', '5.000n'],
    [[['pkg', 'b']], 'X-8', '7.000n'],
  ])
  expect((s.documents[0]?.info as BenchmarkInfo | undefined)?.files).toMatchObject([{ unread: 0, results: 2 }])
})

test('more than twenty are refused with a sentence', async () => {
  const { session } = tab()
  const files = Array.from({ length: 21 }, (_, i) => new File([`BenchmarkX 1 ${i} ns/op\n`], `${i}.txt`))
  await session.openFiles(files)
  expect(session.get().notices).toMatchObject([{ error: { code: 'too-many-files', facts: { files: 21, most: 20 } } }])
  await session.openFiles(files.slice(0, 20))
  expect(labels(session.get())).toHaveLength(20)
})

test('what is copied is all of it', async () => {
  const { session, until } = tab()
  await session.openFiles([captured('1.27')])
  const [document] = (await until(answered)).documents
  if (!document) throw new Error('not open')
  const args: TextRequest = { base: 0, order: 'file', text: '', ignore: [], form: 'tsv', language: 'en' }
  const tsv = await session.askOnce(document, 'ask', { question: 'text', args })
  const lines = String(tsv).trim().split('\n')
  expect(lines[0]?.split('\t').slice(0, 6)).toEqual(['goos', 'goarch', 'pkg', 'cpu', 'unit', 'benchmark'])
  // Five benchmarks and their mean, in three units.
  expect(lines).toHaveLength(1 + 3 * 6)
})

/** A site with the captured texts. */
function served() {
  const before = globalThis.fetch
  globalThis.fetch = async (url) => new Response(readFileSync(fixturePath(`bench/${String(url).split('/').pop()}`)))
  return () => {
    globalThis.fetch = before
  }
}

test('several addresses are one table, whose link opens in another browser', async () => {
  const stop = served()
  const address = (version: string) => `profile=https://hotzone.example/bench-${version}.txt`
  const { until, history } = tab(`https://hotzone.example/?${address('1.22')}&${address('1.27')}#v=1`)
  const s = await until((now) => now.documents.length === 1 && answered(now) && allKept(now) && !now.following)
  expect([s.current?.startsWith('benchmark~'), labels(s)]).toEqual([true, ['bench-1.22.txt', 'bench-1.27.txt']])
  expect(new URL(history.href()).searchParams.getAll('profile')).toHaveLength(2)
  const theirs = tab(history.href())
  const again = await theirs.until((now) => now.current === s.current && answered(now) && !now.following)
  expect([labels(again), again.notices]).toEqual([labels(s), []])
  stop()
})

test('a link to a table that is kept brings no second copy of its texts', async () => {
  const stop = served()
  const browser = testBrowser()
  const address = (version: string) => `profile=https://hotzone.example/bench-${version}.txt`
  const { until, history } = tab(`https://hotzone.example/?${address('1.22')}&${address('1.27')}#v=1`, browser)
  await until((now) => now.documents.length === 1 && allKept(now) && !now.following)
  const again = tab(history.href(), browser)
  const s = await again.until((now) => answered(now) && !now.following)
  expect(s.documents.map(({ kind }) => kind)).toEqual(['benchmark'])
  stop()
})

test('pasted results are read, also those that look like base64; an engine that dies is made again', async () => {
  const { session, until, workers } = tab()
  await session.openText('BenchmarkDecodeMap-2 1987 161862 ns/op 25697 B/op 872 allocs/op\n')
  const s = await until(answered)
  expect([labels(s), tables(s).map(({ unit }) => unit)]).toEqual([['pasted.txt'], ['sec/op', 'B/op', 'allocs/op']])
  const client = s.documents[0]?.client
  workers[0]?.crash()
  const again = await until((now) => now.documents[0]?.client !== client && answered(now))
  expect([tables(again), again.notices]).toEqual([tables(s), []])
})
