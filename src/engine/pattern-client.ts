import type { PackedStrings } from '../core/model/strings.ts'
import { EngineFailure } from './failure.ts'
import type { FromPatternWorker, ToPatternWorker } from './protocol.ts'

/** A regular expression that has not answered by then is called runaway and killed. */
const PATIENCE_MS = 2000

/** Runs regular expressions over a profile's names in a worker that is thrown away when one runs away. */
export class PatternClient {
  private worker: Worker | null = null
  private current: { id: number; reject: (error: EngineFailure) => void; timer: ReturnType<typeof setTimeout> } | null =
    null
  private nextId = 1

  constructor(private readonly names: PackedStrings) {}

  /** 1 per function row. A newer call or stop() rejects this one with 'cancelled'. */
  match(pattern: string | RegExp): Promise<Uint8Array<ArrayBuffer>> {
    this.stop()
    const id = this.nextId++
    const worker = this.ready()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.current = null
        this.dispose()
        reject(failure('slow-pattern', `No answer after ${PATIENCE_MS / 1000} seconds.`))
      }, PATIENCE_MS)
      this.current = { id, reject, timer }
      worker.onmessage = ({ data }: MessageEvent<FromPatternWorker>) => {
        if (data.id !== this.current?.id) return
        clearTimeout(timer)
        this.current = null
        if ('match' in data) resolve(data.match)
        else reject(failure('bad-pattern', data.error))
      }
      worker.postMessage({ id, pattern } satisfies ToPatternWorker)
    })
  }

  /** Gives up the expression that is running, if any. */
  stop(): void {
    if (!this.current) return
    clearTimeout(this.current.timer)
    this.current.reject(failure('cancelled', 'Cancelled.'))
    this.current = null
    this.dispose()
  }

  dispose(): void {
    this.worker?.terminate()
    this.worker = null
  }

  private ready(): Worker {
    if (!this.worker) {
      this.worker = new Worker(new URL('./pattern-worker.ts', import.meta.url), { type: 'module', name: 'patterns' })
      this.worker.postMessage({ names: this.names } satisfies ToPatternWorker)
    }
    return this.worker
  }
}

function failure(code: 'slow-pattern' | 'bad-pattern' | 'cancelled', message: string): EngineFailure {
  return new EngineFailure({ code, message, facts: {} })
}
