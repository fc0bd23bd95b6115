/** Profiles of a trace, counted a second time from its tables. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { madeTrace } from '../../testing/made-trace.ts'
import type { Profile } from '../model/profile.ts'
import { isOfRuntime } from './functions.ts'
import type { Part } from './part.ts'
import { traceProfile, WAIT_PROFILES, waitProfile } from './profile.ts'
import { TraceReader } from './read.ts'
import { RUNNING, type Trace, WAITING } from './trace.ts'

function read(bytes: Uint8Array): Trace {
  const reader = new TraceReader()
  reader.feed(bytes)
  return reader.finish()
}

const made = (seed: number) =>
  read(madeTrace({ seed, version: 26, generations: 3, steps: 800, processors: 3, skew: 0 }).bytes)
const captured = (name: string) => read(gunzipSync(fixture(`executions/${name}`)))

it.each([
  ['cut', (bytes: Uint8Array) => bytes.subarray(0, -9), undefined],
  ['damaged', (bytes: Uint8Array) => bytes.fill(250, -3000), undefined],
  ['too-large', (bytes: Uint8Array) => bytes, { intervals: 500 }],
] as const)('a profile of a trace that is %s says so', (why, mend, limits) => {
  const reader = new TraceReader(limits)
  reader.feed(mend(Uint8Array.from(gunzipSync(fixture('executions/go1.27-long.out.gz')))))
  expect(traceProfile(reader.finish(), 0).meta.notes).toEqual([
    { code: `trace-${why}`, count: expect.toSatisfy((bytes: number) => bytes > 0) },
  ])
})

const total = ({ samples, sampleTypes }: Profile, type: string) =>
  samples.value[sampleTypes.findIndex((is) => is.type === type)]?.reduce((a, b) => a + b, 0) ?? 0

const NAMES = { net: 'network', sync: 'sync', syscall: 'syscall', sched: 'scheduler' }

/** Nanoseconds by label of a sample type. */
function byLabel({ samples, sampleTypes, strings }: Profile, type: string, key: string): Record<string, number> {
  const column = samples.value[sampleTypes.findIndex((is) => is.type === type)]
  const { labels } = samples
  const sums: Record<string, number> = {}
  for (let s = 0; s < samples.length; s++) {
    if (column[s] === 0 || !labels) continue
    let said = ''
    for (let i = labels.start[s]; i < labels.start[s + 1]; i++)
      if (strings.get(labels.key[i]) === key) said = strings.get(labels.str[i])
    sums[said] = (sums[said] ?? 0) + column[s]
  }
  return sums
}

describe.each([
  ['made 1', made(1)],
  ['made 2', made(2)],
  ['go1.22', captured('go1.22.out.gz')],
  ['go1.27 long', captured('go1.27-long.out.gz')],
])('%s', (_, trace) => {
  const { intervals, goroutines, texts, samples } = trace
  const middle = (trace.from + trace.to) / 2
  const parts: [string, Part][] = [
    ['the whole', {}],
    ['a range', { from: trace.from + (trace.to - trace.from) / 3, to: middle }],
    ['a region', { region: 'round trip' }],
  ]
  it.each(parts)('of %s: the four are those of the tool, in time and count', (_, part) => {
    const profile = traceProfile(trace, 3, part)
    let count = 0
    for (const which of WAIT_PROFILES) {
      const own = waitProfile(trace, which, part)
      expect(total(profile, NAMES[which])).toBe(total(own, 'delay'))
      count += total(own, 'contentions')
    }
    expect(total(profile, 'contentions')).toBeGreaterThanOrEqual(count)
  })

  it('of the whole: waiting, running, goroutines and samples are all that the tables have', () => {
    const profile = traceProfile(trace, 3)
    let [waits, runs] = [0, 0]
    const reasons: Record<string, number> = {}
    for (let i = 0; i < intervals.length; i++) {
      const ns = intervals.to[i] - intervals.from[i]
      if (intervals.state[i] === RUNNING) runs += ns
      if (intervals.state[i] !== WAITING || isOfRuntime(texts[goroutines[intervals.goroutine[i]].func])) continue
      waits += ns
      const reason = texts[intervals.reason[i]]
      if (ns > 0) reasons[reason] = (reasons[reason] ?? 0) + ns
    }
    expect(total(profile, 'waiting')).toBe(waits)
    expect(byLabel(profile, 'waiting', 'reason')).toEqual(reasons)
    expect(total(profile, 'running')).toBe(runs)
    expect(Object.keys(byLabel(profile, 'running', 'state'))).toEqual(['running'])
    expect(total(profile, 'goroutines')).toBe(goroutines.filter(({ isCreated }) => isCreated).length)
    expect(total(profile, 'samples')).toBe(samples.length)
  })

  it('ranges that follow each other add up to the whole, but for counts of what goes on in both', () => {
    const whole = traceProfile(trace, 3)
    const halves = [traceProfile(trace, 3, { to: middle }), traceProfile(trace, 3, { from: middle })]
    for (const { type, unit } of whole.sampleTypes) {
      const sum = halves.reduce((sum, half) => sum + total(half, type), 0)
      if (type === 'contentions') expect(sum).toBeGreaterThanOrEqual(total(whole, type))
      // A boundary may lie at half a nanosecond.
      else if (unit === 'nanoseconds') expect(sum).toBeCloseTo(total(whole, type), 3)
      else expect(sum).toBe(total(whole, type))
    }
  })
})

it('an empty range has nothing', () => {
  const trace = made(5)
  const profile = traceProfile(trace, 0, { from: trace.from, to: trace.from })
  expect(profile.samples.length).toBe(0)
})
