/** The page's side of an engine, against a worker that answers when the test says so. */
import { describe, expect, it } from 'vitest'
import { EngineClient, EngineFailure, type EngineWorker } from './client.ts'
import type { ToEngine } from './protocol.ts'

class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null
  onmessageerror: (() => void) | null = null
  readonly sent: ToEngine[] = []
  ended = false

  postMessage(message: ToEngine): void {
    this.sent.push(message)
  }

  terminate(): void {
    this.ended = true
  }

  /** Answers the request that was sent nth. */
  answer(n: number, value: unknown): void {
    this.onmessage?.({ data: { id: this.sent[n]?.id, ok: true, value } })
  }

  fail(n: number): void {
    const error = { code: 'internal', message: 'no', facts: {} }
    this.onmessage?.({ data: { id: this.sent[n]?.id, ok: false, error } })
  }
}

function started() {
  const worker = new FakeWorker()
  return { worker, client: new EngineClient(worker as unknown as EngineWorker) }
}

const functions = { sampleType: 0 }
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (thrown) => (thrown instanceof EngineFailure ? thrown.error.code : String(thrown)),
  )

describe('an engine client', () => {
  it('answers two askers of the same call, each with its own answer', async () => {
    const { worker, client } = started()
    const one = client.call('functions', functions)
    const two = client.call('functions', functions)
    worker.answer(1, 'second')
    worker.answer(0, 'first')
    expect(await one).toBe('first')
    expect(await two).toBe('second')
  })

  it('keeps what waits back, so that a request that is given up is never made', async () => {
    const { worker, client } = started()
    const given = new AbortController()
    const asked = [1, 2, 3, 4].map((n) =>
      client.call('functions', { sampleType: n }, n === 3 ? { signal: given.signal } : {}),
    )
    const codes = asked.map(codeOf)
    expect(worker.sent).toHaveLength(2)
    given.abort()
    expect(await codes[2]).toBe('cancelled')
    worker.answer(0, null)
    worker.answer(1, null)
    expect(worker.sent.map(({ args }) => (args as { sampleType: number }).sampleType)).toEqual([1, 2, 4])
    worker.answer(2, null)
    expect(await Promise.all(codes)).toEqual(['resolved', 'resolved', 'cancelled', 'resolved'])
  })

  it('drops the answer of a request that was given up while the engine was at it, and goes on', async () => {
    const { worker, client } = started()
    const given = new AbortController()
    const lost = codeOf(client.call('functions', functions, { signal: given.signal }))
    client.call('functions', functions)
    const last = client.call('functions', functions)
    given.abort()
    expect(await lost).toBe('cancelled')
    expect(worker.sent).toHaveLength(2)
    worker.answer(0, 'late')
    expect(worker.sent).toHaveLength(3)
    worker.answer(2, 'last')
    expect(await last).toBe('last')
  })

  it('rejects what is aborted before it is asked', async () => {
    const { worker, client } = started()
    expect(await codeOf(client.call('functions', functions, { signal: AbortSignal.abort() }))).toBe('cancelled')
    expect(worker.sent).toEqual([])
  })

  it('tells one failure from another request', async () => {
    const { worker, client } = started()
    const codes = [client.call('functions', functions), client.call('functions', functions)].map(codeOf)
    worker.fail(0)
    worker.answer(1, null)
    expect(await Promise.all(codes)).toEqual(['internal', 'resolved'])
  })

  it('passes progress on while the request is pending, and no longer', async () => {
    const { worker, client } = started()
    const seen: number[] = []
    const open = client.call(
      'open',
      { sources: [{ name: 'x', file: new Blob() }], kind: null },
      { onProgress: ({ share }) => seen.push(share) },
    )
    const id = worker.sent[0]?.id
    worker.onmessage?.({ data: { id, progress: { stage: 'decode', share: 0.5, bytes: 1, totalBytes: 2 } } })
    worker.answer(0, 'done')
    worker.onmessage?.({ data: { id, progress: { stage: 'decode', share: 0.9, bytes: 1, totalBytes: 2 } } })
    expect(await open).toBe('done')
    expect(seen).toEqual([0.5])
  })

  it('ends with a crash: all that was asked rejects, whoever listens is told, and what is asked later rejects too', async () => {
    const { worker, client } = started()
    const told: string[] = []
    client.onCrash = (error) => told.push(error.code)
    const codes = [1, 2, 3].map((n) => codeOf(client.call('functions', { sampleType: n })))
    worker.onerror?.({ message: 'out of memory', preventDefault: () => undefined })
    expect(await Promise.all(codes)).toEqual(['crashed', 'crashed', 'crashed'])
    expect([told, worker.ended]).toEqual([['crashed'], true])
    expect(await codeOf(client.call('functions', functions))).toBe('crashed')
  })

  it('is cancelled as a whole when it is disposed of', async () => {
    const { worker, client } = started()
    const codes = [1, 2, 3].map((n) => codeOf(client.call('functions', { sampleType: n })))
    client.dispose()
    expect(await Promise.all(codes)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(worker.ended).toBe(true)
  })
})

describe('requests that are behind', () => {
  it('are made once nothing else is asked, and answered all the same', async () => {
    const { worker, client } = started()
    const calls = () => worker.sent.map(({ call }) => call)
    const all = [
      client.call('zones', functions, { behind: true }),
      client.call('functions', functions, { behind: true }),
      client.call('where', functions, { behind: true }),
      client.call('search', { sampleType: 0, order: 'size', text: 'a' }),
    ]
    expect(calls()).toEqual(['zones', 'functions'])
    worker.answer(0, 1)
    expect(calls()).toEqual(['zones', 'functions', 'search'])
    worker.answer(1, 2)
    worker.answer(2, 4)
    worker.answer(3, 3)
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
  })
})
