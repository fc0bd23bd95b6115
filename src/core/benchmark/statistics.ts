/**
 * The statistics of benchstat (golang.org/x/perf/benchmath): median with its confidence interval, the U test of Mann
 * and Whitney, and the geometric mean. Samples are sorted, smallest first.
 */

export const CONFIDENCE = 0.95
/** A difference shows when chance alone makes as large a one at most this often. */
export const ALPHA = 0.05
/** Fewest runs with a confidence interval, and fewest on both sides with which a difference can show. */
export const RUNS_FOR_INTERVAL = 6
export const RUNS_FOR_DIFFERENCE = 4

/** Above so many values the normal distribution stands for the exact one: of a median, of two samples without and with ties. */
const MOST_FOR_EXACT_INTERVAL = 30
const MOST_FOR_EXACT_TEST = 50
const MOST_FOR_EXACT_TEST_WITH_TIES = 25

/** Half of the normal distribution's values outside the middle 95 % lie beyond so many standard deviations. */
const NORMAL_95 = 1.959963984540054

export interface Summary {
  center: number
  /** Of the confidence interval; infinite where there are too few runs for one. */
  lo: number
  hi: number
}

export function medianOf(sorted: readonly number[]): Summary {
  const n = sorted.length
  const [from, to] = orderOfInterval(n)
  return {
    center: median(sorted),
    lo: from < 1 ? -Infinity : (sorted[from - 1] as number),
    hi: to > n ? Infinity : (sorted[to - 1] as number),
  }
}

/** Quantile 1/2 by the definition of Hyndman and Fan that is called R8. */
function median(sorted: readonly number[]): number {
  const n = sorted.length
  const at = 1 / 3 + 0.5 * (n + 1 / 3)
  const k = Math.trunc(at)
  if (k <= 0) return sorted[0] as number
  if (k >= n) return sorted[n - 1] as number
  const [below, above] = [sorted[k - 1] as number, sorted[k] as number]
  return below + (at - k) * (above - below)
}

/**
 * Which values of n sorted ones, from 1, bound the confidence interval of the median; 0 and n + 1 are beyond all of them.
 * How many values lie below the true median is binomial: the interval takes in the likeliest counts until it is sure
 * enough, the lower of two that are equally likely first.
 */
export function orderOfInterval(n: number): readonly [number, number] {
  if (n > MOST_FOR_EXACT_INTERVAL) return orderByNormal(n)
  // Where both sides are equally likely benchstat's own rounding decides, and here it decides for the upper one.
  if (n === 24) return [8, 18]
  const ways = [1]
  for (let k = 1; k <= n; k++) ways.push(((ways[k - 1] as number) * (n - k + 1)) / k)
  const enough = CONFIDENCE * 2 ** n
  let from = Math.ceil((n + 1) / 2) - 1
  let to = from + 1
  let sum = ways[from] as number
  while (sum < enough && (from > 0 || to <= n)) {
    const [lower, upper] = [ways[from - 1] ?? 0, ways[to] ?? 0]
    if (lower >= upper) {
      sum += lower
      from--
    } else {
      sum += upper
      to++
    }
  }
  return [from, to]
}

function orderByNormal(n: number): readonly [number, number] {
  const [mean, deviation] = [n / 2, Math.sqrt(n) / 2]
  const low = mean - NORMAL_95 * deviation
  const from = Math.floor(low - 0.5) + 1
  const to = Math.ceil(2 * mean - low - 0.5) + 1
  const below = (k: number) => normalBelow((k - 0.5 - mean) / deviation)
  const sure = (end: number) => below(end) - below(from)
  // One step narrower, where that is still sure enough.
  const narrow = sure(to - 1) >= CONFIDENCE && sure(to - 1) < sure(to)
  return [Math.max(0, from), Math.min(n + 1, narrow ? to - 1 : to)]
}

/** Every value is the true one: their mode, with the range where they differ. */
export function exactOf(sorted: readonly number[]): Summary & { differ: boolean } {
  let center = sorted[0] as number
  let most = 0
  for (let i = 0; i < sorted.length; ) {
    const value = sorted[i] as number
    const start = i
    while (i < sorted.length && sorted[i] === value) i++
    if (i - start > most) [center, most] = [value, i - start]
  }
  const [lo, hi] = [sorted[0] as number, sorted.at(-1) as number]
  return { center, lo, hi, differ: most !== sorted.length }
}

/**
 * The probability that two samples of one distribution differ at least as much as these (two-sided U test); null where all
 * values are equal, which says nothing.
 */
export function uTest(a: readonly number[], b: readonly number[]): number | null {
  const { ranks, ties } = ranked(a, b)
  if (ties.length === 1) return null
  const [n, m] = [a.length, b.length]
  const u = ranks - (n * (n + 1)) / 2
  const other = n * m - u
  const most = ties.some((tie) => tie > 1) ? MOST_FOR_EXACT_TEST_WITH_TIES : MOST_FOR_EXACT_TEST
  if (n > most || m > most) return byNormal(u, n, m, ties)
  if (u === other) return 1
  return shareAtMost(Math.min(u, other), n, m, ties) * 2
}

/** Sum of the ranks of a's values among all, and how many values share each rank, lowest first. */
function ranked(a: readonly number[], b: readonly number[]): { ranks: number; ties: number[] } {
  const ties: number[] = []
  let ranks = 0
  let before = 0
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity)
    const [fromA, fromB] = [i, j]
    while (i < a.length && a[i] === value) i++
    while (j < b.length && b[j] === value) j++
    const tie = i - fromA + (j - fromB)
    ranks += (i - fromA) * (before + (tie + 1) / 2)
    before += tie
    ties.push(tie)
  }
  return { ranks, ties }
}

/** Without ties the counts depend on nothing but the sizes, and the sizes are mostly the same. */
const countsBySizes = new Map<string, Float64Array>()

/** Of all ways to choose n of n + m ranked values, the share with a U statistic of at most u. */
function shareAtMost(u: number, n: number, m: number, ties: readonly number[]): number {
  const all = choose(n + m, n)
  if (ties.length === 2) return waysOfTwo(u, n, ties[0] as number, ties[1] as number) / all
  let counts: Float64Array
  if (ties.length < n + m) counts = waysByRanks(u, n, ties)
  else {
    const key = `${n} ${m}`
    counts = countsBySizes.get(key) ?? waysByRanks((n * m) / 2, n, ties)
    countsBySizes.set(key, counts)
  }
  const most = 2 * u + n * (n + 1)
  let ways = 0
  for (let twice = 0; twice <= most; twice++) ways += counts[twice] ?? 0
  return ways / all
}

/** Of two different values, the larger of which is chosen so many times. */
function waysOfTwo(u: number, n: number, low: number, high: number): number {
  // Below the least U that there is no way should count. The division of benchstat's library rounds toward zero, so that
  // one does; figures are to be the same.
  const most = Math.trunc((2 * u - n * (low - n)) / (low + high))
  let ways = 0
  for (let chosen = Math.max(0, n - low); chosen <= Math.min(most, high); chosen++) {
    ways += choose(low, n - chosen) * choose(high, chosen)
  }
  return ways
}

/**
 * By twice the sum of their ranks, the ways to choose n values: one group of equal values after the other, each with the
 * mean of its ranks. Sums that belong to more than mostU are left out.
 */
function waysByRanks(mostU: number, n: number, ties: readonly number[]): Float64Array {
  const sums = 2 * mostU + n * (n + 1) + 1
  const ways = Array.from({ length: n + 1 }, () => new Float64Array(sums))
  // Of so many chosen, the least and the greatest sum so far.
  const least = new Int32Array(n + 1).fill(sums)
  const greatest = new Int32Array(n + 1).fill(-1)
  ;(ways[0] as Float64Array)[0] = 1
  least[0] = 0
  greatest[0] = 0
  let before = 0
  for (const tie of ties) {
    const twiceRank = 2 * before + tie + 1
    before += tie
    for (let chosen = Math.min(n, before); chosen > 0; chosen--) {
      const into = ways[chosen] as Float64Array
      for (let part = 1; part <= Math.min(tie, chosen); part++) {
        const rest = chosen - part
        const from = ways[rest] as Float64Array
        const factor = choose(tie, part)
        const shift = part * twiceRank
        const [first, last] = [least[rest] as number, Math.min(greatest[rest] as number, sums - 1 - shift)]
        for (let sum = first; sum <= last; sum++) {
          into[sum + shift] = (into[sum + shift] as number) + factor * (from[sum] as number)
        }
        if (first > last) continue
        least[chosen] = Math.min(least[chosen] as number, first + shift)
        greatest[chosen] = Math.max(greatest[chosen] as number, last + shift)
      }
    }
  }
  return ways[n] as Float64Array
}

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0
  let ways = 1
  for (let i = 1; i <= Math.min(k, n - k); i++) ways = (ways * (n - i + 1)) / i
  return ways
}

/** With corrections for ties and for continuity. */
function byNormal(u: number, n: number, m: number, ties: readonly number[]): number | null {
  const all = n + m
  const correction = ties.reduce((sum, tie) => sum + (tie ** 3 - tie), 0)
  const deviation = Math.sqrt((n * m * (all + 1 - correction / (all * (all - 1)))) / 12)
  if (deviation === 0) return null
  const off = u - (n * m) / 2
  const below = normalBelow((off - Math.sign(off) * 0.5) / deviation)
  return 2 * Math.min(below, 1 - below)
}

/** The share of the standard normal distribution below z. */
export function normalBelow(z: number): number {
  return erfc(-z / Math.SQRT2) / 2
}

/** 1 - erf(x): by its series where that is short, by a continued fraction beyond. */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI)
  if (x < 2.5) {
    let term = x
    let sum = x
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (2 * x * x) / (2 * k + 1)
      sum += term
    }
    return 1 - 2 * scale * sum
  }
  let fraction = 0
  for (let k = 80; k > 0; k--) fraction = k / 2 / (x + fraction)
  return scale / (x + fraction)
}

/** Null for none and where one is not above zero. */
export function geometricMean(values: readonly number[]): number | null {
  let mean = 0
  for (const [i, value] of values.entries()) {
    if (!(value > 0)) return null
    mean += (Math.log(value) - mean) / (i + 1)
  }
  return values.length === 0 ? null : Math.exp(mean)
}
