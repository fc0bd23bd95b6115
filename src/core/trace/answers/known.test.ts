/** A trace made by hand, in which everything that can be said is known. */
import { expect, it } from 'vitest'
import { TraceBuilder } from '../builder.ts'
import { ASSIST, BUSY, IDLE, PAUSE, PROCESSORS, REGION, RUNNABLE, RUNNING, SYSCALL, TASK, WAITING } from '../trace.ts'
import { answersOf } from './answers.ts'

/**
 * Three goroutines on two processors. main holds a lock for which two workers wait (100 to 400, 200 to 500); the second
 * one can run from 500 on, meets a pause (600 to 650), and runs at 700, though processor 1 has nothing to do since 520.
 */
function known() {
  const out = new TraceBuilder()
  const { names } = out
  const stackOf = (...functions: [name: string, line: number][]) =>
    names.stack(
      functions.map(([name, line], i) =>
        names.frame({ pc: line * 10 + i, func: names.text(name), file: names.text('/src/main.go'), line }),
      ),
    )
  const main = stackOf(['main.main', 5])
  const locks = stackOf(['sync.(*Mutex).Lock', 1], ['main.worker', 20], ['main.start', 9])
  const unlocks = stackOf(['sync.(*Mutex).Unlock', 2], ['main.main', 30])
  const workerUnlocks = stackOf(['sync.(*Mutex).Unlock', 2], ['main.worker', 22], ['main.start', 9])
  const begins = stackOf(['main.start', 1])
  const reads = stackOf(['syscall.read', 3], ['main.worker', 25], ['main.start', 9])
  const allocates = stackOf(['runtime.mallocgc', 4], ['main.worker', 26], ['main.start', 9])
  const sync = names.text('sync')
  const at = (time: number) => {
    out.now = time - 1
    out.at(time)
  }
  out.synced(0)
  at(10)
  out.metric(PROCESSORS, 2)
  const first = out.appear(1, false, -1, 0, 0)
  out.named(first, main)
  out.processorIs(0, BUSY)
  out.processorIs(1, BUSY)
  out.enter(first, RUNNING, 0, 0, 0, -1)
  const workers = [2, 3].map((id, i) => {
    at(20 + i)
    const row = out.appear(id, true, first, main, begins)
    out.named(row, begins)
    out.enter(row, RUNNABLE, 0, main, -1, first)
    return row
  })
  const [a, b] = workers
  at(50)
  out.enter(a, RUNNING, 0, 0, 1, -1)
  const task = out.begin(TASK, { goroutine: a, name: names.text('order'), task: 7, stack: begins })
  at(100)
  out.enter(a, WAITING, sync, locks, -1, -1)
  at(110)
  out.enter(b, RUNNING, 0, 0, 1, -1)
  at(200)
  out.enter(b, WAITING, sync, locks, -1, -1)
  at(400)
  out.enter(a, RUNNABLE, 0, unlocks, -1, first)
  at(420)
  out.enter(a, RUNNING, 0, 0, 1, -1)
  at(450)
  const region = out.begin(REGION, { goroutine: a, name: names.text('save'), task: 7, stack: begins })
  at(500)
  out.enter(b, RUNNABLE, 0, workerUnlocks, -1, a)
  at(510)
  out.enter(a, SYSCALL, 0, reads, 1, -1)
  at(520)
  out.processorIs(1, IDLE)
  at(600)
  const pause = out.begin(PAUSE, { name: names.text('GC mark termination'), goroutine: first, stack: main })
  at(650)
  out.finishRange(pause)
  at(700)
  out.processorIs(1, BUSY)
  out.enter(b, RUNNING, 0, 0, 1, -1)
  at(710)
  out.enter(a, RUNNABLE, 0, 0, -1, -1)
  at(760)
  out.enter(b, WAITING, names.text('chan receive'), begins, -1, -1)
  at(770)
  out.enter(a, RUNNING, 0, 0, 1, -1)
  at(780)
  const assist = out.begin(ASSIST, { goroutine: a, stack: allocates })
  out.log({ goroutine: a, task: 7, key: 0, value: 0, stack: 0 })
  at(800)
  out.finishRange(assist)
  at(900)
  out.finishRange(region)
  out.finishRange(task)
  at(910)
  out.end(a)
  at(1000)
  return out.finish(26, 0, null)
}

const trace = known()

it('says who waited for a lock, how many at once, and who held it', () => {
  expect(answersOf(trace).contended).toEqual([
    expect.objectContaining({
      resource: 'lock',
      reason: 'sync',
      place: 'main.worker (main.go:20)',
      goroutines: 2,
      most: 2,
      mostAtNs: 190,
      count: 2,
      totalNs: 600,
      p50Ns: 300,
      worstNs: 300,
      wokenBy: [
        { function: 'main.main', place: 'main.main (main.go:30)', count: 1, totalNs: 300 },
        { function: 'main.start', place: 'main.worker (main.go:22)', count: 1, totalNs: 300 },
      ],
    }),
  ])
})

it('says how long goroutines could run and did not, why, and since what', () => {
  expect(answersOf(trace).latency).toEqual([
    expect.objectContaining({
      function: 'main.start',
      // 20 to 50, 21 to 110, 400 to 420, 500 to 700, 710 to 770.
      count: 5,
      totalNs: 30 + 89 + 20 + 200 + 60,
      worstNs: 200,
      worst: expect.objectContaining({ goroutine: 3, row: 2, atNs: 490, ns: 200 }),
      pausedNs: 50,
      idleNs: 80 + 50,
      busyNs: 30 + 89 + 20 + 20 + 60,
      causes: { created: 119, woken: 220, polled: 0, stopped: 0, syscall: 60, before: 0 },
      ranNs: 50 + 90 + 90 + 60 + 140,
    }),
  ])
  expect(answersOf(trace).idle).toMatchObject({
    wallNs: 130,
    processorNs: 130,
    longestNs: 80,
    longestAtNs: 510,
    longest: [
      { goroutine: 3, atNs: 510, ns: 80 },
      { goroutine: 3, atNs: 640, ns: 50 },
    ],
  })
})

it('says whom the pause and the assist met', () => {
  const { heldUp, pauses, collector } = answersOf(trace)
  expect(pauses).toEqual([expect.objectContaining({ kind: 'GC mark termination', place: '', count: 1, totalNs: 50 })])
  expect(heldUp).toEqual([
    expect.objectContaining({
      by: 'pause',
      kind: 'GC mark termination',
      function: 'main.start',
      place: '',
      goroutines: 1,
      count: 1,
      totalNs: 50,
      worst: expect.objectContaining({ goroutine: 3, atNs: 590, ns: 50 }),
    }),
    expect.objectContaining({ by: 'assist', place: 'main.worker (main.go:26)', count: 1, totalNs: 20 }),
  ])
  expect(collector).toEqual({
    cycles: 0,
    markNs: 0,
    pausedNs: 50,
    workersNs: 0,
    idleWorkersNs: 0,
    assistsNs: 20,
    sweepNs: 0,
    stoppedNs: 100,
    processorNs: 990 * 2 + 2,
    processors: 2,
    share: 120 / 1982,
  })
})

it('says what a task and a region were made of', () => {
  const [task, region] = answersOf(trace).annotated
  expect(task).toMatchObject({ kind: 'task', name: 'order', count: 1, totalNs: 850, logs: 1, open: 0 })
  expect(task.parts).toEqual({
    runningNs: 50 + 90 + 10 + 100,
    runnableNs: 20 + 60,
    syscallNs: 200,
    assistNs: 20,
    blocked: [{ reason: 'sync', ns: 300 }],
    endedNs: 0,
  })
  expect(region).toMatchObject({ kind: 'region', name: 'save', place: 'main.start (main.go:1)', totalNs: 450 })
  expect(region.parts).toEqual({
    runningNs: 60 + 10 + 100,
    runnableNs: 60,
    syscallNs: 200,
    assistNs: 20,
    blocked: [],
    endedNs: 0,
  })
  expect(region.histogram).toEqual([{ fromNs: 200, toNs: 500, count: 1 }])
})

it('says what never ended, what system calls took, and what of all this lies in a range', () => {
  const { neverEnded, syscalls, storms } = answersOf(trace)
  expect(neverEnded).toEqual([
    expect.objectContaining({
      function: 'main.start',
      creator: 'main.main',
      place: 'main.main (main.go:5)',
      count: 1,
      state: 'chan receive',
      at: 'main.start (main.go:1)',
    }),
  ])
  expect(syscalls).toEqual([
    expect.objectContaining({ place: 'main.worker (main.go:25)', count: 1, totalNs: 200, lost: 1 }),
  ])
  expect(storms).toEqual([])
  const part = answersOf(trace, { from: 300, to: 620 })
  expect(part).toMatchObject({ fromNs: 290, durationNs: 320 })
  expect(part.contended[0]).toMatchObject({ count: 2, totalNs: 300, most: 2, mostAtNs: 290 })
  expect(part.heldUp).toEqual([expect.objectContaining({ by: 'pause', totalNs: 20 })])
  expect(part.latency[0]).toMatchObject({ count: 2, totalNs: 140, pausedNs: 20, idleNs: 80 })
  expect(part.annotated.map(({ name, totalNs }) => [name, totalNs])).toEqual([
    ['order', 320],
    ['save', 170],
  ])
})
