/** Small charts of the story, all on one time axis. */
import type { Facts } from './facts.ts'

export type ChartId = 'heap' | 'goroutines' | 'live' | 'system'

export interface StoryChart {
  id: ChartId
  unit: string
  /** In time order; time: milliseconds since 1970. */
  points: readonly { time: number; value: number }[]
  /** Name of the file by which a log without times was placed; '' = it says its times itself. */
  placedBy: string
}

/** A file that was captured at a time. */
export interface Mark {
  time: number
  name: string
  /** Its first kind, as StoryFile has it. */
  kind: string
}

export interface StoryCharts {
  /** Of all points and marks; equal where there is but one time. */
  from: number
  to: number
  charts: StoryChart[]
  /** In time order. */
  marks: Mark[]
}

/** began: when processes whose logs say no time began, as the reader knows it; null = they are left out. Null where no chart has two times. */
export function chartsOf({ files, series, curves }: Facts, began: number | null): StoryCharts | null {
  const snapshots = series.flatMap(({ kind, unit, points }): StoryChart[] => {
    const timed = points.flatMap(({ time, total }) => (time === null ? [] : [{ time, value: total }]))
    return timed.length < 2
      ? []
      : [{ id: kind === 'goroutine' ? 'goroutines' : 'heap', unit, points: timed, placedBy: '' }]
  })
  const known = curves.flatMap((curve) => {
    if (curve.isPlaced) return curve
    const points = curve.points.map(({ time, value }) => ({ time: time + (began ?? 0), value }))
    return began === null ? [] : { ...curve, points }
  })
  const measured = known.map(({ id, unit, points, placedBy }) => {
    return { id, unit, points, placedBy: placedBy === null ? '' : (files[placedBy]?.name ?? '') }
  })
  const charts: StoryChart[] = [...snapshots, ...measured]
  if (charts.length === 0) return null
  const marks = files.flatMap(({ time, name, kinds, isOther }): Mark[] =>
    time === null || isOther ? [] : [{ time, name, kind: kinds[0] ?? '' }],
  )
  marks.sort((a, b) => a.time - b.time)
  const times = [...marks, ...charts.flatMap(({ points }) => points)].map(({ time }) => time)
  return { from: Math.min(...times), to: Math.max(...times), charts, marks }
}
