import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { EngineFailure } from './failure.ts'
import { LeftoverTime } from './leftover-time.ts'

/** Milliseconds that steps have taken, on top of what faked timers say. */
let clock = 0

beforeEach(() => {
  vi.useFakeTimers()
  clock = 0
  const fake = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => fake() + clock)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Steps of so many milliseconds, which write down when they began. */
function* steps(began: number[], ms: number, count: number): Generator<undefined, string> {
  for (let i = 0; i < count; i++) {
    began.push(performance.now())
    clock += ms
    yield
  }
  return 'all'
}

it('does short work at once, whoever asks', async () => {
  const time = new LeftoverTime()
  const began: number[] = []
  time.note()
  const done = time.run(steps(began, 10, 5))
  await vi.advanceTimersByTimeAsync(20)
  expect(await done).toBe('all')
  expect(began).toHaveLength(5)
})

it('does long work when nothing was asked for a while', async () => {
  const time = new LeftoverTime()
  const began: number[] = []
  const done = time.run(steps(began, 500, 3))
  setTimeout(() => time.note())
  await vi.advanceTimersByTimeAsync(1)
  // One question came during the first step; then the page asks the next one 60 ms after each answer.
  for (let i = 0; i < 10; i++) {
    time.note()
    await vi.advanceTimersByTimeAsync(60)
  }
  time.note()
  expect(began).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(99)
  expect(began).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(10)
  expect(await done).toBe('all')
})

it('gives up what was asked before: its place among the requests of the page is free at once', async () => {
  const time = new LeftoverTime()
  const [first, second]: [number[], number[]] = [[], []]
  const before = time.run(steps(first, 500, 9)).catch(({ error }: EngineFailure) => error.code)
  await vi.advanceTimersByTimeAsync(1)
  const done = time.run(steps(second, 500, 3))
  await vi.advanceTimersByTimeAsync(10)
  expect(await before).toBe('cancelled')
  expect(await done).toBe('all')
  expect(first.length).toBeLessThan(3)
})

it('comes to an end beside who asks all the time', async () => {
  const time = new LeftoverTime()
  const began: number[] = []
  const done = time.run(steps(began, 500, 3))
  for (let i = 0; i < 200; i++) {
    await vi.advanceTimersByTimeAsync(50)
    time.note()
  }
  expect(await done).toBe('all')
  expect(began).toHaveLength(3)
})
