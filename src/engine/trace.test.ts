/** A trace as a document: its profile of a time is the profile that is made of that time alone. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Strings } from '../core/model/strings.ts'
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { traceProfile } from '../core/trace/profile.ts'
import { TraceReader } from '../core/trace/read.ts'
import { traceOf } from '../core/trace/timeline/questions.ts'
import { fixture } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'
import { kindOf, kinds } from './kinds/index.ts'
import type { HeldDocument } from './kinds/kind.ts'
import type { FunctionTotals, ProfileInfo, QueryInfo, ToDocument } from './protocol.ts'

const bytes = gunzipSync(fixture('executions/go1.22.out.gz'))
const file = new Blob([Uint8Array.from(bytes)])

async function open(given: Blob = file): Promise<HeldDocument> {
  const source = { name: 'trace.out', file: given }
  const kind = await kindOf(kinds, null, source)
  if (!kind) throw new Error('no kind')
  expect(kind.id).toBe('trace')
  return kind.read({ sources: [source], kind: null }, () => undefined, { seed: 1 })
}

const asked = <A>(held: HeldDocument, call: string, args: unknown) =>
  held.answer({ id: 1, call, args } as ToDocument) as Promise<A>

/** "name flat cum" of what weighs something. */
const listed = (names: Strings, { flat, cum }: FunctionTotals) =>
  Array.from(flat, (f, row) => `${names.get(row)} ${f} ${cum[row]}`)
    .filter((_, row) => flat[row] !== 0 || cum[row] !== 0)
    .sort()

describe('an execution trace', () => {
  it('says what its timeline is, beside what a profile says', async () => {
    const { opened } = await open()
    const head = traceOf({ kind: opened.head.kind, info: opened.info })
    expect(head?.summary.goVersion).toBe('go1.22')
    expect(head?.timeline.end).toBe(head?.summary.durationNs)
    expect((opened.info as ProfileInfo).sampleTypes.map(({ type }) => type)).toContain('scheduler')
  })

  it('a time of it has the numbers of a profile of that time', async () => {
    const held = await open()
    const reader = new TraceReader()
    reader.feed(bytes)
    const trace = reader.finish()
    const size = trace.to - trace.started
    for (const [a, b] of [
      [0.2, 0.4],
      [0.5, 0.51],
      [0, 1],
    ] as const) {
      const [from, to] = [Math.round(a * size), Math.round(b * size)]
      const query: QuerySpec = { ...plainQuery, time: `${from}-${to}` }
      const alone = new Engine()
      const profile = traceProfile(trace, 1, { from: from + trace.started, to: to + trace.started })
      await alone.adopt(profile)
      const info = await asked<QueryInfo>(held, 'query', { query })
      const names = new Strings(info.names)
      const own = new Strings(alone.query({ query: plainQuery }).names)
      for (const sampleType of profile.sampleTypes.keys()) {
        const totals = await asked<FunctionTotals>(held, 'functions', { sampleType, query })
        expect(listed(names, totals)).toEqual(listed(own, alone.functions({ sampleType })))
        expect(info.durationNs).toBe(to - from)
        // 100 % is what the time holds, and nothing of it is filtered out.
        const sum = profile.samples.value[sampleType]?.reduce((x, y) => x + y, 0)
        expect(info.sampleTypes?.[sampleType]?.total).toBe(sum)
        expect(info.accounts[sampleType]?.total).toBe(sum)
        expect(info.accounts[sampleType]?.shown).toBe(sum)
      }
    }
  })

  it('finds groups of its lanes by name', async () => {
    const held = await open()
    const found = (text: string) =>
      asked<readonly string[] | null>(held, 'ask', { question: 'trace.groups', args: { text } })
    expect(await found('net/http.(*conn)')).toEqual(['net/http.(*conn).serve'])
    expect(await found('')).toBeNull()
  })

  it('shows lanes while the answers are still being counted', async () => {
    const held = await open()
    const order: string[] = []
    const ask = async (question: string, args: unknown) => {
      await asked(held, 'ask', { question, args })
      order.push(question)
    }
    const window = { from: 0, to: 1e9, parts: 10, lanes: [{ kind: 'pauses' }] }
    await Promise.all([ask('trace.answers', { during: null }), ask('trace.window', window)])
    expect(order).toEqual(['trace.window', 'trace.answers'])
  })

  it('says why a question cannot be answered', async () => {
    const held = await open()
    expect(() => held.answer({ id: 1, call: 'ask', args: { question: 'constructor', args: null } })).toThrow(/has no/)
    expect(await asked(held, 'ask', { question: 'trace.interval', args: { row: -1, lane: null } })).toBeNull()
    expect(await asked(held, 'ask', { question: 'trace.interval', args: { row: 1e9, lane: null } })).toBeNull()
    expect(await asked(held, 'ask', { question: 'trace.range', args: { row: 1e9, lane: null } })).toBeNull()
  })

  it('of a damaged one what is wrong is said', async () => {
    await expect(open(new Blob([Uint8Array.from(bytes.subarray(0, 90))]))).rejects.toMatchObject({
      code: 'damaged-trace',
    })
  })
})
