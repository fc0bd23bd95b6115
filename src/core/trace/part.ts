/** The part of a trace that counts: all of it, what lies between two times, what happened in a region. */
import { REGION, type Trace } from './trace.ts'

export interface Part {
  /** Of the trace's clock. */
  from?: number
  to?: number
  /** Only while goroutines were in a region with this name; of regions in it the outer one counts. */
  region?: string
}

/** How much of a goroutine's time counts. */
export interface Counted {
  /** Nanoseconds of what lies between two times. */
  within(goroutine: number, from: number, to: number): number
  /** Whether a moment counts. Of a range that is its first one, and not its end. */
  has(goroutine: number, time: number): boolean
}

/** The whole of the goroutines' time in a part of the trace. */
export function countedOf(trace: Trace, part: Part): Counted {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, region } = part
  if (region === undefined) return new Between(from, to)
  return new InRegions(trace, region, from, to)
}

/**
 * The same, from when each goroutine ran first until it ended or blocked for good, which is when `go tool trace` counts.
 * Where a region is named, the tool counts all of it.
 */
export function livedOf(trace: Trace, part: Part): Counted {
  const counted = countedOf(trace, part)
  if (part.region !== undefined) return counted
  const { goroutines } = trace
  const begin = Float64Array.from(goroutines, ({ ran }) => ran)
  const end = Float64Array.from(goroutines, ({ forever, isEnded, to }) => forever || (isEnded ? to : trace.to))
  return {
    within: (row, from, to) => counted.within(row, Math.max(from, begin[row]), Math.min(to, end[row])),
    has: (row, time) => begin[row] <= time && time < end[row] && counted.has(row, time),
  }
}

class Between implements Counted {
  constructor(
    private readonly first: number,
    private readonly last: number,
  ) {}

  within(_: number, from: number, to: number): number {
    return Math.max(0, Math.min(to, this.last) - Math.max(from, this.first))
  }

  has(_: number, time: number): boolean {
    return this.first <= time && time < this.last
  }
}

class InRegions implements Counted {
  /** By row of goroutines: from, to, from, to … in order, without overlap. */
  private readonly spans = new Map<number, number[]>()

  constructor({ ranges, texts }: Trace, name: string, first: number, last: number) {
    const rows: number[] = []
    for (let i = 0; i < ranges.length; i++)
      if (ranges.kind[i] === REGION && texts[ranges.name[i]] === name) rows.push(i)
    rows.sort((a, b) => ranges.from[a] - ranges.from[b] || ranges.to[a] - ranges.to[b])
    const ends = new Map<number, number>()
    for (const i of rows) {
      const goroutine = ranges.goroutine[i]
      if (ranges.from[i] < (ends.get(goroutine) ?? 0)) continue
      ends.set(goroutine, ranges.to[i])
      const own = this.spans.get(goroutine) ?? []
      this.spans.set(goroutine, own)
      const [from, to] = [Math.max(ranges.from[i], first), Math.min(ranges.to[i], last)]
      if (from < to) own.push(from, to)
    }
  }

  within(goroutine: number, from: number, to: number): number {
    const own = this.spans.get(goroutine) ?? []
    let sum = 0
    for (let i = 0; i < own.length; i += 2) sum += Math.max(0, Math.min(to, own[i + 1]) - Math.max(from, own[i]))
    return sum
  }

  has(goroutine: number, time: number): boolean {
    const own = this.spans.get(goroutine) ?? []
    for (let i = 0; i < own.length; i += 2) if (own[i] <= time && time < own[i + 1]) return true
    return false
  }
}

/** Whether the trace has a region with this name. */
export const hasRegion = ({ ranges, texts }: Trace, name: string) =>
  ranges.kind.some((kind, i) => kind === REGION && texts[ranges.name[i]] === name)
