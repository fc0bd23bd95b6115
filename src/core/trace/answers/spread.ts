/** How long something took, over all times that it happened. */
import { DoubleColumn } from '../../model/columns.ts'

export interface Example {
  /** Id of the goroutine. */
  goroutine: number
  /** Since the trace started. */
  atNs: number
}

export interface Spread {
  count: number
  totalNs: number
  p50Ns: number
  p99Ns: number
  worstNs: number
  worst: Example
  /** How many of them had not ended when the trace did. */
  open: number
}

export class SpreadBuilder {
  private readonly ns = new DoubleColumn(16)
  private worstNs = -1
  private worst: Example = { goroutine: 0, atNs: 0 }
  /** How many of them had not ended when the trace did. */
  open = 0

  add(ns: number, goroutine: number, atNs: number): void {
    this.ns.push(ns)
    if (ns <= this.worstNs) return
    this.worstNs = ns
    this.worst = { goroutine, atNs }
  }

  finish(): Spread {
    // Sorted in place: they are of no use in their order any more.
    const sorted = this.ns.finish().sort()
    const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
    return {
      count: sorted.length,
      totalNs: sorted.reduce((a, b) => a + b, 0),
      p50Ns: at(0.5),
      p99Ns: at(0.99),
      worstNs: at(1),
      worst: this.worst,
      open: this.open,
    }
  }
}

/** Rows by key, the longest in sum first. */
export class Spreads<Key> {
  private readonly rows = new Map<string, { key: Key; spread: SpreadBuilder }>()
  private readonly known = new Map<number, SpreadBuilder>()

  /** code: a number that stands for the key, or for more than it: a text made for each of millions of times would cost more than all else. */
  of(code: number, keyOf: () => Key): SpreadBuilder {
    let spread = this.known.get(code)
    if (!spread) {
      const key = keyOf()
      const id = JSON.stringify(key)
      spread = this.rows.get(id)?.spread ?? new SpreadBuilder()
      this.rows.set(id, { key, spread })
      this.known.set(code, spread)
    }
    return spread
  }

  finish(): (Key & Spread)[] {
    return Array.from(this.rows.values(), ({ key, spread }) => ({ ...key, ...spread.finish() })).sort(
      (a, b) => b.totalNs - a.totalNs,
    )
  }
}
