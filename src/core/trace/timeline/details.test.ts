/** What is said of an interval is looked up a second time in the tables. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../testing/fixtures.ts'
import { TraceReader } from '../read.ts'
import { PAUSE, RUNNABLE, RUNNING, SWEEP, type Trace, WAITING } from '../trace.ts'
import { intervalDetails, rangeDetails } from './details.ts'
import type { Lane } from './lane.ts'
import { timelineOf } from './lanes.ts'
import { TimelineWindows } from './window.ts'

function read(name: string): Trace {
  const reader = new TraceReader()
  reader.feed(gunzipSync(fixture(name)))
  return reader.finish()
}

describe.each(['executions/go1.22.out.gz', 'executions/go1.27-long.out.gz'])('%s', (name) => {
  const trace = read(name)
  const timeline = timelineOf(trace)
  const windows = new TimelineWindows(trace, timeline)
  const { intervals, goroutines, ranges, started } = trace
  /** By row, the interval of the same goroutine before it, -1 = none. */
  const previous = new Int32Array(intervals.length)
  const last = new Map<number, number>()
  for (let i = 0; i < intervals.length; i++) {
    previous[i] = last.get(intervals.goroutine[i]) ?? -1
    last.set(intervals.goroutine[i], i)
  }
  const details = (row: number, lane: Lane | null = null) => intervalDetails(trace, windows, { row, lane })
  /** Enough of them to meet each kind. */
  const some = Array.from({ length: Math.min(intervals.length, 3000) }, (_, i) => i)

  it('who created a goroutine did not wake it, and its stack is that of who created it', () => {
    const first = some.filter((i) => previous[i] < 0 && goroutines[intervals.goroutine[i]].isCreated)
    expect(first.length).toBeGreaterThan(0)
    for (const row of first) {
      const { woken, created, stackOf, stack } = details(row) ?? {}
      expect(woken).toBeNull()
      expect(stackOf).toBe('created')
      expect(created?.by?.row).toBe(goroutines[intervals.goroutine[row]].creator)
      expect(stack).toEqual(created?.stack)
    }
  })

  it('the stack of what can run is that of who woke it, else its own', () => {
    const met = new Set<string>()
    for (const row of some) {
      const before = previous[row]
      if (intervals.state[row] !== RUNNABLE || before < 0) continue
      const { woken, stackOf, stack } = details(row) ?? {}
      if (intervals.state[before] === WAITING) {
        expect(stackOf).toBe('woken')
        expect(woken?.at).toBe(intervals.from[row] - started)
        expect(woken?.stack).toEqual(stack)
        expect(woken?.by?.row ?? -1).toBe(intervals.by[row])
      } else if (intervals.state[before] === RUNNING && intervals.by[row] < 0) {
        expect(stackOf).toBe('stopped')
        expect(woken).toBeNull()
      }
      met.add(stackOf ?? '')
    }
    expect(met).toContain('woken')
  })

  it('what a lane does not show is not said of it', () => {
    const member = timeline.goroutines.member
    for (const row of some.slice(0, 50)) {
      const own = member.indexOf(intervals.goroutine[row])
      const lane = (at: number): Lane => ({ kind: 'member', of: 'goroutines', group: 0, member: at })
      expect(details(row, lane(own))?.row).toBe(row)
      expect(details(row, lane((own + 1) % member.length))).toBeNull()
      expect(details(row, { kind: 'processor', row: 999 })).toBeNull()
      expect(details(row, { kind: 'pauses' })).toBeNull()
    }
    const pause = ranges.kind.indexOf(PAUSE)
    expect(rangeDetails(trace, windows, { row: pause, lane: { kind: 'pauses' } })?.kind).toBe('pause')
    const sweep = ranges.kind.indexOf(SWEEP)
    expect(timeline.hasSweeps).toBe(name.includes('1.27'))
    expect(sweep >= 0).toBe(timeline.hasSweeps)
    const ofLane = windows.at({ kind: 'sweeps' }, (ranges.from[sweep] ?? 0) - started)
    const said = rangeDetails(trace, windows, { row: ofLane, lane: { kind: 'sweeps' } })
    if (sweep < 0) expect([ofLane, said]).toEqual([-1, null])
    else {
      const from = ranges.from[ofLane] - started
      expect(said).toMatchObject({ kind: 'sweep', processor: ranges.processor[ofLane], from })
    }
    expect(rangeDetails(trace, windows, { row: pause, lane: null })?.processor).toBe(-1)
    expect(rangeDetails(trace, windows, { row: pause, lane: null })).toMatchObject({ before: -1, after: -1 })
    expect(rangeDetails(trace, windows, { row: pause, lane: { kind: 'collections' } })).toBeNull()
  })
})
