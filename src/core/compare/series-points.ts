/** The snapshots of a series: in which order, which tell the same twice, and where the process was started anew. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile, ProfileMeta } from '../model/profile.ts'
import { sourceCount } from './unite.ts'

/** Points that a slope needs. */
const LEAST_POINTS = 3

type Capture = Pick<ProfileMeta, 'timeNs' | 'durationNs'>

/** By source, what each says of itself. */
export const capturesOf = ({ sources, meta }: Profile): readonly Capture[] => sources ?? [meta]

export interface SeriesPoint {
  source: number
  /** Milliseconds since 1970, null = the file does not say. */
  time: number | null
  /** By sample type, of the samples that the query leaves. */
  totals: number[]
  /**
   * Why growth is not measured at it: it was taken at the instant of the one before, or without a collection since, and tells
   * the same; its file says no time while others do; or it is the difference of two snapshots (?seconds=) among snapshots.
   */
  leftOut: 'same-instant' | 'no-time' | 'difference' | null
  /** Which run of the process it is from, as counters tell that fall when one begins anew; counted from 0, -1 = left out. */
  run: number
}

/** In time order, each with its totals and the run it is from. */
export function pointsOf(profile: Profile, kind: ProfileKind): SeriesPoint[] {
  const captures = capturesOf(profile)
  const sources = sourceCount(profile)
  const all = Array.from({ length: sources }, (_, source) => source)
  const timeOf = (source: number) => captures[source]?.timeNs ?? 0n
  const timed = all.filter((source) => timeOf(source) > 0n)
  const isTimed = timed.length >= LEAST_POINTS
  if (isTimed) timed.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a - b))
  const order = isTimed ? [...timed, ...all.filter((source) => timeOf(source) <= 0n)] : all
  const whole = totalsOf(profile, false)
  const left = totalsOf(profile, true)
  const isDifference = (source: number) => kind !== 'cpu' && captures[source].durationNs > 0n
  const isMixed = !all.every(isDifference)
  const isMemory = kind === 'heap' || kind === 'allocs'
  const points: SeriesPoint[] = []
  let before: SeriesPoint | null = null
  for (const source of order) {
    const time = timeOf(source)
    const point: SeriesPoint = {
      source,
      time: time > 0n ? Number(time) / 1e6 : null,
      totals: left.map((totals) => totals[source]),
      leftOut: null,
      run: 0,
    }
    points.push(point)
    if (isMixed && isDifference(source)) point.leftOut = 'difference'
    else if (isTimed && point.time === null) point.leftOut = 'no-time'
    else if (before) {
      const last = before.source
      const isSame =
        (point.time !== null && point.time === before.time) ||
        (isMemory && whole.every((totals) => totals[source] === totals[last]))
      if (isSame) point.leftOut = 'same-instant'
      else point.run = before.run + Number(isNewRun(profile, whole, captures, last, source))
    }
    if (point.leftOut !== null) point.run = -1
    else before = point
  }
  return points
}

/** By sample type and source. */
function totalsOf(profile: Profile, onlyKept: boolean): Float64Array[] {
  const { samples, sampleTypes } = profile
  const { stack, source, length } = samples
  return sampleTypes.map((_, t) => {
    const totals = new Float64Array(sourceCount(profile))
    const value = samples.value[t]
    for (let s = 0; s < length; s++) if (!onlyKept || stack[s] >= 0) totals[source ? source[s] : 0] += value[s]
    return totals
  })
}

/** What counts from the start of the process. Profiles of a duration count what came within it. */
export const isCounter = (type: string) => /^(alloc_(space|objects)|contentions|delay)$/.test(type)

function isNewRun(
  { sampleTypes }: Profile,
  totals: readonly Float64Array[],
  captures: readonly Capture[],
  before: number,
  after: number,
): boolean {
  if (captures[before].durationNs > 0n || captures[after].durationNs > 0n) return false
  // 0 where a file does not count it.
  return sampleTypes.some(
    ({ type }, t) => isCounter(type) && totals[t][after] > 0 && totals[t][after] < totals[t][before],
  )
}

/** Rows of the last run that has enough of them. */
export function measuredPoints(points: readonly SeriesPoint[]): number[] {
  const last = points.reduce((most, { run }) => Math.max(most, run), -1)
  for (let run = last; run >= 0; run--) {
    const rows = points.flatMap((point, row) => (point.run === run ? [row] : []))
    if (rows.length >= LEAST_POINTS) return rows
  }
  return []
}
