/** What is said of made traces is counted a second time, moment by moment, from their tables. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../testing/fixtures.ts'
import { madeTrace } from '../../../testing/made-trace.ts'
import { isOfRuntime } from '../functions.ts'
import { TraceReader } from '../read.ts'
import { ASSIST, IDLE, PAUSE, RUNNABLE, type Trace, WAITING } from '../trace.ts'
import { answersOf, type TraceAnswers } from './answers.ts'
import { Places } from './places.ts'

function made(seed: number): Trace {
  const reader = new TraceReader()
  reader.feed(madeTrace({ seed, version: 26, generations: 2, steps: 400, processors: 3, skew: 0 }).bytes)
  return reader.finish()
}

/** Whether a row of a table goes on at a time. */
const goesOn = ({ from, to }: { from: Float64Array; to: Float64Array }, i: number, at: number) =>
  from[i] <= at && at < to[i]
const rowsOf = ({ length }: { length: number }) => Array.from({ length }, (_, i) => i)

it.each([1, 2, 3, 4])('idle processors and held up goroutines are those of every moment, seed %i', (seed) => {
  const trace = made(seed)
  const { intervals, processors, ranges } = trace
  const answers = answersOf(trace)
  const pauses = rowsOf(ranges).filter((i) => ranges.kind[i] === PAUSE)
  const runnable = rowsOf(intervals).filter((i) => intervals.state[i] === RUNNABLE)
  const idle = rowsOf(processors).filter((i) => processors.state[i] === IDLE)
  let [wall, processor, held, paused] = [0, 0, 0, 0]
  for (let at = trace.from; at < trace.to; at++) {
    const isPaused = pauses.some((i) => goesOn(ranges, i, at))
    const waiting = runnable.filter((i) => goesOn(intervals, i, at)).length
    const free = idle.filter((i) => goesOn(processors, i, at)).length
    if (isPaused) paused++
    if (isPaused) held += waiting
    else if (waiting > 0 && free > 0) {
      wall++
      processor += free
    }
  }
  expect(answers.idle).toMatchObject({ wallNs: wall, processorNs: processor })
  expect(answers.collector.pausedNs).toBe(paused)
  const heldUp = answers.heldUp.filter(({ by }) => by === 'pause').reduce((sum, { totalNs }) => sum + totalNs, 0)
  expect(heldUp).toBe(held)
  expect(wall).toBeGreaterThan(0)
  const assists = rowsOf(ranges).filter((i) => ranges.kind[i] === ASSIST)
  expect(answers.heldUp.filter(({ by }) => by === 'assist').reduce((sum, { count }) => sum + count, 0)).toBe(
    assists.length,
  )
})

it('blocks and system calls add up to all of the program, by place and reason', () => {
  const trace = made(7)
  const { blocks, syscalls, states } = answersOf(trace)
  expect(total(blocks)).toBe(total(states.filter(({ state }) => state === 'waiting')))
  expect(total(syscalls)).toBe(total(states.filter(({ state }) => state === 'syscall')))
  expect(blocks.some(({ place }) => place === 'main.work (main.go:3)')).toBe(true)
  const open = rowsOf(trace.intervals).filter((i) => trace.goroutines[trace.intervals.goroutine[i]].open === i)
  const waits = open.filter((i) => trace.intervals.state[i] === WAITING).length
  const waiting = blocks.reduce((sum, row) => sum + row.open, 0)
  expect(waiting).toBe(waits)
})

it('goroutines that never ended are those created and alive', () => {
  const trace = made(11)
  const alive = trace.goroutines.filter(({ isCreated, isEnded }) => isCreated && !isEnded)
  const { neverEnded } = answersOf(trace)
  expect(neverEnded.reduce((sum, { count }) => sum + count, 0)).toBe(alive.length)
  expect(Math.max(...neverEnded.map(({ oldestNs }) => oldestNs))).toBe(
    trace.to - Math.min(...alive.map(({ from }) => from)),
  )
})

const total = (rows: readonly { totalNs: number }[]) => rows.reduce((sum, { totalNs }) => sum + totalNs, 0)

describe.each([
  ...[1, 2, 3].map((seed): [string, Trace] => [`made of seed ${seed}`, made(seed)]),
  ...['go1.22.out.gz', 'go1.27-long.out.gz', 'go1.27-flight.out.gz'].map((name): [string, Trace] => {
    const reader = new TraceReader()
    reader.feed(gunzipSync(fixture(`executions/${name}`)))
    return [name, reader.finish()]
  }),
])('%s', (_, trace) => {
  const whole = answersOf(trace)
  const edges = [0, 0.2, 0.5, 0.9, 1].map((share) => Math.round(trace.started + (trace.to - trace.started) * share))
  const ranges = edges.slice(1).map((to, i) => answersOf(trace, { from: edges[i], to }))

  it('every part of a sum is in it', () => {
    for (const row of whole.latency) {
      expect(row.pausedNs + row.idleNs + row.busyNs).toBeCloseTo(row.totalNs, 3)
      expect(Object.values(row.causes).reduce((a, b) => a + b, 0)).toBeCloseTo(row.totalNs, 3)
    }
    for (const { parts, totalNs, histogram, count } of whole.annotated) {
      const blocked = parts.blocked.reduce((sum, { ns }) => sum + ns, 0)
      const { runningNs, runnableNs, syscallNs, assistNs, endedNs } = parts
      expect(runningNs + runnableNs + syscallNs + assistNs + endedNs + blocked).toBeCloseTo(totalNs, 3)
      expect(histogram.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(count)
      for (const [i, { toNs }] of histogram.slice(0, -1).entries()) expect(histogram[i + 1].fromNs).toBe(toNs)
    }
    for (const { wokenBy, totalNs } of whole.contended) expect(total(wokenBy)).toBeLessThanOrEqual(totalNs)
    const { collector, states } = whole
    const { workersNs, assistsNs, sweepNs } = collector
    expect(workersNs + assistsNs + sweepNs).toBeLessThanOrEqual(
      total(states.filter(({ state }) => state === 'running')),
    )
    expect(collector.idleWorkersNs).toBeLessThanOrEqual(workersNs)
    expect(total(whole.latency)).toBe(total(states.filter(({ state }) => state === 'runnable')))
  })

  it('ranges that follow each other add up to the whole', () => {
    const sums: Record<string, (answers: TraceAnswers) => number> = {
      pauses: ({ pauses }) => total(pauses),
      heldUp: ({ heldUp }) => total(heldUp),
      latency: ({ latency }) => total(latency),
      idle: ({ idle }) => idle.wallNs,
      processorsIdle: ({ idle }) => idle.processorNs,
      blocks: ({ blocks }) => total(blocks),
      syscalls: ({ syscalls }) => total(syscalls),
      annotated: ({ annotated }) => total(annotated),
      states: ({ states }) => total(states),
      workers: ({ collector }) => collector.workersNs,
      assists: ({ collector }) => collector.assistsNs,
      sweep: ({ collector }) => collector.sweepNs,
      neverEnded: ({ neverEnded }) => neverEnded.reduce((sum, { count }) => sum + count, 0),
    }
    // What was so before the first event is in the whole alone.
    const before = new Set(['states', 'latency', 'blocks', 'syscalls', 'annotated'])
    const early = Math.max(0, trace.started - trace.from) * trace.goroutines.length
    for (const [name, of] of Object.entries(sums)) {
      const sum = ranges.reduce((sum, range) => sum + of(range), 0)
      const slack = before.has(name) ? early : 0
      expect(sum, name).toBeLessThanOrEqual(of(whole) + 0.01)
      expect(sum, name).toBeGreaterThanOrEqual(of(whole) - slack - 0.01)
    }
  })

  it('every example is there', () => {
    const examples = [
      ...[
        whole.latency,
        whole.blocks,
        whole.syscalls,
        whole.heldUp,
        whole.pauses,
        whole.annotated,
        whole.contended,
      ].flatMap((rows) => rows.map(({ worst }) => worst)),
      ...whole.neverEnded.map(({ oldest }) => oldest),
      ...whole.idle.longest,
    ]
    for (const { interval, range, row, goroutine, stack, atNs, ns } of examples) {
      const table = interval >= 0 ? trace.intervals : trace.ranges
      const at = interval >= 0 ? interval : range
      expect(at).toBeGreaterThanOrEqual(0)
      expect(trace.goroutines[row]?.id ?? -1).toBe(goroutine)
      expect([table.goroutine[at], table.stack[at]]).toEqual([row, stack])
      expect(atNs + trace.started).toBeGreaterThanOrEqual(Math.min(table.from[at], trace.goroutines[row]?.from ?? 0))
      expect(atNs + ns + trace.started).toBeLessThanOrEqual(trace.to)
    }
  })

  it('as many wait at one place at once as in the moment when most do', () => {
    const { intervals, goroutines, texts } = trace
    const places = new Places(trace)
    for (const row of whole.contended) {
      const at = trace.started + row.mostAtNs
      let count = 0
      for (let i = 0; i < intervals.length; i++)
        if (
          intervals.state[i] === WAITING &&
          texts[intervals.reason[i]] === row.reason &&
          !isOfRuntime(texts[goroutines[intervals.goroutine[i]].func]) &&
          places.of(intervals.stack[i]) === row.place &&
          goesOn(intervals, i, at)
        )
          count++
      // Stacks of one place may differ in what they wait for.
      expect(count).toBeGreaterThanOrEqual(row.most)
      if (row.resource !== 'other' && row.resource !== 'runtime') expect(count).toBe(row.most)
    }
  })
})
