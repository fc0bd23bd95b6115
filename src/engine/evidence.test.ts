/** Texts that hold goroutines answer what profiles are asked, and are compared as profiles are. */
import { expect, test } from 'vitest'
import { EVIDENCE, type EvidenceInfo } from '../core/evidence/document.ts'
import type { DumpSummary } from '../core/evidence/goroutines/document.ts'
import type { CallTree } from '../core/query/call-tree.ts'
import type { ZoneReport } from '../core/zones/zone.ts'
import { dumpText } from '../testing/dumps.ts'
import { fixture } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'
import { kindOf, kinds } from './kinds/index.ts'
import type { ProfileInfo } from './protocol.ts'

const WHOLE = { order: 'size', path: [], from: 0, to: 1, minShare: 0 } as const

async function opened(...texts: [name: string, content: BlobPart][]) {
  const sources = texts.map(([name, content]) => ({ name, file: new Blob([content]) }))
  const kind = await kindOf(kinds, null, sources[0] as (typeof sources)[number])
  if (!kind) throw new Error('no kind')
  const first = { type: '', ...WHOLE } as const
  const held = await kind.read({ sources, kind: null, first }, () => undefined, {})
  return { kind: kind.id, ...held, info: held.opened.info as EvidenceInfo & ProfileInfo }
}

const dump = (file: string): [string, BlobPart] => [file, fixture(file)]

test('a dump is evidence and a profile at once', async () => {
  const { kind, info, opened: document, answer } = await opened(dump('goroutines/leak-go1.27/goroutine.debug2.txt'))
  expect(kind).toBe(EVIDENCE)
  expect(info.parts.goroutines).toEqual({ goroutines: 480, crashes: 0, races: 0, failures: 0 })
  expect(info).toMatchObject({ id: document.head.id, kind: 'goroutine', leftOut: 0, hasLabels: true })
  expect(info.sampleTypes).toMatchObject([{ type: 'goroutine', unit: 'count', total: 480 }])
  expect(document.first?.tree.total[0]).toBe(480)
  const zones = (await answer({ id: 1, call: 'zones', args: { sampleType: 0 } })) as ZoneReport
  expect(zones.zones.find(({ id }) => id === 'goroutine-leak')).toMatchObject({ state: 'found' })
  const asked = { id: 2, call: 'ask', args: { question: 'goroutines.summary', args: undefined } } as const
  expect(((await answer(asked)) as DumpSummary).counts.goroutines).toBe(480)
})

test('several dumps of one document are added up, texts without stacks are no profile', async () => {
  const { info } = await opened(dump('traces/nilmap-go1.22.txt'), dump('traces/nilmap-go1.27.txt'))
  expect(info.sampleTypes[0]?.total).toBe(10)
  const failed = await opened(['t.txt', '--- FAIL: TestX (0.00s)\n    x_test.go:1: no\nFAIL\n'])
  expect(failed.info.parts.goroutines?.failures).toBe(1)
  expect('sampleTypes' in failed.info).toBe(false)
})

test('a crash far below the head of a log is found', async () => {
  const written = dumpText('traces/nilmap-go1.27.txt')
    .split('\n')
    .filter((line) => line !== '').length
  const log = `${'2026/11/29 13:00:00 served in 3ms\n'.repeat(5000)}${dumpText('traces/nilmap-go1.27.txt')}`
  const { kind, info } = await opened(['app.log', log])
  expect(kind).toBe(EVIDENCE)
  expect(info).toMatchObject({ parts: { goroutines: { crashes: 1 } }, lines: 5000 + written, leftOut: 5000 })
})

test('what grew between two dumps is told by their comparison', async () => {
  const before = dumpText('goroutines/leak-go1.27/goroutine.debug2.txt')
  const blocks = before.split('\n\n')
  const fewer = blocks.filter((block, i) => !block.includes('[chan send') || i % 4 === 0).join('\n\n')
  const engine = new Engine()
  const info = await engine.openComparison(
    [
      { name: 'before.txt', file: new Blob([fewer]) },
      { name: 'after.txt', file: new Blob([before]) },
    ],
    () => undefined,
  )
  const lost = blocks.length - fewer.split('\n\n').length
  expect(lost).toBeGreaterThan(100)
  expect(info.sampleTypes[0]?.net).toBe(lost)
  const tree: CallTree = engine.tree({ sampleType: 0, ...WHOLE })
  expect(tree.total[0]).toBe(lost)
})
