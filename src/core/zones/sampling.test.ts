/** What a finding rests on, against the variance of drawing samples by hand, and what follows for its certainty. */
import { describe, expect, it } from 'vitest'
import { foldedProfile, largeProfile } from '../../testing/folded.ts'
import { zonesOf } from '../../testing/zones-of.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import { evidenceOf } from './rule.ts'
import { Sampling } from './sampling.ts'

/** Events that the first sample of a profile is worth, as Go's own sampling would have caught it. */
function eventsOf(profile: Profile, kind: ProfileKind): number {
  const type = profile.defaultSampleType
  const sampling = new Sampling(profile, type, evidenceOf(kind))
  const value = profile.samples.value[type][0]
  return sampling.sizeOf(value, sampling.variance?.(0) ?? 0, 0).events
}

const sampledAt = (rate: number, profile: Profile): Profile => ({
  ...profile,
  meta: { ...profile.meta, period: BigInt(rate) },
})

describe('events', () => {
  it('are the ticks of a CPU profile', () => {
    expect(eventsOf(largeProfile('cpu', ['main.main 30']), 'cpu')).toBe(30)
  })

  it('are the waits of a block profile', () => {
    expect(eventsOf(largeProfile('block', ['main.main;runtime.chansend1 30/7']), 'block')).toBeCloseTo(7, 9)
  })

  it('are as many as catching objects at random leaves an error like', () => {
    // Of 400 objects of 64 KiB one in eight is caught at 512 KiB: 47. Drawn ten thousand times, the spread tells.
    const objects = 400
    const size = 2 ** 16
    const caught = 1 - Math.exp(-size / 2 ** 19)
    let seed = 7
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return seed / 2 ** 32
    }
    const draws = Array.from({ length: 10_000 }, () => {
      let n = 0
      for (let i = 0; i < objects; i++) if (random() < caught) n++
      return n / caught
    })
    const mean = draws.reduce((a, b) => a + b) / draws.length
    const variance = draws.reduce((sum, d) => sum + (d - mean) ** 2, 0) / draws.length
    const mib = (objects * size) / 2 ** 20
    const profile = sampledAt(2 ** 19, largeProfile('allocs', [`main.main ${mib}/${objects}`]))
    expect(eventsOf(profile, 'allocs') / (mean ** 2 / variance)).toBeCloseTo(1, 1)
  })

  it('do not matter for what is caught for certain, and where every goroutine is counted', () => {
    const huge = sampledAt(2 ** 19, largeProfile('heap', ['main.main 64/1/1']))
    expect(eventsOf(huge, 'heap')).toBeGreaterThan(1e6)
    expect(eventsOf(foldedProfile('goroutine', ['main.main 3']), 'goroutine')).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a finding', () => {
  const found = (kind: ProfileKind, id: string, ...stacks: string[]) =>
    zonesOf(largeProfile(kind, stacks), kind).zones.find((z) => z.id === id)
  const boxing = (ticks: number) => found('cpu', 'boxing', `main.main;runtime.convT64 ${ticks}`)

  it('is as certain as the number of its events allows', () => {
    expect(boxing(3)).toMatchObject({ state: 'quiet', share: 1, reason: 'too-little' })
    expect(boxing(4)).toMatchObject({ state: 'found', confidence: 'likely', reason: 'few-events' })
    expect(boxing(15)).toMatchObject({ state: 'found', confidence: 'likely' })
    expect(boxing(16)).toMatchObject({ state: 'found', confidence: 'certain', reason: null })
  })

  it('is none when it is all of next to nothing, by any sample type', () => {
    // 6 µs in 200 waits.
    const waits = foldedProfile('mutex', ['main.main;main.count;sync.(*Mutex).Unlock 6000/200'])
    for (const type of waits.sampleTypes.keys()) {
      const zone = zonesOf(waits, 'mutex', type).zones.find((z) => z.id === 'mutex-contention')
      expect(zone).toMatchObject({ state: 'quiet', share: 1, reason: 'too-little' })
    }
    const bytes = foldedProfile('allocs', ['main.main;io.ReadAll 60000'])
    expect(zonesOf(bytes, 'allocs').zones.find((z) => z.id === 'read-all')?.state).toBe('quiet')
    expect(found('allocs', 'read-all', 'main.main;io.ReadAll 1')?.state).toBe('found')
  })

  it('rests on all of its samples together', () => {
    const ticks = Array.from({ length: 16 }, (_, i) => `main.main;main.f${i};runtime.convT64 1`)
    expect(found('cpu', 'boxing', ...ticks)).toMatchObject({ state: 'found', confidence: 'certain', samples: 16 })
  })
})
