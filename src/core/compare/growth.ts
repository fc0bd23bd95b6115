/**
 * Whether one series of values grows, told from chance: from the error of each value (query/sampling.ts), and from how the values
 * scatter, which is what the load itself does.
 */
import { AS_MEASURED, isNoise, STANDARD_ERRORS } from './noise.ts'
import { type Trend, trendOf } from './trend.ts'

/** The points that are looked at. */
export interface Span {
  /** Their times, rising: minutes, or steps where nobody knows the times. */
  x: readonly number[]
  /** Values count from the start of the process, so that the error of a difference is that of what came between. */
  cumulative: boolean
  /** Errors of the values are known; else nothing is certain. */
  errorsKnown: boolean
}

export interface Growth extends Trend {
  first: number
  last: number
  /** Whether it would come by chance less than once in twenty times. */
  certain: boolean
}

/** Thousands of paths are looked at: at two errors, dozens of them would seem to grow. */
const ERRORS = 3.5
/** Part of what it had grown by at its highest that is still there. */
const KEPT = 0.5
/** Trend.chance up to which something is worth a look, and up to which it is certain. */
const LOOK = 0.1
const CERTAIN = 0.05
/** How many times the scatter about its line it must have grown by. */
const LOOK_SCATTER = 3
const CERTAIN_SCATTER = 4

/** null: it does not grow, or not by `least`, or no more than chance does, or it fell back. variance: of each value. */
export function growthOf(span: Span, values: ArrayLike<number>, variance: ArrayLike<number>, least = 0): Growth | null {
  const { x, errorsKnown } = span
  const end = x.length - 1
  const [first, last] = [values[0], values[end]]
  const grown = last - first
  if (grown <= 0 || grown < least || !isReal(span, values, variance, 0, end, ERRORS)) return null
  let highest = last
  for (let i = 1; i < end; i++) highest = Math.max(highest, values[i])
  if (grown < KEPT * (highest - first)) return null
  const trend = trendOf(x, values)
  const fitted = trend.slope * (x[end] - x[0])
  // Of three points one order in six rises all along: it is worth a look, and certain when every step is more than chance.
  const isFew = x.length === 3
  if (isFew ? trend.grew < trend.of : trend.chance > LOOK) return null
  if (fitted <= 0 || fitted < LOOK_SCATTER * trend.scatter) return null
  const isOrdered = isFew ? everyStepIsReal(span, values, variance) : trend.chance <= CERTAIN
  return { ...trend, first, last, certain: errorsKnown && isOrdered && fitted >= CERTAIN_SCATTER * trend.scatter }
}

/** Whether the value at one point is larger than at another one by more than chance. */
function isReal(
  { cumulative }: Span,
  values: ArrayLike<number>,
  variance: ArrayLike<number>,
  from: number,
  to: number,
  errors: number,
): boolean {
  if (values[to] <= values[from]) return false
  if (!cumulative) return !isNoise(values[from], values[to], variance[from] + variance[to], AS_MEASURED, errors)
  return !isNoise(0, values[to] - values[from], Math.max(0, variance[to] - variance[from]), AS_MEASURED, errors)
}

function everyStepIsReal(span: Span, values: ArrayLike<number>, variance: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) {
    if (!isReal(span, values, variance, i - 1, i, STANDARD_ERRORS)) return false
  }
  return true
}
