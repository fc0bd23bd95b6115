/** Long work for one question, done while nothing else is asked. */

/** As long as this in all it takes no heed of others, besides a turn between two steps. */
const SHORT_MS = 100
/** Others are through when nothing was asked for so long: the page asks the next question when it has the last answer. */
const QUIET_MS = 100
/** A step waits no longer, so that it comes to an end beside who asks all the time. */
const MOST_WAIT_MS = 2000

export class LeftoverTime {
  private asked = Number.NEGATIVE_INFINITY

  /** Something else is asked or was answered. */
  note(): void {
    this.asked = performance.now()
  }

  /** Runs all steps. Resolves to what the last one returns. */
  async run<T>(steps: Generator<undefined, T>): Promise<T> {
    let spent = 0
    for (;;) {
      await (spent < SHORT_MS ? wait(0) : this.quiet())
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
