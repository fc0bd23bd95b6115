/** A profile that is opened and written again is the same, by pprof-format's reading of both. */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture, fixtureIndex } from '../../testing/fixtures.ts'
import { normalForm } from '../../testing/normal-form.ts'
import { randomProfile } from '../../testing/random-profile.ts'
import { PprofReader } from '../formats/pprof.ts'
import { QueryRunner } from '../query/run.ts'
import { encodeProfile } from './pprof.ts'

const RUNS = Number(process.env.HOTZONE_FUZZ_RUNS ?? 1000)

function written(bytes: Uint8Array): Uint8Array {
  const reader = new PprofReader(1)
  reader.push(bytes)
  const queried = new QueryRunner(reader.finish()).run()
  return encodeProfile(queried.profile, queried.isWhole)
}

describe('open and export', () => {
  it('gives the same profile', () => {
    fc.assert(
      fc.property(randomProfile, (bytes) => {
        expect(normalForm(written(bytes))).toEqual(normalForm(bytes))
      }),
      { numRuns: RUNS },
    )
  })

  const files = [
    ...fixtureIndex()
      .files.filter((f) => f.oracle && (f.counts?.samples ?? 0) < 20_000)
      .map((f) => f.file),
    'cases/export-roundtrip.pb.gz',
    'cases/export-unsymbolized.pb.gz',
    'cases/kernel-addresses.pb.gz',
    'cases/mapping-limit.pb.gz',
    'cases/columns.pb.gz',
    'cases/number-labels.pb.gz',
  ]
  // pprof-format reads no fields of tomorrow.
  it.each(files.filter((file) => !file.includes('kitchen-sink')))('%s', (file) => {
    const packed = fixture(file)
    const bytes = packed[0] === 0x1f ? new Uint8Array(gunzipSync(packed)) : packed
    expect(normalForm(written(bytes))).toEqual(normalForm(bytes))
  })
})
