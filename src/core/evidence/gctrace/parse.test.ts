import { describe, expect, it } from 'vitest'
import { gcLine } from '../../../testing/gc-lines.ts'
import { cycleAt } from './cycles.ts'
import { gctrace } from './index.ts'
import { GcReader } from './parse.ts'

function read(lines: readonly string[]) {
  const reader = new GcReader()
  const taken = lines.map((line, i) => reader.line(line, i + 1))
  return { table: reader.end(), taken }
}

const line = gcLine({ number: 7, seconds: 1.5, live: 12, start: 14, end: 15, goal: 16, assist: 0.25 }, 0)

describe('the reader of GC logs', () => {
  it.each([
    ['a container', `api-1  | ${line}`],
    ['a time', `2026-11-22T07:11:34.123Z ${line}`],
    ['journald', `Nov 22 07:11:34 host ingest[123]: ${line}`],
    ['text glued to it', `listening on :8080${line}2026/11/22 done`],
    ['JSON', JSON.stringify({ log: `${line}\n`, stream: 'stderr' })],
    ['JSON of Go', JSON.stringify({ msg: line }).replaceAll('>', '\\u003e')],
  ])('finds a cycle behind %s', (_, text) => {
    const { table, taken } = read([text])
    expect(taken).toEqual([true])
    const cycle = table && cycleAt(table.cycles, 0)
    expect(cycle).toMatchObject({
      number: 7,
      seconds: 1.5,
      start: 14,
      end: 15,
      live: 12,
      goal: 16,
      assist: 0.25,
      procs: 2,
    })
  })

  it('reads what older and newer versions write', () => {
    const old = line.replace(/, 0 MB stacks, 0 MB globals/, '')
    const leaks = line.replace('%: ', '% (checking for goroutine leaks): ')
    const { table } = read([old, leaks])
    expect(table?.cycles.leakCheck).toEqual(Int32Array.of(0, 1))
    expect(table?.cycles.procs).toEqual(Int32Array.of(2, 2))
  })

  it('finds several in one line', () => {
    expect(read([`${gcLine({}, 0)} ${gcLine({}, 1)}`]).table?.cycles.number).toEqual(Int32Array.of(1, 2))
  })

  it('counts lines that break off, and leaves alone what only looks alike', () => {
    const { table, taken } = read([line, line.slice(0, 40), 'gc is on', 'took 5 ms clock, all in all'])
    expect(taken).toEqual([true, true, false, false])
    expect(table?.broken).toBe(1)
  })

  it('tells a process that began anew from the one before', () => {
    const lines = [0, 1, 2, 0, 1, 2, 3].map((i) => gcLine({}, i))
    const { runs } = gctrace.join([{ name: 'log', table: must(read(lines).table) }]).info
    expect(runs.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 7],
    ])
  })

  it('tells two processes apart that write into one log', () => {
    const of = (offset: number, count: number) =>
      Array.from({ length: count }, (_, i) => gcLine({ seconds: offset + i }, i))
    const [a, b] = [of(0.5, 30), of(100, 30)]
    const mixed = a.flatMap((text, i) => [text, ...(b[i] === undefined ? [] : [b[i]])])
    const { runs } = gctrace.join([{ name: 'log', table: must(read(mixed).table) }]).info
    expect(runs.map(({ from, to }) => to - from)).toEqual([30, 30])
  })

  it('tells when a process began, from the times of its log', () => {
    const { table } = read([
      `2026-11-22T07:11:34.500Z ${gcLine({ seconds: 1.5, sweepTerm: 0, mark: 0, markTerm: 0 }, 0)}`,
    ])
    expect(table?.began).toEqual([Date.UTC(2026, 10, 22, 7, 11, 33)])
  })
})

function must<T>(value: T | null): T {
  if (value === null) throw new Error('nothing was found')
  return value
}
