import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Profile as Oracle } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { fixture, fixtureIndex } from '../../testing/fixtures.ts'
import { randomProfile } from '../../testing/random-profile.ts'
import type { Profile } from '../model/profile.ts'
import { FormatError } from './format-error.ts'
import { readProfile } from './index.ts'
import { PprofReader } from './pprof.ts'

const RUNS = Number(process.env.HOTZONE_FUZZ_RUNS ?? 1000)

function readWhole(bytes: Uint8Array, pieces: number[] = []): Profile {
  const reader = new PprofReader(1)
  let at = 0
  for (const piece of pieces) {
    if (at >= bytes.length) break
    reader.push(bytes.subarray(at, at + piece))
    at += piece
  }
  if (at < bytes.length) reader.push(bytes.subarray(at))
  return reader.finish()
}

const signed = (v: number | bigint): number => Number(BigInt.asIntN(64, BigInt(v)))

/** A profile as plain values: what each sample says, in words. */
function told(p: Profile) {
  const { stacks, locations, frames, functions, strings, samples } = p
  const frame = (f: number) => `${strings.get(functions.name[frames.func[f]])}:${frames.line[f]}`
  const stack = (row: number) => {
    const out: string[] = []
    for (let r = row; r > 0; r = stacks.parent[r]) {
      for (
        let f = locations.frameStart[stacks.location[r] + 1] - 1;
        f >= locations.frameStart[stacks.location[r]];
        f--
      ) {
        out.push(frame(f))
      }
    }
    return out
  }
  return {
    types: p.sampleTypes.map((t) => `${t.type}/${t.unit}`),
    samples: Array.from(samples.stack, (row, s) => ({
      stack: stack(row),
      values: samples.value.map((column) => column[s]),
      labels: samples.labels
        ? Array.from({ length: samples.labels.start[s + 1] - samples.labels.start[s] }, (_, i) => {
            const l = (samples.labels as NonNullable<typeof samples.labels>).start[s] + i
            const t = samples.labels as NonNullable<typeof samples.labels>
            return `${strings.get(t.key[l])}=${strings.get(t.str[l])}:${t.num[l]}`
          })
        : [],
    })),
    time: p.meta.timeNs,
  }
}

/** The same, by pprof-format and pprof's own rules for frames without a name. */
function toldByOracle(bytes: Uint8Array) {
  const p = Oracle.decode(bytes)
  const text = (i: number | bigint) => p.stringTable.strings[Number(i)]
  const functions = new Map(p.function.map((f) => [BigInt(f.id), f]))
  const mappings = new Map(p.mapping.map((m) => [BigInt(m.id), m]))
  const locations = new Map(p.location.map((l) => [BigInt(l.id), l]))
  const binary = (id: number | bigint) => {
    const file = text(mappings.get(BigInt(id))?.filename ?? 0)
    return file === '' ? '<unknown>' : `[${file.slice(file.lastIndexOf('/') + 1)}]`
  }
  return {
    types: p.sampleType.map((t) => `${text(t.type)}/${text(t.unit)}`),
    samples: p.sample.map((s) => ({
      stack: s.locationId.flatMap((id) => {
        const location = locations.get(BigInt(id))
        if (!location) throw new Error('oracle: no location')
        if (location.line.length === 0) return [`${binary(location.mappingId)}:0`]
        return location.line.map((line) => {
          const name = text(functions.get(BigInt(line.functionId))?.name ?? 0)
          return `${name === '' ? binary(location.mappingId) : name}:${line.line}`
        })
      }),
      values: s.value.map(signed),
      labels: s.label.map((l) => `${text(l.key)}=${text(l.str)}:${signed(l.num)}`),
    })),
    time: BigInt.asIntN(64, BigInt(p.timeNanos)),
  }
}

describe('the reader', () => {
  it('agrees with pprof-format on random profiles, however they are cut into pieces', () => {
    fc.assert(
      fc.property(randomProfile, fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 }), (bytes, pieces) => {
        expect(told(readWhole(bytes, pieces))).toEqual(toldByOracle(bytes))
      }),
      { numRuns: RUNS },
    )
  })

  const real = fixtureIndex().files.filter((f) => f.oracle && f.counts && f.counts.samples < 2000)
  it.each(real.map((f) => f.file).filter((f) => !/kitchen-sink|huge-values|deep-20000/.test(f)))(
    'agrees with pprof-format on %s',
    (file) => {
      const packed = fixture(file)
      const bytes = packed[0] === 0x1f ? gunzipSync(packed) : packed
      expect(told(readWhole(bytes))).toEqual(toldByOracle(bytes))
    },
  )

  it('reads one byte at a time', () => {
    const bytes = gunzipSync(fixture('go1.22/map/mutex.pb.gz'))
    expect(told(readWhole(bytes, new Array(bytes.length).fill(1)))).toEqual(told(readWhole(bytes)))
  })

  it('shares the rows of shared callers', () => {
    const p = readWhole(gunzipSync(fixture('go1.27/map/cpu.pb.gz')))
    const seen = new Set<string>()
    for (let row = 1; row < p.stacks.length; row++) {
      expect(p.stacks.parent[row]).toBeLessThan(row)
      seen.add(`${p.stacks.parent[row]} ${p.stacks.location[row]}`)
    }
    expect(seen.size).toBe(p.stacks.length - 1)
  })
})

describe('mutated real files', () => {
  const bases = [
    'go1.27/map/heap.pb.gz',
    'go1.22/map/mutex.pb.gz',
    'odd/kitchen-sink.pb.gz',
    'go1.27/map/goroutine.pb.gz',
  ].map((f) => new Uint8Array(gunzipSync(fixture(f))))
  const packed = fixture('go1.22/map/mutex.pb.gz')

  type Edit = { at: number; byte: number; kind: 'set' | 'cut' | 'insert' | 'drop' }
  const edits = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
      kind: fc.constantFrom('set' as const, 'set' as const, 'cut' as const, 'insert' as const, 'drop' as const),
    }),
    { minLength: 1, maxLength: 6 },
  )
  const mutate = (bytes: Uint8Array, list: Edit[]) => {
    let out = [...bytes]
    for (const { at, byte, kind } of list) {
      const i = Math.floor(at * out.length)
      if (kind === 'set') out[i] = byte
      else if (kind === 'cut') out = out.slice(0, i)
      else if (kind === 'insert') out.splice(i, 0, byte, byte)
      else out.splice(i, 3)
    }
    return Uint8Array.from(out)
  }

  it('open or say what is wrong, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bases, packed), edits, async (base, list) => {
        try {
          const { profile } = await readProfile(new Blob([mutate(base, list)]), { seed: 1 })
          expect(profile.samples.stack.length).toBe(profile.samples.length)
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
          expect(error.message).not.toBe('')
        }
      }),
      { numRuns: RUNS },
    )
  })
})
