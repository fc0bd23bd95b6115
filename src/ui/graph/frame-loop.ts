/** When the graph is drawn: at most once in each frame of the browser, and what can wait once nothing moves. */

/** A movement counts as over after this long without another step. */
const settleMs = 140

interface Work {
  /** Called in a frame of the browser. */
  draw(now: number): void
  /** Called when nothing has moved for a while. */
  settle(): void
}

export class FrameLoop {
  private request = 0
  private timer = 0
  private boxesStale = true
  private marksStale = true

  constructor(private readonly work: Work) {}

  /** Boxes, and with them their marks, are drawn in the next frame. */
  drawBoxes(): void {
    this.boxesStale = true
    this.ask()
  }

  /** Only the marks are. */
  drawMarks(): void {
    this.marksStale = true
    this.ask()
  }

  /** Says, once, whether boxes have to be drawn. */
  takeBoxes(): boolean {
    const stale = this.boxesStale
    this.boxesStale = false
    return stale
  }

  /** The same of marks. */
  takeMarks(): boolean {
    const stale = this.marksStale
    this.marksStale = false
    return stale
  }

  settleSoon(ms = settleMs): void {
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.settle(), ms)
  }

  settle(): void {
    clearTimeout(this.timer)
    this.work.settle()
  }

  stop(): void {
    cancelAnimationFrame(this.request)
    clearTimeout(this.timer)
  }

  private ask(): void {
    if (this.request === 0) this.request = requestAnimationFrame(this.onFrame)
  }

  private onFrame = (now: number): void => {
    this.request = 0
    this.work.draw(now)
  }
}
