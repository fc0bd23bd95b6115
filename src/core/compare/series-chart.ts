/** What a chart of a series draws: the snapshots on its axis, and layers that stand on each other up to the total. */
import type { SeriesAnswer } from './series.ts'

export interface ChartLayer {
  /** A function; null = all others together. */
  name: string | null
  /** By row of SeriesAnswer.points. */
  values: readonly number[]
  /** Upper edge at each snapshot of the chart. */
  tops: number[]
}

export interface SeriesChart {
  /** Rows of SeriesAnswer.points from left to right. One without a time has no place among others that have one. */
  rows: number[]
  /** Seconds since 1970; 0, 1, 2 … where files say no times. */
  x: number[]
  /**
   * From the top to the bottom, the ones that change most first: those below change least, so that an edge moves by what
   * its own layer does.
   */
  layers: ChartLayer[]
}

export function seriesChart({ points, parts, rest, timed }: SeriesAnswer): SeriesChart {
  const rows = points.flatMap((point, row) => (timed && point.time === null ? [] : [row]))
  const x = rows.map((row) => (timed ? (points[row].time ?? 0) / 1000 : row))
  const layers: ChartLayer[] = [...parts.map(({ name, flat }) => ({ name, values: flat, tops: [] as number[] }))]
  if (rest.some((value) => value !== 0)) layers.push({ name: null, values: rest, tops: [] })
  let below = rows.map(() => 0)
  for (const layer of [...layers].reverse()) {
    layer.tops = below.map((edge, i) => edge + layer.values[rows[i]])
    below = layer.tops
  }
  return { rows, x, layers }
}

/** Index of the snapshot next to a place on the axis, -1 without any. */
export function nearestSnapshot(x: readonly number[], at: number): number {
  return x.reduce((best, value, i) => (best < 0 || Math.abs(value - at) < Math.abs(x[best] - at) ? i : best), -1)
}

export interface SmallCurve {
  /** Places of the values from the left and from the top, in a picture of the given size. */
  at: [number, number][]
  /** Where nothing lies. */
  zero: number
}

/** A small picture of numbers over the axis that the domain reaches over; it begins at nothing. */
export function smallCurve(
  x: readonly number[],
  values: readonly number[],
  domain: readonly [number, number],
  { width, height, pad }: { width: number; height: number; pad: number },
): SmallCurve {
  const least = Math.min(0, ...values)
  const most = Math.max(0, ...values)
  const across = (width - 2 * pad) / (domain[1] - domain[0] || 1)
  const up = (height - 2 * pad) / (most - least || 1)
  const top = (value: number) => height - pad - (value - least) * up
  return { at: values.map((value, i) => [pad + (x[i] - domain[0]) * across, top(value)]), zero: top(0) }
}
