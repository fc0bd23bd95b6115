/** Numbers of a series in words. */
import type { SeriesTrend } from '../../../core/compare/series.ts'
import { spanOf } from '../../../core/model/span.ts'
import { formatValue } from '../../../core/model/units.ts'
import type { OverTimeMessages } from './messages.ts'

/** "+12.5 MiB", "0 B". */
export const signed = (value: number, unit: string): string => `${value > 0 ? '+' : ''}${formatValue(value, unit)}`

/** Per minute, per step where files say no times. Counts are fractions of one: they are rounded to two digits. */
export function paceOf(m: OverTimeMessages, { slopePerMinute, slopePerStep }: SeriesTrend, unit: string): string {
  const slope = slopePerMinute ?? slopePerStep
  const text = formatValue(1.5, unit) === '2' ? rounded(slope) : signed(slope, unit)
  return slopePerMinute === null ? m.perStep(text) : m.perMinute(text)
}

const rounded = (slope: number) => {
  const digits = Math.abs(slope) < 100 ? 2 : 0
  return `${slope > 0 ? '+' : ''}${Number(slope.toFixed(digits)).toLocaleString('en-US')}`
}

/** "41 min", "2 d 3 h". */
export function minutesText(m: OverTimeMessages, minutes: number): string {
  const span = spanOf(minutes * 60e9)
  return span.length === 0 ? m.soon : span.map(({ amount, unit }) => `${amount} ${m.spanUnits[unit]}`).join(' ')
}
