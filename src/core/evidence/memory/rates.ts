/** Whether a rate changed for good, and when: told by windows of equal time, so that single bursts change nothing. */

export interface RateChange {
  /** By the minute, the median before and after. */
  before: number
  after: number
  /** Minutes at which it changed. */
  at: number
}

const WINDOWS = 24
const FEWEST = 8
/** Windows that each side has at least. */
const FEWEST_ON_SIDE = 3
/** How many times the other side one is at least, and how much of the sides may overlap. */
const TIMES = 2
const OVERLAP = 0.15

/**
 * minutes rise; total counts since the start at each of them. Null: it did not change, or too little is known. The change that
 * is found is the one whose sides overlap least.
 */
export function rateChange(minutes: ArrayLike<number>, total: ArrayLike<number>): RateChange | null {
  const windows = windowsOf(minutes, total)
  if (windows.length < FEWEST) return null
  let best: (RateChange & { overlap: number }) | null = null
  for (let split = FEWEST_ON_SIDE; split <= windows.length - FEWEST_ON_SIDE; split++) {
    const [left, right] = [windows.slice(0, split), windows.slice(split)]
    const [before, after] = [median(left), median(right)]
    if (Math.max(before, after) < TIMES * Math.min(before, after)) continue
    const between = Math.sqrt(Math.max(before, 1) * Math.max(after, 1))
    const wrong = (rates: typeof left, isAbove: boolean) =>
      rates.filter(({ rate }) => rate > between === isAbove).length
    const overlap = (wrong(left, before < after) + wrong(right, before > after)) / windows.length
    if (overlap <= OVERLAP && overlap < (best?.overlap ?? 1)) best = { before, after, at: right[0].from, overlap }
  }
  return best && { before: best.before, after: best.after, at: best.at }
}

function windowsOf(minutes: ArrayLike<number>, total: ArrayLike<number>): { from: number; rate: number }[] {
  const last = minutes.length - 1
  const span = minutes[last] - minutes[0]
  if (!(span > 0)) return []
  const windows: { from: number; rate: number }[] = []
  let begin = 0
  for (let i = 1; i <= last; i++) {
    const passed = minutes[i] - minutes[begin]
    if (passed < span / WINDOWS) continue
    windows.push({ from: minutes[begin], rate: (total[i] - total[begin]) / passed })
    begin = i
  }
  return windows.filter(({ rate }) => Number.isFinite(rate))
}

function median(windows: readonly { rate: number }[]): number {
  const rates = windows.map(({ rate }) => rate).sort((a, b) => a - b)
  return rates[rates.length >> 1] ?? 0
}
