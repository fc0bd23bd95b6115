import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { around, clampWindow, panned, zoomed } from './camera.ts'
import { type Lane, laneKey, parseLaneKey } from './lane.ts'
import type { Groups, Timeline } from './lanes.ts'
import { TimelineRows } from './rows.ts'
import { timeText } from './time-text.ts'

const groups = (sizes: number[]): Groups => {
  const start = Int32Array.from([0, ...sizes.map((_, i) => sizes.slice(0, i + 1).reduce((a, b) => a + b, 0))])
  const count = start[sizes.length]
  return {
    name: sizes.map((_, i) => `main.f${i}`),
    start,
    // Rows of goroutines in another order than that of members.
    member: Int32Array.from({ length: count }, (_, i) => count - 1 - i),
    id: Float64Array.from({ length: count }, (_, i) => i + 1),
  }
}

const timeline = (goroutines: number[], tasks: number[], regions: number[], processors: number): Timeline => ({
  begin: 0,
  end: 1e9,
  processors: Int32Array.from({ length: processors }, (_, i) => i),
  hasSweeps: tasks.length % 2 === 1,
  hasAssists: goroutines.length % 2 === 0,
  hasHeap: true,
  goroutines: groups(goroutines),
  tasks: groups(tasks),
  regions: groups(regions),
  pauses: { from: new Float64Array(0), to: new Float64Array(0) },
  names: [''],
  intervals: 0,
  logs: 0,
})

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 })
const made = fc.record({ goroutines: sizes, tasks: sizes, regions: sizes, processors: fc.integer({ min: 1, max: 9 }) })
const heights = { lane: 20, chart: 46, head: 26 }

describe('rows of lanes', () => {
  it('lie below each other, and are found by their lane, their height and their neighbours', () => {
    fc.assert(
      fc.property(made, fc.integer(), ({ goroutines, tasks, regions, processors }, open) => {
        const of = timeline(goroutines, tasks, regions, processors)
        const rows = new TimelineRows(of, (_, group) => ((open >> group) & 1) === 1, heights)
        const all = rows.within(0, rows.height)
        let end = 0
        for (const row of all) {
          expect(row.top).toBeGreaterThanOrEqual(end)
          end = row.top + row.height
          expect(rows.find(row.lane)).toEqual(row)
          expect(rows.at(row.top + row.height / 2)).toEqual(row)
          expect(parseLaneKey(laneKey(row.lane))).toEqual(row.lane)
        }
        expect(end).toBe(rows.height)
        const keys = all.map(({ lane }) => laneKey(lane))
        expect(new Set(keys).size).toBe(keys.length)
        for (const [i, { lane }] of all.entries()) {
          expect(laneKey(rows.beside(lane, 1)?.lane as Lane)).toBe(keys[Math.min(i + 1, keys.length - 1)])
          expect(laneKey(rows.beside(lane, -1)?.lane as Lane)).toBe(keys[Math.max(i - 1, 0)])
        }
      }),
    )
  })

  it('a goroutine is found in its group, and groups can be left out by name', () => {
    const of = timeline([2, 3], [], [], 1)
    const rows = new TimelineRows(
      of,
      () => true,
      heights,
      (name) => name === 'main.f1',
    )
    expect(rows.laneOf(0)).toEqual({ kind: 'member', of: 'goroutines', group: 1, member: 4 })
    expect(rows.laneOf(4)).toEqual({ kind: 'member', of: 'goroutines', group: 0, member: 0 })
    expect(rows.laneOf(9)).toBeNull()
    const names = rows.within(0, rows.height).flatMap(({ lane }) => (lane.kind === 'group' ? [lane.group] : []))
    expect(names).toEqual([1])
  })

  it('no other text is a lane', () => {
    for (const text of ['', 'p', 'p-1', 'goroutines', 'goroutines1/', 'heap1', 'constructor', 'tasks1/2/3'])
      expect(parseLaneKey(text)).toBeNull()
  })
})

describe('the part in view', () => {
  const all = { from: -500, to: 1e9 }
  const times = fc.double({ min: -2e9, max: 3e9, noNaN: true })

  it('never leaves the trace, nor is it finer than can be seen', () => {
    fc.assert(
      fc.property(times, times, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, factor) => {
        for (const window of [
          { from: a, to: b },
          zoomed({ from: a, to: b }, factor, 0.3),
          panned({ from: a, to: b }, factor - 1),
          around({ from: a, to: b }),
        ]) {
          const { from, to } = clampWindow(window, all)
          expect(from).toBeGreaterThanOrEqual(all.from)
          expect(to).toBeLessThanOrEqual(all.to + 1e-3)
          expect(to - from).toBeGreaterThanOrEqual(99.999)
        }
      }),
    )
  })

  it('keeps the time that it is zoomed at', () => {
    const { from, to } = zoomed({ from: 100, to: 300 }, 4, 0.25)
    expect(from + (to - from) * 0.25).toBeCloseTo(150)
    expect(to - from).toBeCloseTo(50)
  })
})

it('times have as many digits as are needed to tell them apart', () => {
  expect(timeText(106_298_450, 1000)).toBe('106.298 ms')
  expect(timeText(106_298_450, 10_000_000)).toBe('106 ms')
  expect(timeText(1_234_567_891, 1)).toBe('1.234567891 s')
  expect(timeText(0, 1)).toBe('0 s')
  expect(timeText(999, 0.1)).toBe('999 ns')
})
