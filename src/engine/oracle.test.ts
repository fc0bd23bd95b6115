/** Every answer of `go tool pprof` in the fixture index, to the unit. */
import { describe, expect, it } from 'vitest'
import { Strings } from '../core/model/strings.ts'
import { evidenceOf } from '../core/zones/rule.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

const index = fixtureIndex()
/** Rules that are, for these kinds of profile, exactly one of the index's patterns. */
const counted = [
  'json-any',
  'str-map-assign',
  'reflect-alloc',
  'boxing',
  'slice-growth',
  'gc-assist',
  'malloc',
  'bulk-memory',
  'runtime-lock',
]
const whole = { order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const

async function open(file: string) {
  const engine = new Engine()
  const info = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
  return { engine, info, names: new Strings(info.names) }
}

describe.each(index.files.filter((f) => f.oracle))('$file', (entry) => {
  it('has the totals, samples and tops that pprof prints', async () => {
    const { engine, info, names } = await open(entry.file)
    if (entry.counts) {
      expect(info.samples).toBe(entry.counts.samples)
      expect(info.locations).toBe(entry.counts.locations)
    }
    for (const [name, oracle] of Object.entries(entry.oracle ?? {})) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === name)
      const type = info.sampleTypes[sampleType]
      expect(type.unit).toBe(oracle.unit)
      expect(type.total).toBe(oracle.total)
      const sums = engine.functions({ sampleType })
      const byName = new Map<string, { flat: number; cum: number }>()
      for (let f = 0; f < names.length; f++) {
        if (sums.flat[f] !== 0 || sums.cum[f] !== 0) byName.set(names.get(f), { flat: sums.flat[f], cum: sums.cum[f] })
      }
      for (const row of [...oracle.top_flat, ...oracle.top_cum]) {
        expect({ name: row.name, ...(byName.get(row.name) ?? { flat: 0, cum: 0 }) }).toEqual({
          name: row.name,
          flat: row.flat,
          cum: row.cum,
        })
      }
      const tree = engine.tree({ sampleType, ...whole })
      const root = tree.total[0]
      expect(tree.width[0]).toBeGreaterThanOrEqual(Math.abs(root))
      let self = 0
      for (let r = 0; r < tree.length; r++) self += tree.self[r]
      expect(self).toBe(root)
    }
  })

  it('opens on the type that pprof opens on', async () => {
    const { info } = await open(entry.file)
    const types = entry.header?.types ?? []
    const wanted = entry.header?.default
      ? types.findIndex(([type]) => type === entry.header?.default)
      : types.length - 1
    expect(info.defaultSampleType).toBe(wanted)
    expect(info.timeNs === 0 ? null : info.timeNs).toBe(entry.header?.time ?? null)
    expect(info.durationNs === 0 ? null : info.durationNs).toBe(entry.header?.dur ?? null)
  })
})

describe.each(index.files.filter((f) => f.zones))('zones of $file', (entry) => {
  it('weigh what the samples that match weigh', async () => {
    const { engine, info } = await open(entry.file)
    for (const [name, oracle] of Object.entries(entry.zones ?? {})) {
      const sampleType = info.sampleTypes.findIndex((t) => t.type === name)
      const { zones } = engine.zones({ sampleType })
      const profilers = Math.abs(zones.find((z) => z.id === 'profiling-overhead')?.value ?? 0)
      for (const zone of zones) {
        const expected = oracle.matches[zone.id] ?? 0
        if (!counted.includes(zone.id) || zone.state === 'hidden') continue
        // The pattern of the index knows fewer names of growing than the rule, which counts strings.Builder too.
        if (zone.id === 'slice-growth' && evidenceOf(info.kind) === 'memory') {
          expect(zone.value).toBeGreaterThanOrEqual(expected - profilers)
        } else {
          // What a profiler does to write its profile is no cause of the program's.
          expect(Math.abs(expected - zone.value), zone.id).toBeLessThanOrEqual(zone.role === 'cause' ? profilers : 0)
        }
        if (zone.state === 'found') {
          expect(zone.places.reduce((sum, p) => sum + p.total, 0)).toBe(zone.value)
        }
      }
    }
  })
})
