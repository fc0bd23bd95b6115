/** The labelled profiles: what must be found is, and what must not be is not. */
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { labelled, score, zonesOfLabelled } from '../../testing/labelled.ts'
import { zonesOf } from '../../testing/zones-of.ts'
import { readProfile } from '../formats/index.ts'
import type { Profile } from '../model/profile.ts'
import { packStrings, Strings } from '../model/strings.ts'
import { rules } from './index.ts'
import type { Zone } from './zone.ts'

/** What is there and too light to be reported. */
const missed: Record<string, string[]> = {
  // 20 labels beside 40 items with four fields each: below the floor.
  'ingest struct.cpu': ['json-typed-map', 'str-map-assign'],
  // One allocation that was caught, of 512 KiB.
  'ingest struct.heap': ['json-typed-map', 'str-map-assign'],
}

describe.each(labelled().map((label) => [label.name, label] as const))('%s', (name, label) => {
  it(`finds ${label.expect.join(', ') || 'nothing'}`, async () => {
    const { zones } = await zonesOfLabelled(label)
    const found = zones.filter((z) => z.state === 'found').map((z) => z.id)
    expect(found).toEqual(expect.arrayContaining(label.expect.filter((id) => !missed[name]?.includes(id))))
    const allowed = new Set<string>([...label.expect, ...(label.may ?? [])])
    expect(found.filter((id) => !allowed.has(id))).toEqual([])
  })
})

describe('names of the runtime', () => {
  const services = labelled().filter((l) => /^go1\.\d+ \w+ cpu$/.test(l.name))
  it.each(services.map((label) => [label.name, label] as const))('are nearly all known in %s', async (_, label) => {
    const { zones } = await zonesOfLabelled(label)
    expect(zones.find((z) => z.id === 'runtime-unclassified')?.share).toBeLessThan(0.1)
  })
})

/** The profile as a later Go would write it. */
function renamed(profile: Profile, from: RegExp, to: string): Profile {
  const names = Array.from({ length: profile.strings.length }, (_, i) => profile.strings.get(i).replace(from, to))
  return { ...profile, strings: new Strings(packStrings(names)) }
}

describe('a function that a later Go renames', () => {
  const openCpu = async () => (await readProfile(new Blob([fixture('go1.27/map/cpu.pb.gz')]), { seed: 1 })).profile
  const zone = (zones: readonly Zone[], id: string) => zones.find((z) => z.id === id)

  it.each([
    ['json-any', /^encoding\/json\/v2\.makeInterfaceArshaler/, 'encoding/json/v2.makeAnyArshaler'],
    ['str-map-assign', /(mapassign)_faststr/, '$1_string'],
    ['reflect-alloc', /^reflect\.(.*)$/, 'reflect.later$1'],
  ])('fails the labels of %s', async (id, from, to) => {
    const profile = await openCpu()
    const label = labelled().find((l) => l.name === 'go1.27 map cpu')
    const weight = Math.abs(zone(zonesOf(profile).zones, id)?.value ?? 0)
    expect(weight).toBeGreaterThan(0)
    const lost = zone(zonesOf(renamed(profile, from, to)).zones, id)
    expect(lost).toMatchObject({ state: 'quiet', value: 0 })
    expect(label?.expect).toContain(id)
  })

  it('is the runtime’s, unclassified, where no rule knows it, and loud when it is heavy', async () => {
    const profile = await openCpu()
    const share = (p: Profile) => zone(zonesOf(p).zones, 'runtime-unclassified')?.share ?? 0
    // What the test of known names above allows at most.
    expect(share(profile)).toBeLessThan(0.1)
    const later = renamed(profile, /^(runtime|internal\/runtime\/\w+)\.(?!goexit|main$)(.*)$/, '$1.later_$2')
    expect(share(later)).toBeGreaterThan(0.1)
  })
})

describe('boxing in a memory profile', () => {
  const boxing = async (name: string) => {
    const label = labelled().find((l) => l.name === name)
    if (!label) throw new Error(`no ${name}`)
    return (await zonesOfLabelled(label)).zones.find((z) => z.id === 'boxing')
  }

  it('is hidden, and what the user’s functions allocate in such sizes is said beside it', async () => {
    const zone = await boxing('box.allocs')
    expect(zone?.state).toBe('hidden')
    // What `go tool pprof -top -unit=B -tagfocus=16b` prints for main.box.
    expect(zone?.onCallers?.value).toBe(242_723_180)
  })

  it('is not spoken of where nothing of the kind is allocated', async () => {
    expect((await boxing('build.allocs'))?.onCallers).toBeNull()
  })
})

describe('the set', () => {
  it('is large and of real profiles, and knows only rules that exist', () => {
    const set = labelled()
    expect(set.filter((l) => l.file).length).toBeGreaterThanOrEqual(40)
    const ids = new Set<string>(rules.map((r) => r.id))
    for (const { expect: wanted, may } of set) {
      for (const id of [...wanted, ...(may ?? [])]) expect(ids).toContain(id)
    }
  })

  it('is answered with few false alarms and misses', async () => {
    const sums = [...(await score()).values()]
    const total = (pick: (s: (typeof sums)[number]) => number) => sums.reduce((n, s) => n + pick(s), 0)
    expect(total((s) => s.hit) / (total((s) => s.hit) + total((s) => s.falseAlarm))).toBeGreaterThan(0.95)
    expect(total((s) => s.missed)).toBe(Object.values(missed).flat().length)
  })
})
