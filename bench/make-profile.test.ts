import { Profile } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { makeProfile, type ProfileSpec, shapes, sizes } from './make-profile.ts'

const small = (spec: ProfileSpec | undefined, samples: number): ProfileSpec => {
  if (!spec) throw new Error('no such shape')
  return { ...spec, samples, functions: Math.min(spec.functions, 2_000) }
}

describe('makeProfile', () => {
  it('gives the same bytes for the same seed, others for another', () => {
    const spec = small(sizes.S, 300)
    expect(makeProfile(spec)).toEqual(makeProfile(spec))
    expect(makeProfile(spec)).not.toEqual(makeProfile({ ...spec, seed: 2 }))
  })

  it.each(Object.values(shapes).map((spec) => [spec.name, spec] as const))('writes a sound profile: %s', (_, spec) => {
    const profile = Profile.decode(makeProfile(small(spec, 50)))
    expect(profile.sample.length).toBe(50)
    expect(profile.sampleType.length).toBe(spec.sampleTypes.length)
    const locations = new Set(profile.location.map((location) => location.id))
    const functions = new Set(profile.function.map((func) => func.id))
    for (const sample of profile.sample) {
      expect(sample.value.length).toBe(spec.sampleTypes.length)
      expect(sample.label.length).toBe(spec.labelsPerSample)
      expect(sample.locationId.length).toBeGreaterThan(0)
      for (const id of sample.locationId) expect(locations.has(id)).toBe(true)
    }
    for (const location of profile.location) {
      for (const line of location.line) expect(functions.has(line.functionId)).toBe(true)
    }
    const strings = profile.stringTable.strings
    expect(strings[0]).toBe('')
    const longest = Math.max(...strings.map((text) => text.length))
    expect(longest > 1 << 19).toBe(spec.longNames > 0)
  })

  it('makes distinct stacks where asked to, of the asked depth', () => {
    const profile = Profile.decode(makeProfile(small(sizes.S, 2_000)))
    const stacks = new Set(profile.sample.map((sample) => sample.locationId.join(' ')))
    expect(stacks.size).toBe(2_000)
    const lines = new Map(profile.location.map((location) => [location.id, location.line.length]))
    const frames = profile.sample.flatMap((sample) => sample.locationId.map((id) => lines.get(id) ?? 0))
    const mean = frames.reduce((a, b) => a + b, 0) / profile.sample.length
    expect(mean).toBeGreaterThan(36)
    expect(mean).toBeLessThan(46)
  })
})
