/** Places a GC log, which counts seconds since the start of its process, on the axis of time of the other files. */

/** Cycles of one process: their numbers, seconds since its start, and milliseconds until each was done. */
export interface LoggedCycles {
  number: ArrayLike<number>
  seconds: ArrayLike<number>
  took: ArrayLike<number>
}

/** Reads of the runtime's statistics: how many collections there were, and when the last one ended, milliseconds since 1970. */
export interface CountedCollections {
  numGC: ArrayLike<number>
  lastGC: ArrayLike<number>
}

/** Collections that have to be in both. */
const FEWEST = 2
/** Milliseconds by which two places of one log may differ: it is another process where they differ more. */
const AGREE_MS = 500

/**
 * When the process of the log began, milliseconds since 1970: the log says when its collection number n was done after the
 * start, a read that counts n collections says when that was by the clock. The median of all, null where too few are in both or
 * they do not agree.
 */
export function beganByCollections(log: LoggedCycles, reads: CountedCollections): number | null {
  const done = new Map<number, number>()
  for (let i = 0; i < log.number.length; i++) {
    done.set(log.number[i] as number, (log.seconds[i] as number) * 1000 + (log.took[i] as number))
  }
  const starts = new Map<number, number>()
  for (let i = 0; i < reads.numGC.length; i++) {
    const [n, at] = [reads.numGC[i] as number, reads.lastGC[i] as number]
    const after = done.get(n)
    if (after !== undefined && at > 0) starts.set(n, at - after)
  }
  const sorted = [...starts.values()].sort((a, b) => a - b)
  if (sorted.length < FEWEST) return null
  const median = sorted[Math.floor(sorted.length / 2)] as number
  const near = sorted.filter((start) => Math.abs(start - median) <= AGREE_MS)
  return near.length * 2 > sorted.length && near.length >= FEWEST ? median : null
}
