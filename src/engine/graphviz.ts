/** The page's side of the worker that lays out graphs. One layout at a time: a newer one gives the older up. */
import type { FromGraphviz, ToGraphviz } from './graphviz-protocol.ts'

export type GraphvizWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const spawnGraphviz = (): GraphvizWorker =>
  new Worker(new URL('./graphviz-worker.ts', import.meta.url), { type: 'module', name: 'graphviz' })

/**
 * failed: Graphviz could not be loaded, or refused the graph. late: it took longer than it may. cancelled: somebody gave
 * it up, or asked for another graph since.
 */
export class GraphvizFailure extends Error {
  constructor(
    readonly reason: 'failed' | 'late' | 'cancelled',
    message: string,
  ) {
    super(message)
  }
}

interface Waiting {
  asked: ToGraphviz
  settle: (json: string | GraphvizFailure) => void
}

export class Graphviz {
  private worker: GraphvizWorker | null = null
  private waiting: Waiting | null = null
  private lastId = 0

  constructor(private readonly spawn: () => GraphvizWorker = spawnGraphviz) {}

  /** Starts the worker ahead of need: it takes a while to load. */
  warmUp(): void {
    this.start()
  }

  /** Graphviz's "json0" of a graph. Rejects with a GraphvizFailure. limit: milliseconds. */
  layout(dot: string, limit: number): Promise<string> {
    // The worker finishes an older one, which takes less time than to load another worker; if not, this one is late.
    this.waiting?.settle(new GraphvizFailure('cancelled', 'Another graph was asked for.'))
    const id = ++this.lastId
    return new Promise<string>((resolve, reject) => {
      const late = () => this.end(new GraphvizFailure('late', 'The layout took too long.'))
      const timer = setTimeout(late, limit)
      const settle = (json: string | GraphvizFailure) => {
        clearTimeout(timer)
        this.waiting = null
        if (typeof json === 'string') resolve(json)
        else reject(json)
      }
      this.waiting = { asked: { id, dot }, settle }
      this.start().postMessage(this.waiting.asked)
    })
  }

  /** Ends what is under way, and its worker: a layout cannot be interrupted. The next one makes a new worker. */
  cancel(): void {
    if (this.waiting) this.end(new GraphvizFailure('cancelled', 'The layout was cancelled.'))
  }

  private start(): GraphvizWorker {
    if (this.worker) return this.worker
    const worker = this.spawn()
    this.worker = worker
    worker.onmessage = ({ data }: MessageEvent<FromGraphviz>) => {
      const isWanted = this.waiting?.asked.id === data.id
      if ('error' in data) this.end(isWanted ? new GraphvizFailure('failed', data.error) : null)
      else if (isWanted) this.waiting?.settle(data.json)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      this.end(new GraphvizFailure('failed', event.message || 'The worker could not be started.'))
    }
    return worker
  }

  /** Nothing more is asked of this worker. What waits fails; null = it was not the reason, and goes to the next worker. */
  private end(failure: GraphvizFailure | null): void {
    if (this.worker) {
      this.worker.terminate()
      // What it said before may be on its way still.
      this.worker.onmessage = null
      this.worker.onerror = null
    }
    this.worker = null
    if (failure) this.waiting?.settle(failure)
    else if (this.waiting) this.start().postMessage(this.waiting.asked)
  }
}
