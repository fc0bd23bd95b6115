/** What rows are called and which frames are one, as Go 1.27's pprof prints it. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { PprofReader } from '../formats/pprof.ts'
import { sumKeys } from './occurrences.ts'
import { type Granularity, plainQuery } from './query-spec.ts'
import { QueryRunner } from './run.ts'

/** Rows as "name flat cum" of the last sample type. */
function rows(file: string, granularity: Granularity): string[] {
  const reader = new PprofReader(1)
  reader.push(new Uint8Array(gunzipSync(fixture(file))))
  const queried = new QueryRunner(reader.finish()).run({ ...plainQuery, granularity })
  const { profile, keys, frameKey } = queried.result
  const weights = queried.weights(profile.sampleTypes.length - 1)
  const { flat, cum } = sumKeys(profile, queried.occurrences, weights, frameKey, keys.length)
  const out: string[] = []
  for (let k = 0; k < keys.length; k++) {
    if (cum[k] !== 0) out.push(`${keys.strings.get(keys.name[k])} ${flat[k]} ${cum[k]}`)
  }
  return out.sort()
}

describe('rows', () => {
  it('tell addresses of the kernel apart, which doubles do not', () => {
    expect(rows('cases/kernel-addresses.pb.gz', 'addresses')).toEqual([
      'ffffffff81066010 [[kernel.kallsyms]_stext] 10 10',
      'ffffffff81066120 [[kernel.kallsyms]_stext] 30 30',
      'ffffffff810662e8 [[kernel.kallsyms]_stext] 0 40',
    ])
  })

  it('have columns where addresses are told apart', () => {
    expect(rows('cases/columns.pb.gz', 'addresses')).toEqual([
      '(anonymous) dist/bundle.min.js:1:1042 100 100',
      '(anonymous) dist/bundle.min.js:1:88 250 250',
      'main dist/bundle.min.js:1:7 0 350',
    ])
    expect(rows('cases/columns.pb.gz', 'lines')).toEqual([
      '(anonymous) dist/bundle.min.js:1 350 350',
      'main dist/bundle.min.js:1 0 350',
    ])
  })

  it('by file are one where nobody says a file', () => {
    expect(rows('cases/files-unknown.pb.gz', 'files')).toEqual(['<unknown> 15 15'])
  })

  it('are named by place where a function has no name', () => {
    expect(rows('cases/nameless.pb.gz', 'functions')).toEqual(['<unknown> 0 7', '[app] 12 12'])
    expect(rows('cases/nameless.pb.gz', 'lines')).toEqual(['<unknown> 0 7', '[app] 5 5', 'a.go:3 7 7'])
    expect(rows('cases/nameless.pb.gz', 'filefunctions')).toEqual(['<unknown> 0 7', '[app] 5 5', 'a.go 7 7'])
  })
})
