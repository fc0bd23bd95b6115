/** What lanes show is counted a second time from the tables of traces, moment by moment. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../../testing/fixtures.ts'
import { madeTrace } from '../../../testing/made-trace.ts'
import { TraceReader } from '../read.ts'
import { GC, HEAP, PAUSE, RUNNING, SWEEP, type Trace } from '../trace.ts'
import type { Lane } from './lane.ts'
import { timelineOf } from './lanes.ts'
import { type Density, MOST_PARTS, type Spans, TimelineWindows, TONES } from './window.ts'

function read(bytes: Uint8Array): Trace {
  const reader = new TraceReader()
  reader.feed(bytes)
  return reader.finish()
}

/** As of processors that sweep at the same time, which none of the captured traces has. */
function sweepingLonger(trace: Trace): Trace {
  const { ranges } = trace
  const to = ranges.to.map((end, i) =>
    ranges.kind[i] === SWEEP ? Math.min(trace.to, end + (i % 3) * 20 * (end - ranges.from[i])) : end,
  )
  return { ...trace, ranges: { ...ranges, to } }
}

const traces: [name: string, trace: Trace][] = [
  ...[1, 2, 3].map((seed): [string, Trace] => [
    `made ${seed}`,
    read(madeTrace({ seed, version: 26, generations: 2, steps: 500, processors: 3, skew: 0 }).bytes),
  ]),
  ['go1.22', read(gunzipSync(fixture('executions/go1.22.out.gz')))],
  ['go1.27 long', read(gunzipSync(fixture('executions/go1.27-long.out.gz')))],
  ['sweeping longer', sweepingLonger(read(gunzipSync(fixture('executions/go1.24-test.out.gz'))))],
]

/** As expect(), which is slow where there are a million to look at. */
function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

describe.each(traces)('%s', (_, trace) => {
  const timeline = timelineOf(trace)
  const windows = new TimelineWindows(trace, timeline)
  const { begin, end } = timeline
  const size = end - begin
  const asked = [
    { from: begin, to: end, parts: 97 },
    { from: begin + size * 0.31, to: begin + size * 0.34, parts: 640 },
    { from: begin - size, to: end + size, parts: 33 },
  ]
  const spansOf = (lane: Lane, window: (typeof asked)[number]): Spans => {
    const [answer] = windows.answer({ ...window, lanes: [lane] }).lanes
    if (!answer || !('spans' in answer)) throw new Error('no spans')
    return answer.spans
  }
  const densityOf = (lane: Lane, window: (typeof asked)[number]): Density => {
    const [answer] = windows.answer({ ...window, lanes: [lane] }).lanes
    if (!answer || !('density' in answer)) throw new Error('no density')
    return answer.density
  }
  const { intervals, ranges, started } = trace
  /** Time of rows between two times. */
  const within = (rows: Iterable<number>, { from, to }: { from: number; to: number }) => {
    let sum = 0
    for (const row of rows)
      sum += Math.max(0, Math.min(intervals.to[row] - started, to) - Math.max(intervals.from[row] - started, from))
    return sum
  }

  it.each(asked)('spans of a lane lie in order, each as long as its interval, %#', (window) => {
    const lanes: Lane[] = [
      ...Array.from(timeline.processors, (_, row): Lane => ({ kind: 'processor', row })),
      ...Array.from({ length: Math.min(20, timeline.goroutines.member.length) }, (_, member): Lane => {
        const group = timeline.goroutines.start.findIndex((start) => start > member) - 1
        return { kind: 'member', of: 'goroutines', group, member }
      }),
    ]
    for (const lane of lanes) {
      const { from, to, row, share, tone } = spansOf(lane, window)
      const part = (window.to - window.from) / window.parts
      const alone = new Set<number>()
      const together: [from: number, to: number][] = []
      for (let i = 0; i < from.length; i++) {
        must(to[i] >= from[i], 'it ends before it begins')
        must(i === 0 || from[i] >= to[i - 1] - part * 1.001, 'out of order')
        if (row[i] < 0) {
          must(Math.abs(to[i] - from[i] - part) < 1e-3, 'not as wide as a part')
          must(share[i] < 255, 'full')
          together.push([from[i], to[i]])
          continue
        }
        alone.add(row[i])
        must(from[i] === intervals.from[row[i]] - started, 'begins elsewhere')
        must(to[i] === intervals.to[row[i]] - started, 'ends elsewhere')
        must(share[i] === 255, 'not full')
        must(lane.kind !== 'processor' || TONES[tone[i]] === 'running', 'does not run')
      }
      // Each is there itself, or is narrower than a part and lies in what was put together.
      for (const i of intervals.state.keys()) {
        const isOfLane =
          lane.kind === 'processor'
            ? intervals.state[i] === RUNNING && intervals.processor[i] === timeline.processors[lane.row]
            : lane.kind === 'member' && intervals.goroutine[i] === timeline.goroutines.member[lane.member]
        const [begins, ends] = [intervals.from[i] - started, intervals.to[i] - started]
        if (!isOfLane || ends <= window.from || begins >= window.to) {
          must(!alone.has(i), 'of another lane or time')
          continue
        }
        const middle = (begins + ends) / 2
        const isTogether = together.some(([a, b]) => a - 1e-3 <= middle && middle <= b + 1e-3)
        must(alone.has(i) || (ends - begins < part && isTogether), 'missing')
      }
    }
  })

  it.each(asked)('the states of a group add up to those of its goroutines, %#', (window) => {
    const part = (window.to - window.from) / window.parts
    for (const [group] of timeline.goroutines.name.entries()) {
      const { mean } = densityOf({ kind: 'group', of: 'goroutines', group }, window)
      const members = new Set(
        timeline.goroutines.member.subarray(timeline.goroutines.start[group], timeline.goroutines.start[group + 1]),
      )
      const rows = [...intervals.goroutine.keys()].filter((i) => members.has(intervals.goroutine[i]))
      const ran = mean.subarray(0, window.parts).reduce((a, b) => a + b, 0) * part
      const running = rows.filter((i) => intervals.state[i] === RUNNING)
      expect(ran).toBeCloseTo(within(running, window), -Math.log10(Math.max(1, size * 1e-6)))
      const all = mean.reduce((a, b) => a + b, 0) * part
      expect(all / Math.max(1, within(rows, window))).toBeCloseTo(within(rows, window) > 0 ? 1 : 0, 4)
    }
  })

  it('all that runs is never more than there are processors', () => {
    const { mean, most } = densityOf({ kind: 'running' }, { from: begin, to: end, parts: 500 })
    expect(most).toBeLessThanOrEqual(timeline.processors.length + 1e-5)
    expect(Math.min(...mean)).toBeGreaterThanOrEqual(-1e-5)
  })

  it('collections and pauses are those of the tables', () => {
    const whole = { from: begin, to: end, parts: 8000 }
    const rows = (kind: number) => [...ranges.kind.keys()].filter((i) => ranges.kind[i] === kind)
    for (const [lane, kind] of [
      ['collections', GC],
      ['pauses', PAUSE],
    ] as const) {
      const { row } = spansOf({ kind: lane }, whole)
      const alone = Array.from(row).filter((i) => i >= 0)
      expect(rows(kind)).toEqual(expect.arrayContaining(alone))
      expect(row.length).toBeLessThanOrEqual(rows(kind).length)
    }
    expect(timeline.pauses.from.length).toBe(rows(PAUSE).length)
  })

  it('sweeping is when any processor sweeps, without overlap, and each moment of it leads to a sweep of that moment', () => {
    const lane: Lane = { kind: 'sweeps' }
    const rows = [...ranges.kind.keys()].filter((i) => ranges.kind[i] === SWEEP)
    expect(timeline.hasSweeps).toBe(rows.length > 0)
    const asRange = (i: number) => [ranges.from[i] - started, ranges.to[i] - started] as const
    /** Nanoseconds that any of them covers. */
    const union = (spans: (readonly [number, number])[]) => {
      let [sum, until] = [0, Number.NEGATIVE_INFINITY]
      for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
        sum += Math.max(0, to - Math.max(from, until))
        until = Math.max(until, to)
      }
      return sum
    }
    const around = rows.map((i) => {
      const [from, to] = asRange(i)
      return { from: from - 1, to: to + 1, parts: 64 }
    })
    for (const window of [...asked, ...around]) {
      const { from, to, row } = spansOf(lane, window)
      // Those that were put together fill whole parts.
      const alone = [...row.keys()].filter((i) => row[i] >= 0)
      for (const [n, i] of alone.entries()) {
        expect(rows).toContain(row[i])
        if (n > 0) expect(from[i]).toBeGreaterThanOrEqual(to[alone[n - 1] as number])
      }
    }
    // So near that none is put together with others.
    for (const window of around.slice(0, 200)) {
      const { from, to, row } = spansOf(lane, { ...window, parts: MOST_PARTS })
      const within = (spans: (readonly [number, number])[]) =>
        union(
          spans.map(([a, b]) => [Math.max(a, window.from), Math.min(b, window.to)] as const).filter(([a, b]) => a < b),
        )
      const shown = within(Array.from(from, (a, i) => [a, to[i] as number] as const))
      if (row.every((i) => i >= 0)) expect(shown).toBeCloseTo(within(rows.map(asRange)), 3)
    }
    for (const i of rows) {
      const [from, to] = asRange(i)
      const found = windows.at(lane, (from + to) / 2)
      const [begins, ends] = asRange(found)
      expect(begins <= (from + to) / 2 && (from + to) / 2 <= ends).toBe(true)
      const step = windows.beside(lane, 'range', found)
      if (step && step.before >= 0) expect(ranges.from[step.before]).toBeLessThanOrEqual(ranges.from[found])
    }
  })

  it('the heap is the largest value of each part', () => {
    const window = { from: begin, to: end, parts: 50 }
    const [answer] = windows.answer({ ...window, lanes: [{ kind: 'heap' }] }).lanes
    if (!answer || !('line' in answer)) throw new Error('no line')
    const known = [...answer.line.heap].filter((value) => !Number.isNaN(value))
    const sizes = [...trace.metrics.value].filter((_, i) => trace.metrics.kind[i] === HEAP)
    if (sizes.length > 0) expect(Math.max(...known)).toBe(Math.max(...sizes))
    else expect(known).toEqual([])
    // Of each part: what held when it began, and what was measured in it.
    const part = size / window.parts
    const times = [...trace.metrics.time.keys()].filter((i) => trace.metrics.kind[i] === HEAP)
    for (const [p, value] of answer.line.heap.entries()) {
      const [from, to] = [begin + p * part, begin + (p + 1) * part].map((time) => time + started)
      const before = times.filter((i) => trace.metrics.time[i] < from).slice(-1)
      const during = times.filter((i) => trace.metrics.time[i] >= from && trace.metrics.time[i] < to)
      const most = Math.max(...[...before, ...during].map((i) => trace.metrics.value[i]))
      if (before.length + during.length > 0) expect(value).toBe(most)
      else expect(value).toBeNaN()
    }
  })

  it('lanes of ranges are stepped through as those of goroutines, the nearest first', () => {
    for (const [kind, is] of [
      ['collections', GC],
      ['pauses', PAUSE],
    ] as const) {
      const lane: Lane = { kind }
      const rows = [...ranges.kind.keys()]
        .filter((i) => ranges.kind[i] === is)
        .sort((a, b) => ranges.from[a] - ranges.from[b])
      for (const [i, row] of rows.entries()) {
        expect(windows.beside(lane, 'range', row)).toEqual({ before: rows[i - 1] ?? -1, after: rows[i + 1] ?? -1 })
        expect(windows.at(lane, (ranges.from[row] + ranges.to[row]) / 2 - started)).toBe(row)
        const next = rows[i + 1]
        if (next === undefined) continue
        const gap = ranges.from[next] - ranges.to[row]
        expect(windows.at(lane, ranges.to[row] - started + gap * 0.4)).toBe(row)
        expect(windows.at(lane, ranges.to[row] - started + gap * 0.6)).toBe(next)
      }
      expect(windows.at(lane, end + 1)).toBe(rows.at(-1) ?? -1)
      expect(windows.beside(lane, 'range', ranges.length)).toBeNull()
    }
    expect(windows.at({ kind: 'member', of: 'goroutines', group: 1e8, member: 1e8 }, 0)).toBe(-1)
    expect(windows.at({ kind: 'processor', row: 999999 }, 0)).toBe(-1)
    expect(windows.at({ kind: 'group', of: 'goroutines', group: 0 }, 0)).toBe(-1)
  })

  it('the interval at a time is the one that goes on then', () => {
    for (let member = 0; member < timeline.goroutines.member.length; member += 7) {
      const group = timeline.goroutines.start.findIndex((start) => start > member) - 1
      const lane: Lane = { kind: 'member', of: 'goroutines', group, member }
      const goroutine = timeline.goroutines.member[member]
      for (const share of [0.1, 0.5, 0.93]) {
        const time = begin + size * share
        const found = [...intervals.goroutine.keys()].find(
          (i) =>
            intervals.goroutine[i] === goroutine &&
            intervals.from[i] <= time + started &&
            time + started < intervals.to[i],
        )
        expect(windows.intervalAt(goroutine, time)).toBe(found ?? -1)
        if (found === undefined) continue
        expect(windows.at(lane, time)).toBe(found)
        const { before, after } = windows.beside(lane, 'interval', found) ?? { before: -1, after: -1 }
        if (before >= 0) expect(intervals.to[before]).toBe(intervals.from[found])
        if (after >= 0) expect(intervals.from[after]).toBe(intervals.to[found])
      }
    }
  })
})
