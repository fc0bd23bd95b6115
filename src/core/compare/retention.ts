/** Growth over several heap profiles of one run: which lines of the user's keep what they allocate. */
import type { Profile } from '../model/profile.ts'
import type { Retention } from '../zones/zone.ts'
import { followSeries } from './series.ts'
import { MOST_SOURCES, unite } from './unite.ts'

/** Of all that is in use in the last snapshot, and of all growth since the first: less is not what makes a heap grow. */
const LEAST_SHARE = 0.05
const LEAST_PART = 0.1
/**
 * What stays of all that the line allocated between the first snapshot and the last. Requests that are being served hold
 * garbage too, now more of it and now less: that is a few thousandths of what they allocate, and no leak.
 */
const LEAST_KEPT = 0.05

/** Lines that certainly grow (growth.ts), in every step, and keep, the heaviest first. own: import paths of the user's own code. */
export function findRetention(profiles: readonly Profile[], own: readonly string[]): Retention {
  const counting = profiles.filter((profile) => inUse(profile) >= 0)
  const found: Retention = { lines: [], snapshots: counting.length }
  const latest = [...counting].sort((a, b) => Number(a.meta.timeNs - b.meta.timeNs)).slice(-MOST_SOURCES)
  if (latest.length === 0) return found
  const { profile } = unite(latest)
  const sampleType = inUse(profile)
  const { lines, total } = followSeries(profile, { sampleType, kind: 'heap', own })
  for (const { line, first, last, grew, of, samples, kept, certain } of lines) {
    if (!line || !total || !certain || grew < of || kept === null || kept < LEAST_KEPT) continue
    const share = total.last > 0 ? last / total.last : 0
    if (share < LEAST_SHARE || last - first < LEAST_PART * (total.last - total.first)) continue
    found.lines.push({ ...line, inuse: last, samples, share, from: first })
  }
  found.lines.sort((a, b) => b.inuse - a.inuse)
  return found
}

const inUse = ({ sampleTypes }: Profile) => sampleTypes.findIndex(({ type }) => type === 'inuse_space')
