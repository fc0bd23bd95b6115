/** What a kind of profile cannot show, plainly. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import type { Weights } from '../query/weights.ts'
import type { BlindSpot } from './zone.ts'

/** Below this many ticks one tick is more than one per cent. */
const FEW_SAMPLES = 100

const byKind: Record<ProfileKind, readonly BlindSpot[]> = {
  cpu: ['cpu-no-waiting'],
  heap: ['heap-hides-runtime', 'heap-sampled', 'heap-no-holder'],
  allocs: ['heap-hides-runtime', 'heap-sampled', 'heap-no-holder'],
  goroutine: ['goroutine-moment'],
  goroutineleak: ['leak-reachable', 'goroutine-moment'],
  threadcreate: ['unknown-kind'],
  mutex: ['mutex-charges-holder', 'waits-no-cpu'],
  block: ['block-adds-up', 'waits-no-cpu'],
  contention: ['waits-no-cpu'],
  trace: ['trace-moment', 'waits-no-cpu'],
  other: ['unknown-kind'],
}

export function blindSpots(profile: Profile, kind: ProfileKind, weights: Weights): BlindSpot[] {
  const spots = [...byKind[kind]]
  const type = profile.sampleTypes[weights.sampleType]?.type ?? ''
  if (kind === 'heap' || kind === 'allocs') {
    if (type.startsWith('inuse')) spots.push(weights.base === 0 ? 'inuse-test-empty' : 'inuse-last-gc')
    else spots.push('alloc-since-start')
  }
  if (kind === 'cpu' && ticks(profile, weights) < FEW_SAMPLES) spots.push('cpu-few-samples')
  return spots
}

function ticks(profile: Profile, weights: Weights): number {
  const { unit } = profile.sampleTypes[weights.sampleType] ?? { unit: '' }
  const period = Number(profile.meta.period)
  return unit === 'nanoseconds' && period > 0 ? weights.base / period : weights.base
}
