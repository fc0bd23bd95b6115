/** The snapshots of a series as the parts of the view name them, and what choosing one does. */
import { useMemo, useRef } from 'react'
import type { ChartLayer } from '../../../core/compare/series-chart.ts'
import { formatPair, pairOf } from '../../../core/query/pair.ts'
import type { SeriesReply, SideInfo } from '../../../state/store.ts'
import { shortName } from '../../compare/side-names.ts'
import { useSession, useStore } from '../../session.ts'

export interface Snapshots {
  /** Rows of SeriesAnswer.points; base null = the current one alone. */
  base: number | null
  current: number
  of(row: number): { name: string; time: string }
  /** Makes one the current one; the base stays, unless it is that one. */
  goTo(row: number): void
  compare(base: number, current: number): void
}

export function useSnapshots({ points }: SeriesReply, sides: readonly SideInfo[], locale: string): Snapshots {
  const { compareBy } = useSession()
  const text = useStore((s) => s.view.sides)
  /** The base that was passed on the way from snapshot to snapshot, and where that led. */
  const passed = useRef<{ base: number; sides: string } | null>(null)
  return useMemo(() => {
    const pair = pairOf(text, sides.length)
    const sourceOf = (row: number) => points[row]?.source ?? 0
    const rowOf = (source: number) => points.findIndex((point) => point.source === source)
    const base = pair.base ?? (passed.current?.sides === text ? passed.current.base : null)
    const times = timesOf(points, locale)
    return {
      base: pair.base === null ? null : rowOf(pair.base),
      current: rowOf(pair.current),
      of: (row) => ({ name: shortName(sides[sourceOf(row)]?.name ?? ''), time: times[row] ?? '' }),
      goTo(row) {
        const current = sourceOf(row)
        const next = formatPair({ base: base === current ? null : base, current }, sides.length)
        passed.current = base === current ? { base, sides: next } : null
        compareBy({ sides: next })
      },
      compare: (from, to) =>
        compareBy({ sides: formatPair({ base: sourceOf(from), current: sourceOf(to) }, sides.length) }),
    }
  }, [points, sides, text, locale, compareBy])
}

/** Clock times, with their days where these differ; '' = not known. */
function timesOf(points: SeriesReply['points'], locale: string): string[] {
  const dates = points.map(({ time }) => (time === null ? null : new Date(time)))
  const days = new Set(dates.filter((date) => date !== null).map((date) => date.toDateString()))
  const format = new Intl.DateTimeFormat(locale, {
    ...(days.size > 1 ? { dateStyle: 'medium' as const } : {}),
    timeStyle: 'medium',
    hourCycle: 'h23',
  })
  return dates.map((date) => (date ? format.format(date) : ''))
}

/** The colour of a layer, which it has wherever it stands. */
export const layerToken = (i: number, layers: readonly ChartLayer[]): string =>
  layers[i]?.name === null ? '--where-rest' : `--where-${i + 1}`
