import { DoubleColumn } from '../../model/columns.ts'
import { firstAbove } from '../../model/sorted.ts'

/** Times without overlap, in order: when something was so. */
export class Spans {
  /** Sum of the lengths before each of them. */
  private readonly before: Float64Array

  private constructor(
    readonly from: Float64Array,
    readonly to: Float64Array,
  ) {
    this.before = new Float64Array(from.length + 1)
    for (let i = 0; i < from.length; i++) this.before[i + 1] = this.before[i] + to[i] - from[i]
  }

  /** When at least one of these goes on. Sorts both. */
  static union(from: Float64Array, to: Float64Array): Spans {
    const begins = from.sort()
    const ends = to.sort()
    const spans = new DoubleColumn()
    let open = 0
    for (let b = 0, e = 0; e < ends.length; ) {
      if (b < begins.length && begins[b] <= ends[e]) {
        if (open++ === 0) spans.push(begins[b])
        b++
      } else {
        if (--open === 0) spans.push(ends[e])
        e++
      }
    }
    return Spans.of(spans.finish())
  }

  /** From, to, from, to … */
  private static of(edges: ArrayLike<number>): Spans {
    const whole = edges.length >> 1
    return new Spans(
      Float64Array.from({ length: whole }, (_, i) => edges[2 * i]),
      Float64Array.from({ length: whole }, (_, i) => edges[2 * i + 1]),
    )
  }

  get length(): number {
    return this.from.length
  }

  get total(): number {
    return this.before[this.length]
  }

  /** Row of the first one that ends after a time. */
  firstAfter(time: number): number {
    return firstAbove(this.to, time)
  }

  /** How much of them lies between two times. */
  within(from: number, to: number): number {
    return to <= from ? 0 : this.until(to) - this.until(from)
  }

  private until(time: number): number {
    const i = this.firstAfter(time)
    return this.before[i] + (i < this.length ? Math.max(0, time - this.from[i]) : 0)
  }

  /** When both are so. */
  and(other: Spans): Spans {
    const edges: number[] = []
    for (let i = 0, j = 0; i < this.length && j < other.length; ) {
      const from = Math.max(this.from[i], other.from[j])
      const to = Math.min(this.to[i], other.to[j])
      if (from < to) edges.push(from, to)
      if (this.to[i] < other.to[j]) i++
      else j++
    }
    return Spans.of(edges)
  }

  /** When these are so and the others are not. */
  without(other: Spans): Spans {
    const edges: number[] = []
    for (let i = 0; i < this.length; i++) {
      let from = this.from[i]
      for (let j = other.firstAfter(from); j < other.length && other.from[j] < this.to[i]; j++) {
        if (other.from[j] > from) edges.push(from, other.from[j])
        from = Math.max(from, other.to[j])
      }
      if (from < this.to[i]) edges.push(from, this.to[i])
    }
    return Spans.of(edges)
  }
}
