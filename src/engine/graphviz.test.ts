import { expect, it, vi } from 'vitest'
import { Graphviz, type GraphvizWorker } from './graphviz.ts'
import type { FromGraphviz, ToGraphviz } from './graphviz-protocol.ts'

class FakeWorker {
  onmessage: ((event: MessageEvent<FromGraphviz>) => void) | null = null
  onerror: ((event: ErrorEvent) => void) | null = null
  asked: ToGraphviz[] = []
  ended = false
  postMessage(message: ToGraphviz): void {
    this.asked.push(message)
  }
  terminate(): void {
    this.ended = true
  }
  answer(answer: FromGraphviz): void {
    this.onmessage?.({ data: answer } as MessageEvent<FromGraphviz>)
  }
}

function setUp() {
  const workers: FakeWorker[] = []
  const graphviz = new Graphviz(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as GraphvizWorker
  })
  return { graphviz, workers }
}

const LONG = 1_000_000

it('answers come from one worker, which is started ahead of need', async () => {
  const { graphviz, workers } = setUp()
  graphviz.warmUp()
  const laid = graphviz.layout('digraph{}', LONG)
  workers[0]?.answer({ id: workers[0].asked[0]?.id ?? 0, json: '{}' })
  expect(await laid).toBe('{}')
  const next = graphviz.layout('digraph{1}', LONG)
  workers[0]?.answer({ id: workers[0].asked[1]?.id ?? 0, json: '{"a":1}' })
  expect(await next).toBe('{"a":1}')
  expect(workers).toHaveLength(1)
})

it('a newer graph gives the older up, whose answer is nobody’s', async () => {
  const { graphviz, workers } = setUp()
  const first = graphviz.layout('digraph{1}', LONG)
  const second = graphviz.layout('digraph{2}', LONG)
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  const [one, two] = workers[0]?.asked ?? []
  workers[0]?.answer({ id: one?.id ?? 0, json: 'old' })
  workers[0]?.answer({ id: two?.id ?? 0, json: 'new' })
  expect(await second).toBe('new')
  expect(workers[0]?.ended).toBe(false)
})

it('an older graph that is refused, or whose worker dies, does not cost the newer one', async () => {
  const { graphviz, workers } = setUp()
  const first = graphviz.layout('digraph{1}', LONG)
  const second = graphviz.layout('digraph{2}', LONG)
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  const [one, two] = workers[0]?.asked ?? []
  workers[0]?.answer({ id: one?.id ?? 0, error: 'syntax error' })
  // A worker in which Graphviz failed is not asked again; the graph that waits behind it goes to another one.
  expect(workers[0]?.ended).toBe(true)
  expect(workers[1]?.asked).toEqual([two])
  workers[1]?.answer({ id: two?.id ?? 0, json: 'new' })
  expect(await second).toBe('new')
})

it('a worker that ended says nothing more', async () => {
  const { graphviz, workers } = setUp()
  const first = graphviz.layout('digraph{1}', LONG)
  graphviz.cancel()
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  const second = graphviz.layout('digraph{2}', LONG)
  workers[0]?.onerror?.({ message: 'late', preventDefault: () => undefined } as ErrorEvent)
  expect(workers[1]?.ended).toBe(false)
  workers[1]?.answer({ id: workers[1].asked[0]?.id ?? 0, json: '{}' })
  expect(await second).toBe('{}')
})

it('cancelling ends the worker, and the next graph gets another', async () => {
  const { graphviz, workers } = setUp()
  const first = graphviz.layout('digraph{1}', LONG)
  graphviz.cancel()
  await expect(first).rejects.toMatchObject({ reason: 'cancelled' })
  expect(workers[0]?.ended).toBe(true)
  const second = graphviz.layout('digraph{2}', LONG)
  workers[1]?.answer({ id: workers[1].asked[0]?.id ?? 0, json: '{}' })
  expect(await second).toBe('{}')
})

it('a graph that takes too long is given up with its worker', async () => {
  vi.useFakeTimers()
  const { graphviz, workers } = setUp()
  const laid = graphviz.layout('digraph{}', 5000)
  const late = expect(laid).rejects.toMatchObject({ reason: 'late' })
  vi.advanceTimersByTime(5000)
  await late
  expect(workers[0]?.ended).toBe(true)
  vi.useRealTimers()
})

it('a worker that cannot start or refuses the graph is said to have failed', async () => {
  const { graphviz, workers } = setUp()
  const first = graphviz.layout('digraph{', LONG)
  workers[0]?.answer({ id: workers[0].asked[0]?.id ?? 0, error: 'syntax error' })
  await expect(first).rejects.toMatchObject({ reason: 'failed', message: 'syntax error' })
  const second = graphviz.layout('digraph{}', LONG)
  workers[1]?.onerror?.({ message: '', preventDefault: () => undefined } as ErrorEvent)
  await expect(second).rejects.toMatchObject({ reason: 'failed' })
})
