/**
 * Whether numbers grow over time, and how fast, without a word on how they are distributed.
 *
 * The slope is the median of the slopes between every two points (Theil 1950, Sen 1968): of n points up to 29 % may be
 * anything. The order is judged by Kendall's S, pairs that rise less pairs that fall: how many of the n! orders rise as much is
 * counted out (M. G. Kendall, A new measure of rank correlation, 1938), so that small n are exact.
 */

export interface Trend {
  /** Per unit of x: the median of the slopes between every two points. */
  slope: number
  /** Value at x = 0 of the line of that slope. */
  intercept: number
  /** Median distance of the points from that line. */
  scatter: number
  /** Steps from one point to the next that grow, of all. */
  grew: number
  of: number
  /** Kendall's: -1 falls at every pair, 1 rises. */
  tau: number
  /** The part of all orders of the points that rise as much as these or more. */
  chance: number
}

/** x rises strictly; two points at least. */
export function trendOf(x: ArrayLike<number>, y: ArrayLike<number>): Trend {
  const n = y.length
  const slopes: number[] = []
  let score = 0
  let grew = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const rise = y[j] - y[i]
      score += Math.sign(rise)
      slopes.push(rise / (x[j] - x[i]))
    }
    if (i > 0 && y[i] > y[i - 1]) grew++
  }
  const slope = median(slopes)
  const intercept = median(Array.from({ length: n }, (_, i) => y[i] - slope * x[i]))
  const scatter = median(Array.from({ length: n }, (_, i) => Math.abs(y[i] - slope * x[i] - intercept)))
  return { slope, intercept, scatter, grew, of: n - 1, tau: score / slopes.length, chance: chanceOfScore(n, score) }
}

function median(values: number[]): number {
  values.sort((a, b) => a - b)
  const middle = values.length >> 1
  return values.length % 2 === 1
    ? (values[middle] as number)
    : ((values[middle - 1] as number) + (values[middle] as number)) / 2
}

/** The part of the n! orders of n different numbers whose S is `score` at least. */
export function chanceOfScore(n: number, score: number): number {
  // By how many pairs fall: one number more falls below 0, 1, … or all of those before it.
  let orders = [1]
  for (let i = 2; i <= n; i++) {
    const next = new Array<number>(orders.length + i - 1).fill(0)
    orders.forEach((part, falls) => {
      for (let more = 0; more < i; more++) next[falls + more] = (next[falls + more] as number) + part / i
    })
    orders = next
  }
  const mostFalls = Math.floor(((n * (n - 1)) / 2 - score) / 2)
  return orders.slice(0, mostFalls + 1).reduce((sum, part) => sum + part, 0)
}
