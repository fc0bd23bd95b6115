/** How the profiles of a comparison are called: by their files, and by their time where that tells more. */
import type { SideInfo } from '../../state/store.ts'

/** A file name without what all of them end in. */
export const shortName = (name: string): string => name.replace(/(\.(pb|pprof|prof))?(\.gz)?$/i, '') || name

/** One line for each, for a list to choose from. */
export function sideLabels(sides: readonly SideInfo[], locale: string): string[] {
  const times = sides.map(({ timeNs }) => (timeNs > 0 ? new Date(timeNs / 1e6) : null))
  const days = new Set(times.map((time) => time?.toDateString()))
  const format = new Intl.DateTimeFormat(locale, {
    ...(days.size > 1 ? { dateStyle: 'medium' as const } : {}),
    timeStyle: 'medium',
    hourCycle: 'h23',
  })
  const labels = sides.map(({ name }, i) => {
    const time = times[i]
    return time ? `${name} · ${format.format(time)}` : name
  })
  return labels.map((label, i) => (labels.indexOf(label) === i ? label : `${label} (${i + 1})`))
}
