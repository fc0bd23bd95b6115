/** How long something took, over all times that it happened. */
import { DoubleColumn } from '../../model/columns.ts'

/** One time that it happened: what a page can go to. */
export interface Example {
  /** Id of the goroutine, and its row; -1 = none. */
  goroutine: number
  row: number
  /** Row of intervals, or of ranges; the other one is -1. */
  interval: number
  range: number
  /** When it began, since the trace started, and how long it took. Both are cut to the time that was asked about. */
  atNs: number
  ns: number
  /** Row of stacks: where. */
  stack: number
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
  private worst: Pick<Example, 'interval' | 'range'> = { interval: -1, range: -1 }
  private worstAt = 0
  /** How many of them had not ended when the trace did. */
  open = 0

  get count(): number {
    return this.ns.length
  }

  /** interval, range: the row that it is, -1 = it is in the other table. at: when it began. */
  add(ns: number, interval: number, range: number, at: number): void {
    this.ns.push(ns)
    if (ns <= this.worstNs) return
    this.worstNs = ns
    this.worst = { interval, range }
    this.worstAt = at
  }

  /** exampleOf: of a row, when it began, and how long it took. */
  finish(exampleOf: ExampleOf): Spread {
    // Sorted in place: they are of no use in their order any more.
    const sorted = this.ns.finish().sort()
    const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
    return {
      count: sorted.length,
      totalNs: sorted.reduce((a, b) => a + b, 0),
      p50Ns: at(0.5),
      p99Ns: at(0.99),
      worstNs: at(1),
      worst: exampleOf(this.worst.interval, this.worst.range, this.worstAt, Math.max(0, this.worstNs)),
      open: this.open,
    }
  }

  /** How many there were by how long they took. Only before `finish`. */
  histogram(): Bucket[] {
    const counts = new Map<number, number>()
    const { ns } = this
    for (let i = 0; i < ns.length; i++) {
      const fromNs = bucketOf(ns.data[i])
      counts.set(fromNs, (counts.get(fromNs) ?? 0) + 1)
    }
    const found = [...counts.keys()].sort((a, b) => a - b)
    const buckets: Bucket[] = []
    for (let at = found[0]; at !== undefined && at <= found[found.length - 1]; at = nextBucket(at))
      buckets.push({ fromNs: at, toNs: nextBucket(at), count: counts.get(at) ?? 0 })
    return buckets
  }
}

export type ExampleOf = (interval: number, range: number, at: number, ns: number) => Example

/** Buckets of a histogram begin at 0, and at 1, 2 and 5 times each power of ten. */
export interface Bucket {
  fromNs: number
  toNs: number
  count: number
}

function bucketOf(ns: number): number {
  if (ns < 1) return 0
  let power = 1
  while (power * 10 <= ns) power *= 10
  return ns >= power * 5 ? power * 5 : ns >= power * 2 ? power * 2 : power
}

function nextBucket(fromNs: number): number {
  if (fromNs === 0) return 1
  const power = 10 ** Math.floor(Math.log10(fromNs) + 1e-9)
  return fromNs < power * 2 ? power * 2 : fromNs < power * 5 ? power * 5 : power * 10
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

  /** also: what else a row has, made of what was added up. */
  finish<Also = object>(exampleOf: ExampleOf, also?: (spread: SpreadBuilder) => Also): (Key & Spread & Also)[] {
    return Array.from(this.rows.values(), ({ key, spread }) => {
      const more = also?.(spread) as Also
      return { ...key, ...more, ...spread.finish(exampleOf) }
    }).sort((a, b) => b.totalNs - a.totalNs)
  }
}
