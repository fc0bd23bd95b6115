/** What is said of made traces is counted a second time, moment by moment, from their tables. */
import { expect, it } from 'vitest'
import { madeTrace } from '../../../testing/made-trace.ts'
import { TraceReader } from '../read.ts'
import { ASSIST, IDLE, PAUSE, RUNNABLE, type Trace, WAITING } from '../trace.ts'
import { answersOf } from './answers.ts'

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

it('blocks add up to all waits and system calls of the program, by place and reason', () => {
  const trace = made(7)
  const { blocks, states } = answersOf(trace)
  const total = (rows: readonly { totalNs: number }[]) => rows.reduce((sum, { totalNs }) => sum + totalNs, 0)
  expect(total(blocks)).toBe(total(states.filter(({ state }) => state === 'waiting' || state === 'syscall')))
  expect(blocks.some(({ place }) => place === 'main.work (main.go:3)')).toBe(true)
  const open = rowsOf(trace.intervals).filter((i) => trace.goroutines[trace.intervals.goroutine[i]].open === i)
  const waits = open.filter((i) => trace.intervals.state[i] === WAITING).length
  const waiting = blocks.filter(({ reason }) => reason !== 'syscall').reduce((sum, row) => sum + row.open, 0)
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
