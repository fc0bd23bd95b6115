/** What pictures over an axis of time have in common. */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatValue } from '../../core/model/units.ts'

/** Puts a plot into a place, where it keeps the size of the place. Returns what takes it away. */
export function mountPlot(
  place: HTMLElement,
  options: uPlot.Options,
  data: uPlot.AlignedData,
  holder: { current: uPlot | null },
): () => void {
  const made = new uPlot(options, data, place)
  holder.current = made
  const resized = new ResizeObserver(() => made.setSize({ width: place.clientWidth, height: place.clientHeight }))
  resized.observe(place)
  return () => {
    resized.disconnect()
    made.destroy()
    holder.current = null
  }
}

const BYTE_STEPS = Array.from({ length: 60 }, (_, i) => 2 ** i)

/** Bytes are divided by powers of two. */
export const stepsOf = (unit: string): { incrs?: number[] } =>
  / [KMG]iB$| B$/.test(formatValue(2 ** 20, unit)) ? { incrs: BYTE_STEPS } : {}

/** Hours and minutes, seconds where steps are shorter than a minute, days where they are as long. */
export function timeFormat(locale: string, step: number): (seconds: number) => string {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat(
    locale,
    step >= 86_400
      ? { month: 'short', day: 'numeric' }
      : {
          ...clock,
          ...(step < 60 ? { second: '2-digit' as const } : {}),
          ...(step < 1 ? { fractionalSecondDigits: step < 0.1 ? 2 : 1 } : {}),
        },
  )
  return (seconds) => format.format(seconds * 1000)
}
