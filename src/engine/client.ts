/**
 * The page's side of an engine: one worker per opened document. A request that nobody waits for any more is given up by
 * its id; what the worker is at ends only with the worker.
 */
import { EngineFailure } from './failure.ts'
import type { EngineCall, EngineCalls, EngineError, FromEngine, Progress, ToEngine, WarmUp } from './protocol.ts'

export { EngineFailure } from './failure.ts'

interface Pending {
  message: ToEngine
  resolve: (value: never) => void
  reject: (error: EngineFailure) => void
  onProgress?: (p: Progress) => void
  behind: boolean
}

export interface RequestOptions {
  onProgress?: (p: Progress) => void
  /** Aborting gives the request up: it rejects with code 'cancelled' and, unless the engine is at it, is never made. */
  signal?: AbortSignal
  /** It waits until nothing else is asked: of what stands beside the picture, which should not wait for it. */
  behind?: boolean
}

/** A worker that runs worker.ts, or what stands for one in tests. */
export type EngineWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>

export const spawnEngine = (): EngineWorker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' })

/** Makes engines, one of them ahead of need, so that the first document does not wait for a worker to load. */
export class EnginePool {
  private readonly spawn: () => EngineWorker
  private spare: EngineWorker | null = null

  constructor(spawn: () => EngineWorker) {
    this.spawn = spawn
  }

  /** Starts the worker of the next engine. idle: it has time to warm up. */
  prewarm(idle: boolean): void {
    if (this.spare) return
    this.spare = this.spawn()
    if (idle) this.spare.postMessage('warm up' satisfies WarmUp)
  }

  take(): EngineClient {
    const worker = this.spare ?? this.spawn()
    this.spare = null
    return new EngineClient(worker)
  }

  dispose(): void {
    this.spare?.terminate()
    this.spare = null
  }
}

const cancelled = () => new EngineFailure({ code: 'cancelled', message: 'Cancelled.', facts: {} })

/** Requests that the worker has at a time: the one that it is at and the next, so that it need not wait for the page. */
const IN_FLIGHT = 2

export class EngineClient {
  onCrash: ((error: EngineError) => void) | null = null
  private readonly worker: EngineWorker
  /** By id: what was asked and not answered yet, in the order of asking. */
  private readonly pending = new Map<number, Pending>()
  /** Ids that were sent to the worker, those of requests that were given up since included. */
  private readonly sent = new Set<number>()
  private nextId = 1
  private over: EngineError | null = null

  constructor(worker: EngineWorker) {
    this.worker = worker
    this.worker.onmessage = ({ data }: MessageEvent<FromEngine>) => this.receive(data)
    this.worker.onerror = (event) => {
      event.preventDefault()
      this.crash(event.message)
    }
    this.worker.onmessageerror = () => this.crash('A message could not be read.')
  }

  /** Asks the engine; requests are answered in the order of asking, those that are behind after all others. Rejects with an EngineFailure. */
  call<C extends EngineCall>(
    call: C,
    args: EngineCalls[C]['args'],
    { onProgress, signal, behind = false }: RequestOptions = {},
  ): Promise<EngineCalls[C]['answer']> {
    // Name and arguments belong together by the type of the call.
    const message = { id: this.nextId++, call, args } as ToEngine
    return new Promise((resolve, reject) => {
      if (this.over || signal?.aborted) {
        reject(this.over ? new EngineFailure(this.over) : cancelled())
        return
      }
      this.pending.set(message.id, { message, resolve, reject, onProgress, behind })
      signal?.addEventListener('abort', () => this.cancel(message.id), { once: true })
      this.sendNext()
    })
  }

  /** Ends the worker. Whatever was asked rejects with code 'cancelled'. */
  dispose(): void {
    this.end({ code: 'cancelled', message: 'Cancelled.', facts: {} })
  }

  private cancel(id: number): void {
    this.settle(id)?.reject(cancelled())
  }

  private sendNext(): void {
    for (const turn of [false, true]) {
      for (const [id, { message, behind }] of this.pending) {
        if (this.sent.size === IN_FLIGHT) return
        if (behind !== turn || this.sent.has(id)) continue
        this.sent.add(id)
        this.worker.postMessage(message)
      }
    }
  }

  private receive(message: FromEngine): void {
    if ('progress' in message) {
      this.pending.get(message.id)?.onProgress?.(message.progress)
      return
    }
    this.sent.delete(message.id)
    const request = this.settle(message.id)
    this.sendNext()
    if (!request) return
    if (message.ok) request.resolve(message.value as never)
    else request.reject(new EngineFailure(message.error))
  }

  private settle(id: number): Pending | undefined {
    const request = this.pending.get(id)
    this.pending.delete(id)
    return request
  }

  private crash(detail: string): void {
    const error: EngineError = { code: 'crashed', message: detail || 'The worker ended.', facts: {} }
    this.end(error)
    this.onCrash?.(error)
  }

  private end(error: EngineError): void {
    this.over = error
    this.worker.terminate()
    for (const request of this.pending.values()) request.reject(new EngineFailure(error))
    this.pending.clear()
    this.sent.clear()
  }
}
