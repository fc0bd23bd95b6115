/** What the tooltip says and where it stands. Its component (frame-tip.tsx) listens; the graph writes. */
import type { BoxDetails } from '../../core/layout/details.ts'

/** What the tooltip must not cover, in client px: the place of the pointer, or the focused box. */
export interface TipAnchor {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Tip {
  box: BoxDetails
  /** Index of the finding that the box is a place of or lies in, -1 = none. */
  zone: number
}

export class TipSource {
  tip: Tip | null = null
  anchor: TipAnchor = { left: 0, top: 0, right: 0, bottom: 0 }
  /** Called when the anchor moves; the component sets it. */
  onMove: (() => void) | null = null
  private readonly listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  current = (): Tip | null => this.tip

  show(tip: Tip, anchor: TipAnchor): void {
    this.anchor = anchor
    this.tip = tip
    this.tell()
  }

  move(anchor: TipAnchor): void {
    this.anchor = anchor
    this.onMove?.()
  }

  hide(): void {
    if (!this.tip) return
    this.tip = null
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
