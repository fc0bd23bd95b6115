import { expect, test } from 'vitest'
import { encodeProfile } from '../core/export/pprof.ts'
import { ProfileBuilder } from '../core/model/builder.ts'
import { tellStory } from '../core/story/story.ts'
import { fixture } from '../testing/fixtures.ts'
import { investigate, openInvestigation } from './story.ts'

const files = (...names: string[]) => names.map((name) => ({ name, file: new Blob([fixture(name)]) }))

const story = (...names: string[]) => investigate(files(...names), () => undefined)

test('snapshots of one run are a series, whatever order they come in', async () => {
  const names = [3, 0, 2, 1].map((n) => `go1.27/map/heap-${n}.pb.gz`)
  const { facts } = await story(...names)
  const [heap] = facts.series
  expect(heap?.points.map(({ file }) => names[file])).toEqual([0, 1, 3].map((n) => `go1.27/map/heap-${n}.pb.gz`))
  expect(heap?.total?.grows).toBe(true)
  expect(heap?.growers[0]?.line).toMatchObject({ func: 'main.decodeMap', line: 49 })
  expect(heap?.comparison.startsWith('comparison~')).toBe(true)
})

test('a later build is what became of the one before, of which the story is told', async () => {
  const { facts } = await story('go1.26/map/cpu.pb.gz', 'go1.27/map/cpu.pb.gz')
  const [cpu] = facts.after
  expect(cpu).toMatchObject({ kind: 'cpu', isBuild: true })
  const times = facts.files.map(({ time }) => time ?? 0)
  const earlier = times[0] < times[1] ? 0 : 1
  expect(cpu?.base).toBe(earlier)
  expect(facts.profiles.map(({ file }) => file)).toEqual([earlier])
})

test('profiles of another program are left out, and listed', async () => {
  const { facts } = await story(
    'go1.27/map/cpu.pb.gz',
    'go1.27/map/heap.pb.gz',
    'goroutines/leak-go1.27/goroutine.pb.gz',
  )
  expect(facts.files.map(({ isOther }) => isOther)).toEqual([false, false, true])
  expect(facts.profiles.map(({ kind }) => kind)).not.toContain('goroutine')
})

test('what cannot be read is named, and the rest is told', async () => {
  const { facts, failed } = await story('malformed/truncated-proto.pb.gz', 'go1.27/map/cpu.pb.gz')
  expect(failed.map(({ name, error }) => [name, error.code])).toEqual([
    ['malformed/truncated-proto.pb.gz', 'truncated'],
  ])
  expect(facts.files[0]).toMatchObject({ id: '', kinds: [] })
  expect(facts.profiles).not.toEqual([])
  await expect(story('malformed/truncated-proto.pb.gz')).rejects.toMatchObject({ error: { code: 'truncated' } })
})

test('a difference of two snapshots stands in only where there is nothing else', async () => {
  const alone = await story('go1.27/map/heap-delta.pb.gz')
  expect(alone.facts.profiles.length).toBeGreaterThan(0)
  const both = await story('go1.27/map/heap.pb.gz', 'go1.27/map/heap-delta.pb.gz')
  expect(both.facts.profiles.every(({ file }) => file === 0)).toBe(true)
})

test('an execution trace tells whom pauses met and who did not end, as certain as its events', async () => {
  const { facts } = await story('executions/go1.27-long.out.gz', 'go1.27/map/memstats.jsonl')
  expect(facts.files[0]).toMatchObject({ kinds: ['trace'], isOther: false })
  const [trace] = facts.traces
  expect(trace).toMatchObject({ file: 0, processors: 2 })
  expect(trace?.pauses[0]).toMatchObject({ kind: 'GC sweep termination', place: '', goroutines: 12 })
  expect(trace?.neverEnded[0]).toMatchObject({ function: 'main.leak', count: 5, state: 'chan receive' })
  const signals = tellStory(facts).steps.find(({ step }) => step === 'signals')
  expect(signals?.sentences.map(({ rule }) => rule)).toContain('trace-paused')
  const paused = signals?.sentences.find(({ rule }) => rule === 'trace-paused')
  expect(paused).toMatchObject({ confidence: 'certain', by: ['executions/go1.27-long.out.gz'] })
  expect(paused?.place?.fields).toMatchObject({ view: 'timeline', tw: expect.stringMatching(/^\d+~\d+$/) })
})

test('a trace of another program is left out', async () => {
  const { facts } = await story('executions/go1.27-long.out.gz', 'go1.27/map/cpu.pb.gz')
  expect(facts.files.map(({ isOther }) => isOther)).toEqual([true, false])
  expect(facts.traces).toEqual([])
  const same = await story('go1.27/map/trace.out', 'go1.27/map/cpu.pb.gz')
  expect(same.facts.files.map(({ isOther }) => isOther)).toEqual([false, false])
  expect(same.facts.traces.length).toBe(1)
})

test('texts beside profiles bring what they say', async () => {
  const { facts } = await story('go1.27/map/gctrace.log', 'go1.27/map/memstats.jsonl', 'traces/nilmap-go1.27.txt')
  expect(facts.files.map(({ kinds }) => kinds)).toEqual([['gctrace'], ['memstats'], ['goroutines']])
  expect(facts.memory.map(({ part }) => part).sort()).toEqual(['gctrace', 'memstats'])
  expect(facts.curves.map(({ id, placedBy }) => [id, placedBy])).toEqual([
    ['system', null],
    ['live', 1],
  ])
  expect(facts.crashes.map(({ verdict }) => verdict.cause)).toEqual(['nil-map'])
})

test('snapshots that count different things are told one by one', async () => {
  const snapshot = (type: string, timeNs: bigint) => {
    const builder = new ProfileBuilder([{ type, unit: 'bytes' }])
    builder.sample([builder.location([{ func: builder.func('main.load', 'main.go'), line: 1 }])], [1000], [])
    return { name: type, file: new Blob([encodeProfile(builder.finish({ timeNs }))]) }
  }
  const { facts, failed } = await investigate(
    [snapshot('inuse_space', 1n), snapshot('inuse_objects', 2n)],
    () => undefined,
  )
  expect(failed).toEqual([])
  expect(facts.series).toEqual([])
})

test('an investigation of which one file can be read is not that file', async () => {
  const sources = files('malformed/truncated-proto.pb.gz', 'go1.27/map/cpu.pb.gz')
  const { opened } = await openInvestigation({ sources, kind: null }, () => undefined)
  expect(opened.head.id).toBe(`investigation~${opened.sourceIds[1]}`)
})
