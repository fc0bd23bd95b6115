/** Opening runs one document after the other; the store says which, and how far it is. */
import type { EngineError, Progress } from '../engine/protocol.ts'
import { reasonOf } from './answer.ts'
import type { Store } from './store.ts'

/** One opening, waiting or under way. */
export interface Job {
  name: string
  cancelled: boolean
  /** Stops the work that is under way; the work sets it. */
  stop: () => void
  progress(progress: Progress): void
}

export function createQueue({ setState }: Store, failed: (name: string, error: EngineError) => void) {
  const jobs: Job[] = []
  let tail: Promise<unknown> = Promise.resolve()

  /**
   * Runs `work` when its turn comes. Resolves with null when it was cancelled or failed, which `failed` is told. signal:
   * cancels it.
   */
  function enqueue<T>(name: string, work: (job: Job) => Promise<T>, signal?: AbortSignal): Promise<T | null> {
    const job: Job = {
      name,
      cancelled: signal?.aborted ?? false,
      stop: () => {},
      progress(progress) {
        if (!job.cancelled) setState({ opening: { name, progress, waiting: jobs.length - 1 } })
      },
    }
    jobs.push(job)
    signal?.addEventListener('abort', () => cancel(job), { once: true })
    const run = async (): Promise<T | null> => {
      try {
        if (job.cancelled) return null
        job.progress({ stage: 'read', share: 0, bytes: 0, totalBytes: 0 })
        return await work(job)
      } catch (thrown) {
        const error = reasonOf(thrown)
        if (!job.cancelled && error.code !== 'cancelled') failed(name, error)
        return null
      } finally {
        jobs.splice(jobs.indexOf(job), 1)
        setState({ opening: null })
      }
    }
    const done = tail.then(run)
    tail = done
    return done
  }

  function cancel(job: Job): void {
    if (!jobs.includes(job)) return
    job.cancelled = true
    job.stop()
  }

  /** Stops the opening that is under way and those that wait. What was open stays as it is. */
  function cancelOpening(): void {
    for (const job of jobs) cancel(job)
    setState({ opening: null })
  }

  return { enqueue, cancelOpening }
}
