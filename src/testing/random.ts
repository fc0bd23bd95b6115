/** A small seeded generator (mulberry32): the same seed gives the same profile on every machine. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A double in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number in [0, below). */
  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** A whole number in [0, below), small ones far more often: most weight lies on few things. */
  skewed(below: number): number {
    const x = this.next()
    return Math.floor(x * x * x * below)
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T
  }
}
