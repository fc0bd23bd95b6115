/** Reading execution traces, beside what Go's own tools say of the same files, and beside made ones whose truth is known. */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { type MadeTraceOptions, madeTrace, type TrueState } from '../../testing/made-trace.ts'
import { Random } from '../../testing/random.ts'
import { answersOf, type TraceAnswers } from './answers/answers.ts'
import type { Kept } from './builder.ts'
import { byGoroutine, byProcessor } from './by-owner.ts'
import { traceProfile, WAIT_PROFILES, waitProfile } from './profile.ts'
import { LIMITS, TraceReader } from './read.ts'
import { summaryOf } from './summary.ts'
import { GC, isEnded, PAUSE, RUNNABLE, RUNNING, SYSCALL, type Trace } from './trace.ts'
import { TraceError } from './trace-error.ts'

interface Oracle {
  parsed_events: Record<string, number>
  reasons: Record<string, number>
  goroutines: number
  time_in_state_ns: Record<string, number>
  waiting_by_reason_ns: Record<string, number>
  ranges: Record<string, { begins: number; closed_ns: number }>
  first_time_ns: number
  last_time_ns: number
}

const oracles: Record<string, Oracle> = JSON.parse(new TextDecoder().decode(fixture('executions/index.json')))

function read(bytes: Uint8Array, piece = 65_536): Trace {
  const reader = new TraceReader()
  for (let at = 0; at < bytes.length; at += piece) reader.feed(bytes.subarray(at, at + piece))
  return reader.finish()
}

const captured = (name: string) => Uint8Array.from(gunzipSync(fixture(`executions/${name}`)))

const sum = (record: Record<string, number>, key: string, value: number) => {
  record[key] = (record[key] ?? 0) + value
}

describe.each(Object.entries(oracles))('%s, beside go tool trace', (name, oracle) => {
  const trace = read(captured(name))
  const { intervals, texts, ranges, counts } = trace

  it('has its events, goroutines and times', () => {
    expect(trace.missing).toBe(null)
    const kinds = {
      Sync: counts.sync,
      StateTransition: counts.transition,
      Metric: counts.metric,
      RangeBegin: counts.rangeBegin,
      RangeActive: counts.rangeActive,
      RangeEnd: counts.rangeEnd,
      StackSample: counts.sample,
      Label: counts.label,
      Log: counts.log,
    }
    const { TaskBegin = 0, TaskEnd = 0, RegionBegin = 0, RegionEnd = 0, ...others } = oracle.parsed_events
    expect(Object.fromEntries(Object.entries(kinds).filter(([, count]) => count > 0))).toEqual(others)
    expect(counts.task).toBe(TaskBegin + TaskEnd)
    expect(counts.region).toBe(RegionBegin + RegionEnd)
    expect(trace.goroutines.length).toBe(oracle.goroutines)
    expect([trace.started, trace.to]).toEqual([oracle.first_time_ns, oracle.last_time_ns])
    const { events, durationNs } = summaryOf(trace)
    expect(events).toBe(Object.values(oracle.parsed_events).reduce((a, b) => a + b, 0))
    expect(durationNs).toBe(oracle.last_time_ns - oracle.first_time_ns)
  })

  it('has its states and reasons', () => {
    const states: Record<string, number> = {}
    const waits: Record<string, number> = {}
    const reasons: Record<string, number> = {}
    const names = ['', 'Runnable', 'Running', 'Syscall', 'Waiting']
    for (let i = 0; i < intervals.length; i++) {
      const state = names[intervals.state[i]]
      const reason = texts[intervals.reason[i]]
      if (reason !== '') sum(reasons, `${state}: ${reason}`, 1)
      if (!isEnded(trace, i)) continue
      const ns = intervals.to[i] - intervals.from[i]
      sum(states, state, ns)
      if (state === 'Waiting') sum(waits, reason, ns)
    }
    expect(states).toEqual(oracle.time_in_state_ns)
    expect(waits).toEqual(oracle.waiting_by_reason_ns)
    expect(reasons).toEqual(oracle.reasons)
  })

  it('has its pauses, collections, sweeps and assists', () => {
    const names = ['GC concurrent mark phase', '', 'GC incremental sweep', 'GC mark assist']
    const found: Oracle['ranges'] = {}
    for (let i = 0; i < ranges.length; i++) {
      const kind = ranges.kind[i]
      if (kind > 3) continue
      const said = kind === PAUSE ? `stop-the-world (${texts[ranges.name[i]]})` : names[kind]
      const range = found[said] ?? { begins: 0, closed_ns: 0 }
      found[said] = range
      range.begins++
      if (ranges.isWhole[i]) range.closed_ns += ranges.to[i] - ranges.from[i]
    }
    expect(found).toEqual(oracle.ranges)
    expect(summaryOf(trace).gcCycles).toBe(oracle.ranges['GC concurrent mark phase'].begins)
  })

  it('is the same however its bytes come', () => {
    expect(read(captured(name), 1009)).toEqual(trace)
  })

  holds(trace)
})

/** What is so of every trace. */
function holds(trace: Trace): void {
  const { intervals, goroutines, processors } = trace

  it('states of a goroutine fill its life without a gap', () => {
    const last = goroutines.map(() => Number.NaN)
    const first = goroutines.map(() => Number.NaN)
    for (let i = 0; i < intervals.length; i++) {
      const row = intervals.goroutine[i]
      expect(intervals.to[i]).toBeGreaterThanOrEqual(intervals.from[i])
      if (Number.isNaN(last[row])) first[row] = intervals.from[i]
      else expect(intervals.from[i]).toBe(last[row])
      last[row] = intervals.to[i]
    }
    expect(last).toEqual(goroutines.map(({ to }) => to))
    for (const [row, { isCreated, from }] of goroutines.entries())
      if (isCreated) expect(first[row]).toBe(from)
      else expect(first[row]).toBeGreaterThanOrEqual(from)
  })

  it('a processor runs one goroutine at a time, and is busy meanwhile', () => {
    const end = new Map<number, number>()
    for (let i = 0; i < intervals.length; i++) {
      if (intervals.state[i] !== RUNNING) continue
      const processor = intervals.processor[i]
      expect(processor).toBeGreaterThanOrEqual(0)
      expect(intervals.from[i]).toBeGreaterThanOrEqual(end.get(processor) ?? 0)
      end.set(processor, intervals.to[i])
    }
    const free = new Map<number, number>()
    for (let i = 0; i < processors.length; i++) {
      const processor = processors.processor[i]
      expect(processors.from[i]).toBe(free.get(processor) ?? processors.from[i])
      free.set(processor, processors.to[i])
    }
  })

  it('rows by goroutine and by processor are all intervals, in order, each once', () => {
    const own = byGoroutine(trace)
    expect(Array.from(own.rows).sort((a, b) => a - b)).toEqual(Array.from(own.rows.keys()))
    expect(own.rows.length).toBe(intervals.length)
    for (const row of goroutines.keys()) {
      const rows = own.rows.subarray(own.start[row], own.start[row + 1])
      for (const [at, i] of rows.entries()) {
        expect(intervals.goroutine[i]).toBe(row)
        if (at > 0) expect(intervals.from[i]).toBe(intervals.to[rows[at - 1]])
      }
    }
    const ran = byProcessor(trace)
    expect(ran.rows.length).toBe(intervals.state.filter((state) => state === RUNNING).length)
    for (const [at, number] of ran.numbers.entries()) {
      const rows = ran.rows.subarray(ran.start[at], ran.start[at + 1])
      for (const i of rows) expect([intervals.state[i], intervals.processor[i]]).toEqual([RUNNING, number])
      for (const [at, i] of rows.slice(1).entries())
        expect(intervals.from[i]).toBeGreaterThanOrEqual(intervals.to[rows[at]])
    }
  })

  it('who made a goroutine runnable was not that goroutine, and ran', () => {
    const own = byGoroutine(trace)
    const next = own.start.slice(0, goroutines.length)
    const wrong: number[] = []
    for (let i = 0; i < intervals.length; i++) {
      const by = intervals.by[i]
      if (by < 0) continue
      const at = intervals.from[i]
      // Intervals come in the order of time: so do those of who woke them.
      while (next[by] + 1 < own.start[by + 1] && intervals.to[own.rows[next[by]]] < at) next[by]++
      const then = [own.rows[next[by]], own.rows[next[by] + 1]].filter(
        (row) => intervals.goroutine[row] === by && intervals.from[row] <= at && at <= intervals.to[row],
      )
      if (by === intervals.goroutine[i] || !then.some((row) => intervals.state[row] === RUNNING)) wrong.push(i)
    }
    expect(wrong).toEqual([])
  })

  it('sums by state equal sums by reason, and those of goroutines', () => {
    const states = new Float64Array(5)
    for (let i = 0; i < intervals.length; i++) states[intervals.state[i]] += intervals.to[i] - intervals.from[i]
    const answers = answersOf(trace)
    for (const [i, name] of ['', 'runnable', 'running', 'syscall', 'waiting'].entries()) {
      const rows = answers.states.filter(({ state }) => state === name)
      expect(rows.reduce((total, { totalNs }) => total + totalNs, 0)).toBe(states[i])
    }
    const lived = goroutines.reduce((total, { to }, row) => total + to - firstOf(trace, row), 0)
    expect(states.reduce((a, b) => a + b, 0)).toBe(lived)
    for (const row of answers.latency) expect(row.busyNs + row.idleNs + row.pausedNs).toBeCloseTo(row.totalNs, 3)
    for (const row of answers.latency) expect(row.busyNs).toBeGreaterThanOrEqual(0)
  })

  it('waits for a processor are those of the profile that go tool trace makes, but for what comes before a first run and what goes on', () => {
    let waited = waitProfile(trace, 'sched').samples.value[1].reduce((a, b) => a + b, 0)
    for (let i = 0; i < intervals.length; i++) {
      const { ran } = goroutines[intervals.goroutine[i]]
      if (intervals.state[i] === RUNNABLE && (!isEnded(trace, i) || intervals.to[i] <= ran))
        waited += intervals.to[i] - intervals.from[i]
    }
    expect(answersOf(trace).latency.reduce((total, { totalNs }) => total + totalNs, 0)).toBe(waited)
  })
}

const firstOf = ({ intervals }: Trace, row: number) => intervals.from[intervals.goroutine.indexOf(row)]

const made = fc.record({
  seed: fc.nat(),
  version: fc.constantFrom<MadeTraceOptions['version']>(22, 23, 25, 26),
  generations: fc.integer({ min: 1, max: 3 }),
  steps: fc.integer({ min: 1, max: 250 }),
  processors: fc.integer({ min: 1, max: 5 }),
  skew: fc.constantFrom(0, 0, 300, 5000),
})

describe('made traces', () => {
  it('have the states that goroutines went through, in their order, whatever clocks say', () => {
    fc.assert(
      fc.property(made, (options) => {
        const { bytes, goroutines } = madeTrace(options)
        const trace = read(bytes, 777)
        expect(trace.missing).toBe(null)
        expect(trace.generations).toBe(options.generations)
        const states = new Map<number, TrueState[]>()
        for (const { id } of trace.goroutines) states.set(id, [])
        const { intervals, texts } = trace
        for (let i = 0; i < intervals.length; i++) {
          const state = intervals.state[i]
          const by = trace.goroutines[intervals.by[i]]?.id ?? 0
          const said = { state, reason: texts[intervals.reason[i]], at: intervals.from[i], by }
          states.get(trace.goroutines[intervals.goroutine[i]].id)?.push(said)
        }
        for (const { id, isEnded, to } of trace.goroutines)
          if (isEnded) states.get(id)?.push({ state: 0, reason: '', at: to, by: 0 })
        const untimed = (list: readonly TrueState[]) => list.map(({ state, reason, by }) => `${state} ${reason} ${by}`)
        for (const [id, truth] of goroutines) {
          const found = states.get(id) ?? []
          expect(untimed(found)).toEqual(untimed(truth))
          // Of three that are one event the later ones come a moment later.
          if (options.skew === 0) for (const [i, { at }] of truth.entries()) expect(found[i].at - at).toBeLessThan(20)
          if (options.skew === 0)
            for (const [i, { at }] of truth.entries()) expect(found[i].at).toBeGreaterThanOrEqual(at)
        }
        expect(states.size).toBe(goroutines.size)
      }),
      { numRuns: 300 },
    )
  })

  describe.each([1, 2, 3])('of seed %i', (seed) => {
    holds(read(madeTrace({ seed, version: 26, generations: 3, steps: 2000, processors: 4, skew: 2000 }).bytes))
  })

  it('have collections that go on from one generation to the next', () => {
    const { bytes } = madeTrace({ seed: 5, version: 23, generations: 4, steps: 400, processors: 3, skew: 0 })
    const { ranges } = read(bytes)
    const collections = Array.from(ranges.kind.keys()).filter((i) => ranges.kind[i] === GC)
    expect(collections.length).toBeGreaterThan(3)
    for (const [i, row] of collections.slice(1).entries())
      expect(ranges.from[row]).toBeGreaterThanOrEqual(ranges.to[collections[i]])
  })
})

describe('a part of the time', () => {
  const sources: [string, Uint8Array][] = [
    ...[1, 2, 3].map((seed): [string, Uint8Array] => [
      `made of seed ${seed}`,
      madeTrace({ seed, version: 26, generations: 3, steps: 900, processors: 3, skew: 0 }).bytes,
    ]),
    ...['go1.22', 'go1.25-http', 'go1.27-long'].map((name): [string, Uint8Array] => [name, captured(`${name}.out.gz`)]),
  ]
  it.each(sources)('of %s is what lies in that part of the whole', (_, bytes) => {
    const whole = read(bytes)
    const length = whole.to - whole.started
    for (const [begin, end] of [
      [0, 0.4],
      [0.3, 0.6],
      [0.5, 1],
      [0.95, 2],
    ]) {
      const kept = { from: Math.round(length * begin), to: Math.round(length * end) }
      const part = readPart(bytes, kept)
      const within = { from: whole.started + kept.from, to: Math.min(whole.to, whole.started + kept.to) }
      expect(part.missing).toBe(null)
      expect([part.started, part.from, part.to]).toEqual([
        whole.started,
        kept.from === 0 ? part.from : within.from,
        within.to,
      ])
      const alike = ({ goroutines, intervals, texts }: Trace) =>
        Array.from(intervals.from.keys())
          .filter((i) => intervals.to[i] > within.from && intervals.from[i] < within.to)
          .map((i) => ({
            goroutine: goroutines[intervals.goroutine[i]].id,
            func: texts[goroutines[intervals.goroutine[i]].func],
            state: intervals.state[i],
            reason: texts[intervals.reason[i]],
            stack: intervals.stack[i],
            processor: intervals.processor[i],
            from: intervals.from[i],
            to: Math.min(intervals.to[i], within.to),
          }))
      // Of what began at one moment the order may be another one.
      const sorted = (trace: Trace) => alike(trace).sort((a, b) => a.from - b.from || a.goroutine - b.goroutine)
      expect(sorted(part).map(({ func, ...row }) => row)).toEqual(sorted(whole).map(({ func, ...row }) => row))
      const ids = new Set(part.goroutines.map(({ id }) => id))
      expect(ids.size).toBe(part.goroutines.length)
      for (const { creator, id } of part.goroutines) {
        const of = whole.goroutines.find((one) => one.id === id)
        if (creator >= 0) expect(part.goroutines[creator].id).toBe(whole.goroutines[of?.creator ?? -1].id)
      }
      for (let i = 0; i < part.intervals.length; i++) {
        expect(part.intervals.to[i]).toBeGreaterThanOrEqual(part.intervals.from[i])
        if (i > 0) expect(part.intervals.from[i]).toBeGreaterThanOrEqual(part.intervals.from[i - 1])
      }
      const same = ({ heldUp, latency, idle, blocks, syscalls, pauses, collector, contended }: TraceAnswers) =>
        [heldUp, latency, blocks, syscalls, pauses, contended]
          .map((rows) => rows.reduce((sum, { totalNs }) => sum + totalNs, 0))
          .concat([idle.wallNs, collector.workersNs, collector.assistsNs, collector.pausedNs])
      const [found, wanted] = [same(answersOf(part)), same(answersOf(whole, within))]
      for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 3)
    }
  })

  it('beyond the end has nothing', () => {
    const [[, bytes]] = sources
    const part = readPart(bytes, { from: 1e15, to: 2e15 })
    expect(part.from).toBe(part.to)
  })
})

function readPart(bytes: Uint8Array, kept: Kept): Trace {
  const reader = new TraceReader(LIMITS, kept)
  for (let at = 0; at < bytes.length; at += 4096) reader.feed(bytes.subarray(at, at + 4096))
  return reader.finish()
}

describe('traces that are not whole', () => {
  const long = captured('go1.27-long.out.gz')

  it('open with the generations that are there, and say what is missing', () => {
    const trace = read(long.subarray(0, long.length - 5))
    expect(trace.generations).toBe(1)
    expect(trace.missing).toMatchObject({ why: 'cut', says: 'The file ends within a generation.' })
    expect(trace.missing?.bytes).toBeGreaterThan(100)
    expect(trace.goroutines.length).toBeGreaterThan(10)
  })

  it('before Go 1.26, where no generation says that it ends, open with those whose texts are there', () => {
    const { bytes } = madeTrace({ seed: 9, version: 23, generations: 3, steps: 200, processors: 2, skew: 0 })
    expect(read(bytes)).toMatchObject({ generations: 3, missing: null })
    expect(read(bytes.subarray(0, bytes.length - 1))).toMatchObject({ generations: 2, missing: { why: 'cut' } })
  })

  it('without a whole generation get a sentence', () => {
    expect(() => read(long.subarray(0, 3000))).toThrow(/ends before its first generation is whole/)
    expect(() => read(long.subarray(0, 16))).toThrow(/ends before its first generation is whole/)
  })

  it('of other formats get a sentence', () => {
    expect(() => read(fixture('executions/go1.19.out'))).toThrow(/format of Go 1\.19.*Go 1\.22 and newer/)
    expect(() => read(new TextEncoder().encode('hello, this is no trace'))).toThrow(/no Go execution trace/)
    expect(() => read(new Uint8Array(0))).toThrow(/no Go execution trace/)
  })

  it('with events that cannot be open until there', () => {
    const { bytes } = madeTrace({ seed: 3, version: 26, generations: 2, steps: 60, processors: 2, skew: 0 })
    const found = new Set<string>()
    for (let at = 0; at < bytes.length; at++) {
      const other = bytes.slice()
      other[at] = 250
      try {
        const { generations, missing } = read(other)
        if (missing) found.add(`${generations} ${missing.why} ${missing.bytes > 0}`)
      } catch (error) {
        expect(error).toBeInstanceOf(TraceError)
      }
    }
    expect(found).toContain('2 damaged true')
    expect(found).toContain('1 cut true')
    // Of one generation nothing is left to open.
    const alone = captured('go1.22.out.gz')
    alone[alone.indexOf(16, 300)] = 250
    expect(() => read(alone)).toThrow(TraceError)
  })

  it('beyond the limit stop there', () => {
    const reader = new TraceReader({ intervals: 500 })
    reader.feed(long)
    const left = 5000
    for (let i = 0; i < 5; i++) reader.feed(new Uint8Array(left / 5))
    const trace = reader.finish()
    expect(trace.missing?.bytes).toBeGreaterThan(left)
    expect(trace.missing).toMatchObject({ why: 'too-large', says: expect.stringContaining('more than 500 intervals') })
    expect(trace.intervals.length).toBeLessThan(510)
  })

  it('of a later version are read as far as the container is the same', () => {
    const later = long.slice()
    later.set(new TextEncoder().encode('go 1.31 trace'))
    expect(read(later)).toMatchObject({ version: '1.31', missing: null, goroutines: { length: 24 } })
  })

  it('whatever is done to the bytes, open or get a sentence', () => {
    const sources: Uint8Array[] = [long, captured('go1.27-flight.out.gz'), captured('go1.22.out.gz').slice(0, 30_000)]
    for (const version of [22, 23, 25, 26] as const)
      sources.push(madeTrace({ seed: version, version, generations: 2, steps: 150, processors: 3, skew: 100 }).bytes)
    for (let seed = 0; seed < 400; seed++) {
      const random = new Random(seed)
      const bytes = Uint8Array.from(random.pick(sources))
      for (let i = 0; i <= random.int(4); i++) {
        const at = random.int(bytes.length)
        bytes[at] = random.pick([random.int(256), bytes[at] ^ (1 << random.int(8)), 0, 255])
      }
      const cut = random.int(3) === 0 ? random.int(bytes.length) : bytes.length
      try {
        const trace = read(bytes.subarray(0, cut))
        const length = trace.to - trace.started
        const part = readPart(bytes.subarray(0, cut), { from: length * random.next(), to: length * random.next() })
        answersOf(part)
        traceProfile(part, seed)
        answersOf(trace)
        answersOf(trace, { from: trace.from + length * random.next(), to: trace.from + length })
        byGoroutine(trace)
        byProcessor(trace)
        summaryOf(trace)
        for (const which of WAIT_PROFILES) waitProfile(trace, which)
        traceProfile(trace, seed, {
          from: trace.from + random.int(1000),
          region: random.pick([undefined, 'round trip']),
        })
        expect(trace.intervals.length).toBeLessThan(bytes.length)
      } catch (error) {
        expect(error, `seed ${seed}: ${(error as Error).stack}`).toBeInstanceOf(TraceError)
      }
    }
  })
})

it('system calls are with the processor that they began with', () => {
  const { intervals } = read(captured('go1.22.out.gz'))
  let before = 0
  for (let i = 0; i < intervals.length; i++) if (intervals.state[i] === SYSCALL && intervals.processor[i] >= 0) before++
  expect(before).toBeGreaterThan(2600)
})
