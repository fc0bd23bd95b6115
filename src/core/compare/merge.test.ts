/** Merging, held against a second way to do it over plain values, and against the answers of Go 1.27's pprof. */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Profile as Encoded } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { normalForm } from '../../testing/normal-form.ts'
import { randomProfile } from '../../testing/random-profile.ts'
import { encodeProfile } from '../export/pprof.ts'
import { PprofReader } from '../formats/pprof.ts'
import type { Profile } from '../model/profile.ts'
import { MergeError, mergeProfiles, subtractProfile } from './merge.ts'

const RUNS = Number(process.env.HOTZONE_FUZZ_RUNS ?? 300)

function read(bytes: Uint8Array): Profile {
  const reader = new PprofReader(1)
  reader.push(bytes)
  return reader.finish()
}

const file = (name: string) => read(new Uint8Array(gunzipSync(fixture(`cases/${name}.pb.gz`))))

/** Sums beyond 2^53 are rounded, which is another matter. */
function withSmallValues(bytes: Uint8Array): Uint8Array {
  const profile = Encoded.decode(bytes)
  for (const sample of profile.sample) sample.value = sample.value.map((v) => BigInt(v) % 1000n)
  return profile.encode()
}

type Form = ReturnType<typeof normalForm>

/** Every sample of a file as a text that says all that tells it from others, and its values. */
function* samplesOf(form: Form): Generator<[string, bigint[]]> {
  const mappings = new Map(form.mappings.map((m) => [m.id, m]))
  const locations = new Map(form.locations.map((l) => [l.id, l]))
  const text = (value: unknown) => JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v))
  for (const { locations: ids, labels, values } of form.samples) {
    const stack = ids.map((id) => {
      const { mapping, address, folded, lines } = locations.get(id) as Form['locations'][number]
      const m = mappings.get(mapping)
      const none = form.mappings.length === 0
      const pages = m ? (BigInt.asUintN(64, m.limit - m.start) + 4095n) / 4096n : 0n
      const binary = m ? [pages, m.offset, m.buildId || m.file] : none ? [0n, 0n, ''] : null
      return [binary, BigInt.asUintN(64, address - (m?.start ?? 0n)), folded, lines]
    })
    const said = labels.flatMap(([key, str, num, unit]) =>
      str !== '' ? [['text', key, str]] : num !== 0n || unit !== '' ? [['number', key, num, unit]] : [],
    )
    const sorted = said.map((l, i) => ({ l, i, by: `${l[0]} ${l[1]}` }))
    sorted.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.i - b.i))
    yield [text([stack, sorted.map(({ l }) => l)]), values]
  }
}

/** Sums by sample over files, of as many sample types as all have; what comes to nothing is left out. */
function sums(forms: readonly Form[], types: number): Map<string, bigint[]> {
  const out = new Map<string, bigint[]>()
  for (const form of forms) {
    for (const [sample, values] of samplesOf(form)) {
      const sum = out.get(sample) ?? Array.from({ length: types }, () => 0n)
      out.set(
        sample,
        sum.map((v, t) => v + (values[t] ?? 0n)),
      )
    }
  }
  return new Map([...out].filter(([, values]) => values.some((v) => v !== 0n)))
}

describe('merging', () => {
  it('adds up what is equal, in any profiles', () => {
    fc.assert(
      fc.property(fc.array(randomProfile.map(withSmallValues), { minLength: 2, maxLength: 3 }), (files) => {
        const forms = files.map(normalForm)
        const merge = () => mergeProfiles(files.map(read))
        if (new Set(forms.map((f) => f.periodType)).size > 1) {
          expect(merge).toThrow(MergeError)
          return
        }
        const types = Math.min(...forms.map((f) => f.sampleTypes.length))
        const merged = normalForm(encodeProfile(merge()))
        expect(sums([merged], types)).toEqual(sums(forms, types))
        // Nothing stands there twice.
        expect(merged.samples).toHaveLength(sums(forms, types).size)
      }),
      { numRuns: RUNS },
    )
  })

  it.each([
    ['merge-go', 'merge-only-cpu'],
    ['merge-only-cpu', 'merge-go'],
  ])('keeps the sample types that %s and %s have', (a, b) => {
    const { sampleTypes, meta, samples } = mergeProfiles([file(a), file(b)])
    expect(sampleTypes).toEqual([{ type: 'cpu', unit: 'nanoseconds' }])
    expect(samples.value).toEqual([Float64Array.of(110)])
    expect(meta).toMatchObject({ defaultType: 'cpu', period: 10_000_000n })
    expect(meta.notes).toEqual([{ code: 'types-left-out', count: 1, detail: 'samples' }])
  })

  it.each([
    ['merge-go', 'merge-noperiod', 'One profile is sampled by cpu/nanoseconds, another by nothing that it names'],
    ['merge-go', 'merge-otherperiod', 'One profile is sampled by cpu/nanoseconds, another by wall/nanoseconds'],
    ['export-roundtrip', 'drop-frames', 'One profile is sampled by cpu/nanoseconds'],
    ['drop-frames', 'columns', 'have no sample type in common'],
  ])('refuses %s and %s', (a, b, sentence) => {
    expect(() => mergeProfiles([file(a), file(b)])).toThrow(sentence)
    expect(() => subtractProfile(file(a), file(b), { marked: false, normalize: false })).toThrow(sentence)
  })

  it('subtracts what both have', () => {
    const base = subtractProfile(file('merge-go'), file('merge-only-cpu'), { marked: false, normalize: false })
    expect(base.samples.value).toEqual([Float64Array.of(-90)])
    const marked = subtractProfile(file('merge-only-cpu'), file('merge-go'), { marked: true, normalize: false })
    expect(marked.samples.value).toEqual([Float64Array.of(100, -10)])
    expect(() => subtractProfile(file('merge-go'), file('merge-only-cpu'), { marked: false, normalize: true })).toThrow(
      'cannot be normalized',
    )
  })

  it('keeps all that a profile says of its code and its capture', () => {
    const form = normalForm(encodeProfile(mergeProfiles([file('merge-only-cpu'), file('export-roundtrip')])))
    const [, other] = form.mappings
    expect(other).toMatchObject({ start: 0x400000n, limit: 0x500000n, buildId: 'abcd', has: [true, true, true, true] })
    expect(form.locations[2]).toMatchObject({
      folded: true,
      lines: [
        ['inner', '_inner_sys', 'x.go', 10n, 12n, 7n],
        ['outer', 'outer', 'x.go', 28n, 30n, 3n],
      ],
    })
    expect(form).toMatchObject({
      comments: ['hello', 'second'],
      docUrl: 'https://example.com/doc',
      period: 10_000_000n,
    })
    expect(form.time).toBe(1_600_000_000_000_000_000n)
  })
})
