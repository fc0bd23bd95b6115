/**
 * What the captured profiles must say, rule by rule and profile by profile, where `go tool pprof` was asked for the
 * same sums (fixtureIndex().zones): found where they weigh enough, with exactly that share, and nowhere else.
 */
import { describe, expect, it } from 'vitest'
import { rules } from '../core/zones/index.ts'
import { type Evidence, evidenceOf, FLOOR } from '../core/zones/rule.ts'
import { type FixtureEntry, fixture, fixtureIndex } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'

/** Pattern of the index by rule, for the kinds of profile in which the two are the same. */
const same: Partial<Record<Evidence, Record<string, string>>> = {
  cpu: {
    'json-any': 'json-any',
    'str-map-assign': 'str-map-assign',
    'reflect-alloc': 'reflect-alloc',
    boxing: 'boxing',
    'slice-growth': 'slice-growth',
    'str-concat': 'str-concat',
    'gc-assist': 'gc-assist',
    malloc: 'malloc',
    'bulk-memory': 'bulk-memory',
  },
  memory: {
    'json-any': 'json-any',
    'str-map-assign': 'str-map-assign',
    'reflect-alloc': 'reflect-alloc',
  },
  mutex: { 'mutex-contention': 'mutex-unlock', 'runtime-lock': 'runtime-lock' },
  block: { 'mutex-contention': 'mutex-lock' },
}

/** Work of the runtime that a memory profile strips from its stacks: never found there, and said to be hidden. */
const stripped = ['boxing', 'str-bytes', 'str-concat', 'map-growth', 'gc-assist', 'gc-background', 'write-barrier']

const entries = fixtureIndex().files.filter((f) => f.zones && /^(go1|goroutines|bench)/.test(f.file))

async function reports(entry: FixtureEntry) {
  const engine = new Engine()
  const info = await engine.open({ name: entry.file, source: new Blob([fixture(entry.file)]) }, () => undefined)
  return Object.entries(entry.zones ?? {}).map(([type, sums]) => {
    const report = engine.zones({ sampleType: info.sampleTypes.findIndex((t) => t.type === type) })
    const zone = (id: string) => {
      const found = report.zones.find((z) => z.id === id)
      if (!found) throw new Error(`no rule ${id}`)
      return found
    }
    return { type, sums, report, zone, evidence: evidenceOf(info.kind) }
  })
}

describe.each(entries.map((entry) => [entry.file, entry] as const))('%s', (_, entry) => {
  it('finds each rule exactly where pprof says that it weighs enough', async () => {
    for (const { type, sums, evidence, zone } of await reports(entry)) {
      const profilers = Math.abs(zone('profiling-overhead').value)
      for (const [id, pattern] of Object.entries((evidence && same[evidence]) ?? {})) {
        const all = sums.matches[pattern] ?? 0
        const rule = rules.find((r) => r.id === id)
        const floor = (evidence && rule?.match[evidence]?.floor) ?? FLOOR
        const found = zone(id)
        // What a profiler does to write its profile is no cause of the program's.
        const { value } = found
        expect(Math.abs(all - value), id).toBeLessThanOrEqual(rule?.role === 'cause' ? profilers : 0)
        // pprof takes its per cent of the sum of all absolute values, which comparisons have.
        const base = entry.oracle?.[type]?.total ?? sums.total
        const share = base === 0 ? 0 : value / base
        const isEnough = Math.abs(share) >= floor && value !== 0 && found.reason !== 'too-little'
        expect({ type, id, state: found.state }).toEqual({ type, id, state: isEnough ? 'found' : 'quiet' })
        if (found.state === 'found') expect(found.share, id).toBeCloseTo(share, 12)
      }
      // The pattern of the index knows fewer names of growing than the rule.
      if (evidence === 'memory') {
        expect(zone('slice-growth').value).toBeGreaterThanOrEqual((sums.matches['slice-growth'] ?? 0) - profilers)
      }
      if (evidence === 'memory') for (const id of stripped) expect(zone(id).state, id).toBe('hidden')
    }
  })
})

const modes = entries.filter((e) => e.mode && ['cpu', 'heap', 'allocs'].includes(e.kind ?? ''))

describe.each(modes.map((entry) => [entry.file, entry] as const))('JSON in %s', (_, entry) => {
  const { mode } = entry

  it(`is told from how it is decoded: ${mode}`, async () => {
    for (const { sums, report, zone } of await reports(entry)) {
      const any = zone('json-any')
      const ofDecode = (sums.matches['json-any'] ?? 0) / (sums.matches['json-decode'] ?? 1)
      if (mode === 'map' || mode === 'typed') {
        expect(any.state).toBe('found')
        expect(any.share).toBeGreaterThan(0.1)
        expect(report.json?.any).toBe(sums.matches['json-any'])
        expect(report.json?.verdict).toBe(ofDecode >= 0.6 ? 'untyped' : 'mixed')
        if (mode === 'map') expect(report.json?.verdict).toBe('untyped')
        // The blame is the program's own line.
        expect(any.blame.length).toBeGreaterThan(0)
      } else {
        expect(any).toMatchObject({ state: 'quiet', value: 0 })
        expect(report.json).toMatchObject({ any: 0, verdict: 'typed' })
      }
    }
  })

  it('lights where maps and reflection meet only in the versions and modes that fill maps by reflection', async () => {
    for (const { sums, zone } of await reports(entry)) {
      const pair = zone('reflect-overlap').state
      // Up to 1.26 nested documents in map[string]interface{} are filled without reflection.
      if (mode === 'map') expect(pair).toBe(entry.go === '1.27' ? 'found' : 'quiet')
      if (mode === 'generic' || mode === 'lazy') expect(pair).toBe('quiet')
      const each = Math.min(sums.matches['str-map-assign'] ?? 0, sums.matches['unsafe-new'] ?? 0) / sums.total
      if (mode === 'struct' && each > 0.02) expect(pair).toBe('found')
    }
  })
})

describe('the set', () => {
  it('holds CPU and heap of the map way and of others, of every version', () => {
    for (const go of ['1.22', '1.24', '1.26', '1.27']) {
      for (const mode of ['map', 'struct', 'typed']) {
        for (const kind of ['cpu', 'heap']) {
          expect(modes.some((e) => e.go === go && e.mode === mode && e.kind === kind)).toBe(true)
        }
      }
    }
  })
})
