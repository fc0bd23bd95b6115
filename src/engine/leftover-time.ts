/** Long work for one question, done while nothing else is asked. */
import { EngineFailure } from './failure.ts'

/** As long as this in all it takes no heed of others, besides a turn between two steps. */
const SHORT_MS = 100
/** Others are through when nothing was asked for so long: the page asks the next question when it has the last answer. */
const QUIET_MS = 100
/** A step waits no longer, so that it comes to an end beside who asks all the time. */
const MOST_WAIT_MS = 2000

export class LeftoverTime {
  private asked = Number.NEGATIVE_INFINITY
  private runs = 0

  /** Something else is asked or was answered. */
  note(): void {
    this.asked = performance.now()
  }

  /**
   * Runs all steps. Resolves to what the last one returns. Rejects with code 'cancelled' once another run has begun: the
   * page gave up the question, and has few at a time.
   */
  async run<T>(steps: Generator<undefined, T>): Promise<T> {
    const run = ++this.runs
    let spent = 0
    for (;;) {
      await (spent < SHORT_MS ? wait(0) : this.quiet())
      if (run !== this.runs) throw new EngineFailure({ code: 'cancelled', message: 'Another was asked.', facts: {} })
      const began = performance.now()
      const { done, value } = steps.next()
      if (done) return value
      spent += performance.now() - began
    }
  }

  private async quiet(): Promise<void> {
    const began = performance.now()
    // Messages that came during the last step are heard of first.
    await wait(0)
    for (;;) {
      const now = performance.now()
      const left = Math.min(this.asked + QUIET_MS, began + MOST_WAIT_MS) - now
      if (left <= 0) return
      await wait(left)
    }
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
