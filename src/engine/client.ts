/**
 * The page's side of an engine: one worker per opened profile. Cancelling is killing the worker, which
 * works in the middle of anything; the other profiles have workers of their own.
 */
import { EngineFailure } from './failure.ts'
import type { EngineCall, EngineCalls, EngineError, FromEngine, Progress, ToEngine, WarmUp } from './protocol.ts'

export { EngineFailure } from './failure.ts'

interface Pending {
  call: EngineCall
  resolve: (value: never) => void
  reject: (error: EngineFailure) => void
  onProgress?: (p: Progress) => void
}

interface Queued {
  id: number
  message: ToEngine
}

const spawn = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' })

let spare: Worker | null = null

/** Starts a worker ahead of need, so that the first profile does not wait for one to load. idle: it has time to warm up. */
export function prewarm(idle: boolean): void {
  if (spare) return
  spare = spawn()
  if (idle) spare.postMessage('warm up' satisfies WarmUp)
}

const cancelled = () => new EngineFailure({ code: 'cancelled', message: 'Cancelled.', facts: {} })

export class EngineClient {
  onCrash: ((error: EngineError) => void) | null = null
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  /** The call of each name the engine is at, and the newest one that waits behind it. */
  private readonly running = new Map<EngineCall, number>()
  private readonly waiting = new Map<EngineCall, Queued>()
  private nextId = 1
  private over: EngineError | null = null

  constructor() {
    this.worker = spare ?? spawn()
    spare = null
    this.worker.onmessage = ({ data }: MessageEvent<FromEngine>) => this.receive(data)
    this.worker.onerror = (event) => {
      event.preventDefault()
      this.crash(event.message)
    }
    this.worker.onmessageerror = () => this.crash('A message could not be read.')
  }

  /**
   * Asks the engine. Per call name the latest wins: one that is overtaken while it waits rejects with
   * code 'cancelled'.
   */
  call<C extends EngineCall>(
    call: C,
    args: EngineCalls[C]['args'],
    onProgress?: (p: Progress) => void,
  ): Promise<EngineCalls[C]['answer']> {
    // Name and arguments belong together by the type of the call.
    const message = { id: this.nextId++, call, args } as ToEngine
    return new Promise((resolve, reject) => {
      if (this.over) {
        reject(new EngineFailure(this.over))
        return
      }
      this.pending.set(message.id, { call, resolve, reject, onProgress })
      if (!this.running.has(call)) {
        this.post(message)
        return
      }
      const overtaken = this.waiting.get(call)
      if (overtaken) this.settle(overtaken.id)?.reject(cancelled())
      this.waiting.set(call, { id: message.id, message })
    })
  }

  /** Ends the worker. Whatever was asked rejects with code 'cancelled'. */
  dispose(): void {
    this.end({ code: 'cancelled', message: 'Cancelled.', facts: {} })
  }

  private post(message: ToEngine): void {
    this.running.set(message.call, message.id)
    const transfer = message.call === 'open' && message.args.source instanceof ArrayBuffer ? [message.args.source] : []
    this.worker.postMessage(message, transfer)
  }

  private receive(message: FromEngine): void {
    if ('progress' in message) {
      this.pending.get(message.id)?.onProgress?.(message.progress)
      return
    }
    const request = this.settle(message.id)
    if (!request) return
    this.running.delete(request.call)
    const next = this.waiting.get(request.call)
    if (next) {
      this.waiting.delete(request.call)
      this.post(next.message)
    }
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
    this.running.clear()
    this.waiting.clear()
  }
}
