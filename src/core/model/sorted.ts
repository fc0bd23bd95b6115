/** Searching what is sorted, by halving. */

/** The first index of a length for which something holds that then holds for all behind it; the length where it never does. */
export function firstWhere(length: number, holds: (i: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The first index whose value is above another one. As firstWhere(), without a call for each step: it is asked millions of times. */
export function firstAbove(sorted: ArrayLike<number>, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}
