/**
 * Whether a difference of two profiles is more than chance.
 *
 * A value is a sum over events that the profiler caught (query/sampling.ts), and the number of events differs from one
 * profile of the same load to the next as that of a Poisson process does. Base and current of n and m events of one weight
 * w differ by (m − n)·w, whose variance is (n + m)·w²: the sum of both variances. A difference is a change when it exceeds
 * two standard errors, so that about 5 % of all differences would be called changes where nothing changed.
 *
 * - Few events: whatever the rate, of k = n + m events each is of one side or the other by chance, so that k events have
 *   differences k − 2i only, two events apart. The curve that stands for them is asked half of such a step nearer to 0
 *   (F. Yates, Contingency tables involving small numbers and the χ² test, 1934). 5 against 0 is noise then, 6 is not. Without it
 *   7.0 % of differences of 8 events would be changes; with it at most 4.6 % of any number are (noise.test.ts counts them out).
 *   Adding one event to the variance of each side, as the posterior of a rate does, leaves 5.4 % at 46 events.
 * - Sides that are scaled (per second of different durations): an event of the side that was measured for shorter weighs
 *   more, and one that saw none tells nothing of what an event weighs. So the variance is taken as it would be if nothing
 *   had changed: with factors f and g of base and current, values b and c, and w = variance / (f·b + g·c) of an unscaled event,
 *   k = (b/f + c/g) / w events of which each is of the base with the probability g / (f + g) leave the variance
 *   k·f·g·w² = variance · (g·b + f·c) / (f·b + g·c) (the score test of two Poisson rates).
 * - Events of different weights in one box: w is the mean that the variance tells, weighted by value.
 *
 * Not told apart: what the load itself does differently from one time to the next.
 */

/** What the values of each side were multiplied by before they are compared. */
export interface SideFactors {
  base: number
  current: number
}

export const AS_MEASURED: SideFactors = { base: 1, current: 1 }
export const STANDARD_ERRORS = 2

/**
 * Of the difference current − base, in their unit. base and current: sums over a box, not negative, after scaling. variance:
 * of both together, that of each side times the square of its factor; 0 where everything was counted.
 */
export function standardError(base: number, current: number, variance: number, factors = AS_MEASURED): number {
  if (variance <= 0) return 0
  const { base: f, current: g } = factors
  const weighted = f * base + g * current
  return weighted > 0 ? Math.sqrt((variance * (g * base + f * current)) / weighted) : 0
}

/**
 * Whether the difference may be chance. Arguments as of standardError; without variance only equal values are. errors: standard
 * errors up to which it may be, more than two where thousands of differences are asked for the one that is real.
 */
export function isNoise(
  base: number,
  current: number,
  variance: number,
  factors = AS_MEASURED,
  errors = STANDARD_ERRORS,
): boolean {
  const { base: f, current: g } = factors
  const weighted = f * base + g * current
  const halfStep = variance > 0 && weighted > 0 ? ((f + g) / 2) * (variance / weighted) : 0
  const difference = Math.abs(current - base)
  return difference - halfStep <= errors * standardError(base, current, variance, factors)
}
