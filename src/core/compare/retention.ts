/** Growth over several heap profiles of one run: what a line of the user's allocated and what of it stays. */
import type { Profile } from '../model/profile.ts'
import { sampleErrors } from '../query/sampling.ts'
import { OwnLineTable } from '../zones/own-line-table.ts'
import { UserCode } from '../zones/user-code.ts'
import type { Retention } from '../zones/zone.ts'
import { eachSource, ofKey, sumBySource } from './source-sums.ts'
import { MOST_SOURCES, unite } from './unite.ts'

/** Of all that is in use in the last snapshot, and of all growth since the first: less is not what makes a heap grow. */
const LEAST_SHARE = 0.05
const LEAST_PART = 0.1
const LEAST_GROWTH = 1.2
/** Standard errors by which the last snapshot must exceed the first: heaps are sampled (query/sampling.ts). */
const LEAST_ERRORS = 2
/**
 * What stays of all that the line allocated between the first snapshot and the last. Requests that are being served hold
 * garbage too, now more of it and now less: that is a few thousandths of what they allocate, and no leak.
 */
const LEAST_KEPT = 0.05

/** Of one line of the user's, by snapshot. */
interface Line {
  func: number
  frame: number
  inuse: Float64Array
  alloc: Float64Array
  samples: Float64Array
  /** Squared standard error of what is in use. */
  variance: Float64Array
}

/**
 * Lines whose memory in use grew in every snapshot while they kept allocating, the heaviest first. Needs three snapshots
 * that differ. `own`: import paths of the user's own code.
 */
export function findRetention(profiles: readonly Profile[], own: readonly string[]): Retention {
  const counting = profiles.filter(({ sampleTypes }) => typeRow(sampleTypes, 'inuse_space') >= 0)
  // Snapshots without a collection between them tell the same twice.
  const series = counting
    .map((profile) => ({ profile, inuse: total(profile) }))
    .sort((a, b) => Number(a.profile.meta.timeNs - b.profile.meta.timeNs))
    .filter(({ inuse }, i, all) => i === 0 || inuse !== all[i - 1].inuse)
    .slice(-MOST_SOURCES)
  const found: Retention = { lines: [], snapshots: counting.length }
  if (series.length < 3) return found
  const { profile: united } = unite(series.map(({ profile }) => profile))
  const last = series.length - 1
  const { strings, functions, frames } = united
  const growth = series[last].inuse - series[0].inuse
  for (const { func, frame, inuse, alloc, samples, variance } of ownLines(united, own, series.length)) {
    const grows = inuse.every((bytes, i) => i === 0 || (bytes > inuse[i - 1] && alloc[i] > alloc[i - 1]))
    const share = series[last].inuse > 0 ? inuse[last] / series[last].inuse : 0
    if (!grows || share < LEAST_SHARE || inuse[last] < inuse[0] * LEAST_GROWTH) continue
    const more = inuse[last] - inuse[0]
    if (more < LEAST_ERRORS * Math.sqrt(variance[0] + variance[last]) || more < LEAST_PART * growth) continue
    if (more < LEAST_KEPT * (alloc[last] - alloc[0])) continue
    found.lines.push({
      func: strings.get(functions.name[func]),
      file: strings.get(functions.file[frames.func[frame]]),
      line: frames.line[frame],
      inuse: inuse[last],
      samples: samples[last],
      share,
      from: inuse[0],
    })
  }
  found.lines.sort((a, b) => b.inuse - a.inuse)
  return found
}

const typeRow = (types: Profile['sampleTypes'], name: string) => types.findIndex(({ type }) => type === name)

function total({ samples, sampleTypes }: Profile): number {
  return samples.value[typeRow(sampleTypes, 'inuse_space')].reduce((sum, v) => sum + v, 0)
}

/** Every sample is charged to the user's line nearest to its leaf; samples without one are nobody's. */
function ownLines(profile: Profile, own: readonly string[], snapshots: number): Line[] {
  const { frames, functions, samples, sampleTypes } = profile
  const lines = new OwnLineTable(profile, new UserCode(profile, own))
  const lineOf = samples.stack.map((row) => (row > 0 ? lines.of(row) : -1))
  const inuse = samples.value[typeRow(sampleTypes, 'inuse_space')]
  const alloc = samples.value[typeRow(sampleTypes, 'alloc_space')] ?? new Float64Array(samples.length)
  const errors = sampleErrors(profile, 'heap', typeRow(sampleTypes, 'inuse_space'))
  const sum = (column: Float64Array) => sumBySource(samples, lineOf, lines.length, column, eachSource(snapshots))
  const each = (of: (sample: number) => number) => sum(inuse.map((_, s) => of(s)))
  const sums = {
    inuse: sum(inuse),
    alloc: sum(alloc),
    samples: each((s) => Number(inuse[s] !== 0 || alloc[s] !== 0)),
    variance: each((s) => errors?.variance(s) ?? 0),
  }
  return Array.from(lines.frame, (frame, line) => ({
    func: functions.symbol[frames.func[frame]],
    frame,
    inuse: ofKey(sums.inuse, line),
    alloc: ofKey(sums.alloc, line),
    samples: ofKey(sums.samples, line),
    variance: ofKey(sums.variance, line),
  }))
}
