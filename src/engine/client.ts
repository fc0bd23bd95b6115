/**
 * The page's side of an engine: one worker per opened profile. Cancelling is killing the worker, which
 * works in the middle of anything; the other profiles have workers of their own.
 */
import { isExpression } from '../core/query/name-match.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import { EngineFailure } from './failure.ts'
import { FilterTrial } from './filter-trial.ts'
import { PatternClient } from './pattern-client.ts'
import type {
  Asked,
  EngineCall,
  EngineCalls,
  EngineError,
  FromEngine,
  Opened,
  Progress,
  QueryInfo,
  ToEngine,
  WarmUp,
} from './protocol.ts'

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

/** Queries whose names can be searched by a regular expression: no fewer than the page keeps. */
const KEPT_NAMES = 5

const cancelled = () => new EngineFailure({ code: 'cancelled', message: 'Cancelled.', facts: {} })

export class EngineClient {
  onCrash: ((error: EngineError) => void) | null = null
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  /** The call of each name the engine is at, and the newest one that waits behind it. */
  private readonly running = new Map<EngineCall, number>()
  private readonly waiting = new Map<EngineCall, Queued>()
  private patterns: PatternClient | null = null
  /** The same for the names of the queries asked last. */
  private readonly queried = new Map<string, PatternClient>()
  private readonly filterTrial = new FilterTrial(() => this.call('texts', {}))
  private nextId = 1
  private searches = 0
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
  async call<C extends EngineCall>(
    call: C,
    args: EngineCalls[C]['args'],
    onProgress?: (p: Progress) => void,
  ): Promise<EngineCalls[C]['answer']> {
    const { filters } = (args as Asked).query ?? plainQuery
    if (this.filterTrial.isDue(filters)) await this.filterTrial.run(filters)
    if (call === 'search') {
      const search = args as EngineCalls['search']['args']
      const turn = ++this.searches
      if (isExpression(search.text)) {
        const patterns = this.patternsOf(search.query)
        for (const other of [this.patterns, ...this.queried.values()]) if (other !== patterns) other?.stop()
        const match = await patterns.match(search.text)
        if (turn !== this.searches) throw cancelled()
        return this.send({ id: this.nextId++, call: 'search', args: search, match })
      }
      for (const patterns of [this.patterns, ...this.queried.values()]) patterns?.stop()
    }
    const answer = await this.send<C>({ id: this.nextId++, call, args } as ToEngine, onProgress)
    if (call === 'open') this.patterns = new PatternClient((answer as Opened).info.names)
    if (call === 'query') this.keepNames(answer as QueryInfo)
    return answer
  }

  /** Rows of a query's answers have names of their own, which 'query' told. */
  private patternsOf(query: QuerySpec = plainQuery): PatternClient {
    const patterns = this.queried.get(queryKey(query)) ?? this.patterns
    if (!patterns) throw new EngineFailure({ code: 'internal', message: 'No profile is open.', facts: {} })
    return patterns
  }

  private keepNames({ key, names }: QueryInfo): void {
    if (key === queryKey(plainQuery)) return
    this.queried.get(key)?.dispose()
    this.queried.delete(key)
    this.queried.set(key, new PatternClient(names))
    const oldest = this.queried.entries().next().value
    if (this.queried.size > KEPT_NAMES && oldest) {
      oldest[1].dispose()
      this.queried.delete(oldest[0])
    }
  }

  /** Ends the worker. Whatever was asked rejects with code 'cancelled'. */
  dispose(): void {
    this.end({ code: 'cancelled', message: 'Cancelled.', facts: {} })
  }

  private send<C extends EngineCall>(
    message: ToEngine,
    onProgress?: (p: Progress) => void,
  ): Promise<EngineCalls[C]['answer']> {
    return new Promise((resolve, reject) => {
      if (this.over) {
        reject(new EngineFailure(this.over))
        return
      }
      this.pending.set(message.id, { call: message.call, resolve, reject, onProgress })
      if (!this.running.has(message.call)) {
        this.post(message)
        return
      }
      const overtaken = this.waiting.get(message.call)
      if (overtaken) this.settle(overtaken.id)?.reject(cancelled())
      this.waiting.set(message.call, { id: message.id, message })
    })
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
    for (const patterns of [this.patterns, this.filterTrial, ...this.queried.values()]) patterns?.dispose()
    for (const request of this.pending.values()) request.reject(new EngineFailure(error))
    this.pending.clear()
    this.running.clear()
    this.waiting.clear()
  }
}
