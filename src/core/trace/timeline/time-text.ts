/** Times of a trace as texts. */
import { formatValue, writtenIn } from '../../model/units.ts'

/** How long something took. ns: nanoseconds. */
export const lengthText = (ns: number): string => formatValue(ns, 'nanoseconds')

/** When something was, with as many digits as times that lie `step` nanoseconds apart need to differ. */
export function timeText(ns: number, step: number): string {
  const written = writtenIn(ns, 'nanoseconds')
  if (!written || ns === 0) return lengthText(ns)
  const most = Math.round(Math.log10(written.size))
  const digits = Math.max(0, Math.min(most, Math.ceil(Math.log10(written.size / Math.max(1, step)))))
  return `${(ns / written.size).toFixed(digits)} ${written.name}`
}

/** From when to when something was, as finely as it is long. from, to: nanoseconds. */
export function spanTexts({ from, to }: { from: number; to: number }): [from: string, to: string] {
  const step = (to - from) / 100
  return [timeText(from, step), timeText(to, step)]
}
