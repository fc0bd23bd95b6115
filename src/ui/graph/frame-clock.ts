/** Own time per frame as user timing, and the moment a profile's first picture is on screen. */

/** Entries kept per name; the browser would keep all of them. */
const limit = 2_000

export class FrameClock {
  private readonly counts = new Map<string, number>()
  private lastShown = ''

  /** picture: how many trees have been drawn; the bench waits for the next one. */
  note(name: 'frame' | 'hover', began: number, picture = 0): void {
    const count = (this.counts.get(name) ?? 0) + 1
    if (count > limit) performance.clearMeasures(name)
    this.counts.set(name, count > limit ? 1 : count)
    performance.measure(name, { start: began, end: performance.now(), detail: { picture } })
  }

  /** Call after each picture: marks the first of each profile once the browser has shown it. */
  shown(profile: string, inFrame: boolean): void {
    if (profile === this.lastShown) return
    this.lastShown = profile
    this.afterPaint(() => performance.mark('first-flame', { detail: { profile } }), inFrame)
  }

  /** Calls back when the next frame has been shown, or with `inFrame` the one that is being made. */
  afterPaint(then: () => void, inFrame = false): void {
    // A message sent from a callback before painting is read right after it.
    const send = () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = then
      port2.postMessage(null)
    }
    if (inFrame) send()
    else requestAnimationFrame(send)
  }
}
