import { expect, test } from 'vitest'
import { dumpText, readDump } from '../../../testing/dumps.ts'
import { ownPaths } from '../../model/own-paths.ts'
import { placeText } from '../place.ts'
import type { DumpSummary } from './document.ts'
import { goroutines } from './index.ts'
import { dumpProfile } from './profile.ts'
import { verdictSentences } from './text.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { dumpWords } from './words.ts'

function verdict(file: string): Verdict {
  const table = readDump(dumpText(file))
  const dump = table?.dumps[0]
  if (!table || !dump) throw new Error(`${file} holds no dump`)
  const found = verdictOf(table, dump, { own: ownPaths(dumpProfile([table])) })
  if (!found) throw new Error(`${file} holds no message`)
  return found
}

const said = (file: string) => {
  const { cause, blame, fault } = verdict(file)
  return [cause, blame && placeText(blame), fault.map(({ id }) => id)]
}

// The lines of test/fixtures/crashes/main.go and of the programs whose deaths test/fixtures/traces holds.
test.each([
  ['crashes/nilmap', 'nil-map', 'main.go:22'],
  ['crashes/nilderef', 'nil-pointer', 'main.go:28'],
  ['crashes/index', 'index', 'main.go:25'],
  ['crashes/slice', 'slice-bounds', 'main.go:87'],
  ['crashes/divide', 'divide', 'main.go:31'],
  ['crashes/conversion', 'conversion', 'main.go:92'],
  ['crashes/value', 'panic', 'main.go:94'],
  ['crashes/multiline', 'panic', 'main.go:96'],
  ['crashes/closed', 'closed-channel', 'main.go:100'],
  ['crashes/closenil', 'closed-channel', 'main.go:103'],
  ['crashes/makelen', 'length', 'main.go:106'],
  ['crashes/unlock', 'unlock', 'main.go:109'],
  ['crashes/waitgroup', 'wait-group', 'main.go:112'],
  ['crashes/readwrite', 'map-race', null],
  ['crashes/iterate', 'map-race', null],
  ['crashes/http', 'index', 'main.go:25'],
  // It wraps the message, so that the place is where the first panic began.
  ['crashes/repanic', 'panic', 'main.go:28'],
  ['crashes/testpanic', 'index', 'main.go:25'],
  ['crashes/testtimeout', 'test-timeout', 'shop_test.go:17'],
  ['crashes/memory', 'out-of-memory', 'main.go:166'],
  ['crashes/mapmemory', 'out-of-memory', 'main.go:36'],
])('%s of both Go versions', (file, cause, place) => {
  for (const go of ['1.19', '1.27']) {
    const [id, at, fault] = said(`${file}-go${go}.txt`)
    expect([id, fault]).toEqual([cause, [expect.any(Number)]])
    if (place !== null) expect(at).toBe(place)
  }
})

test.each(['1.22', '1.27'])('captures of Go %s', (go) => {
  expect(said(`traces/nilmap-go${go}.txt`)).toEqual(['nil-map', 'main.go:196', [1]])
  expect(said(`traces/error-go${go}.txt`)).toEqual(['panic', 'main.go:202', [1]])
  // Of nested panics the last one counts, where it was raised; of a handed on one the place where it began.
  expect(said(`traces/nested-go${go}.txt`)).toEqual(['panic', 'main.go:230', [1]])
  expect(said(`traces/repanic-go${go}.txt`)).toEqual(['panic', 'main.go:228', [1]])
  expect(said(`traces/overflow-go${go}.txt`)).toEqual(['stack-overflow', 'main.go:209', [1]])
  expect(said(`traces/sigquit-go${go}.txt`)).toEqual(['asked', null, []])
  expect(said(`traces/mapwrites-go${go}.txt`).slice(0, 2)).toEqual(['map-race', 'main.go:242'])
})

test.each(['1.19', '1.27'])('goroutines of Go %s that wait for each other', (go) => {
  const { ring, waiting, waitingCount, fault } = verdict(`crashes/ring-go${go}.txt`)
  expect([...ring].sort()).toEqual([17, 18])
  expect(waitingCount).toBe(4)
  expect(waiting.map(({ id, place }) => [id, place && placeText(place)])).toEqual([
    [1, 'main.go:31'],
    [17, 'main.go:17'],
    [18, 'main.go:17'],
    [19, 'main.go:22'],
  ])
  expect(fault.slice(0, 2).map(({ id }) => id)).toEqual([17, 18])
})

test('a deadlock without a ring claims none', () => {
  expect(verdict('traces/deadlock-go1.27.txt')).toMatchObject({ ring: [], waitingCount: 4 })
})

test('the calls that come again and again', () => {
  const cycle = (file: string) => verdict(file).cycle.map(({ func }) => func)
  expect(cycle('crashes/cycle-go1.19.txt').sort()).toEqual(['main.visit', 'main.walk'])
  expect(cycle('crashes/cycle-go1.27.txt').sort()).toEqual(['main.visit', 'main.walk'])
  expect(cycle('traces/overflow-go1.27.txt')).toEqual(['main.overflow'])
})

test('who else uses the map', () => {
  const { together } = verdict('traces/mapwrites-go1.27.txt')
  expect(together.map(({ id }) => id)).toEqual([11, 12, 13, 14, 15, 16, 17])
})

test('sentences name the place, in every language', () => {
  const found = verdict('traces/nilmap-go1.27.txt')
  expect(verdictSentences(found, dumpWords.en).says).toBe(
    'Assignment to an entry of a nil map at main.go:196 in main.(*handler).set.',
  )
  expect(verdictSentences(found, dumpWords.zh).says).toContain('main.go:196')
})

test('rules of hot zones name the line that makes the map', async () => {
  const table = readDump(dumpText('traces/nilmap-system-go1.27.txt'))
  if (!table) throw new Error('nothing read')
  const summary = (await goroutines.join([{ name: 'a', table }]).answer('summary', undefined)) as DumpSummary
  expect(summary.files[0]?.verdicts[0]?.hot).toEqual([
    { rule: 'str-map-assign', place: { func: 'main.(*handler).set', file: 'example.com/odd/main.go', line: 196 } },
  ])
})
