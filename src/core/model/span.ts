/** A span of time in its two largest units, as people say it: 4 min 12 s. */
export type SpanUnit = 'd' | 'h' | 'min' | 's'

const SECONDS: readonly (readonly [SpanUnit, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
]

/** To the second below an hour, to the minute below a day, else to the hour. Empty for less than half a second. */
export function spanOf(nanoseconds: number): { amount: number; unit: SpanUnit }[] {
  const exact = Math.abs(nanoseconds) / 1e9
  const largest = SECONDS.findIndex(([, of]) => Math.round(exact) >= of)
  if (largest < 0) return []
  const [, finest] = SECONDS[Math.min(largest + 1, SECONDS.length - 1)] as (typeof SECONDS)[number]
  let left = Math.round(exact / finest) * finest
  const parts: { amount: number; unit: SpanUnit }[] = []
  for (const [unit, of] of SECONDS) {
    const amount = Math.floor(left / of)
    left -= amount * of
    if (amount > 0) parts.push({ amount, unit })
  }
  return parts
}
