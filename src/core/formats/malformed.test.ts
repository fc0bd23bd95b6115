import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture, fixtureIndex } from '../../testing/fixtures.ts'
import { FormatError, type FormatErrorCode } from './format-error.ts'
import { readProfile } from './index.ts'

/** What each damaged file is told to be. Files that pprof accepts open. */
const verdicts: Record<string, FormatErrorCode | 'opens'> = {
  'archive.zip': 'zip',
  'bad-varint.pb.gz': 'not-pprof',
  'dangling-function.pb.gz': 'bad-reference',
  'dangling-location.pb.gz': 'bad-reference',
  'dangling-mapping.pb.gz': 'opens',
  'duplicate-function-id.pb.gz': 'bad-id',
  'elf-magic.bin': 'elf',
  empty: 'empty-file',
  'group-nesting.pb.gz': 'bad-strings',
  'gzip-bad-crc.pb.gz': 'gzip-corrupt',
  'gzip-bomb-150MiB.pb.gz': 'opens',
  'gzip-of-nothing.pb.gz': 'gzip-empty',
  'gzip-trailing-garbage.pb.gz': 'gzip-trailing',
  'gzip-two-members.pb.gz': 'opens',
  'html-error.pb.gz': 'html',
  'http-error.txt': 'text',
  'huge-length.pb.gz': 'not-pprof',
  'invalid-utf8.pb.gz': 'opens',
  'json.pb.gz': 'json',
  'length-past-end.pb.gz': 'truncated',
  'location-id-zero.pb.gz': 'bad-id',
  'no-sample-types.pb.gz': 'no-sample-types',
  'no-string-table.pb.gz': 'bad-strings',
  'only-gzip-header.pb.gz': 'gzip-truncated',
  'plain.txt': 'text',
  'random.bin': 'not-pprof',
  'string-index-out-of-range.pb.gz': 'bad-strings',
  'string-table-first-not-empty.pb.gz': 'bad-strings',
  'ten-million-empty-samples.pb.gz': 'bad-values',
  'truncated-gzip.pb.gz': 'gzip-truncated',
  'truncated-proto.pb.gz': 'truncated',
  'value-count-mismatch.pb.gz': 'bad-values',
  'wire-type-3.pb.gz': 'not-pprof',
}

const read = (bytes: Uint8Array<ArrayBuffer>) => readProfile(new Blob([bytes]), { seed: 1 })

async function verdict(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await read(bytes)
    return 'opens'
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

describe('damaged files', () => {
  const entries = fixtureIndex().files.filter((f) => f.file.startsWith('malformed/'))

  it('covers the whole set', () => {
    expect(entries.map((e) => e.file.replace('malformed/', '')).sort()).toEqual(Object.keys(verdicts).sort())
  })

  it.each(entries.map((e) => [e.file, e] as const))('%s', async (file, entry) => {
    const got = await verdict(fixture(file))
    expect(got).toBe(verdicts[file.replace('malformed/', '')])
    expect(got === 'opens').toBe(entry.pprof_accepts)
  })

  it('names an execution trace and debug text for what they are', async () => {
    expect(await verdict(new TextEncoder().encode('go 1.26 trace\0\0\0'))).toBe('damaged-trace')
    expect(await verdict(new TextEncoder().encode('go 1.19 trace\0\0\0'))).toBe('old-trace')
    expect(await verdict(new TextEncoder().encode('goroutine profile: as follows\n1 @ 0x1\n'))).toBe('go-debug-text')
  })

  it('names two profiles in one file, whose second time of capture pprof tells them by', async () => {
    expect(await verdict(fixture('cases/concatenated.pb.gz'))).toBe('concatenated')
    const [timed, untimed] = ['go1.27/map/cpu.pb.gz', 'cases/merge-go.pb.gz'].map((file) => gunzipSync(fixture(file)))
    expect(await verdict(new Uint8Array(Buffer.concat([timed, timed])))).toBe('concatenated')
    expect(await verdict(new Uint8Array(gzipSync(Buffer.concat([timed, untimed]))))).toBe('concatenated')
    expect(await verdict(new Uint8Array(Buffer.concat([untimed, untimed])))).toBe('concatenated')
    // A time that is said once more is enough for pprof, one that is 0 is none.
    const time = (ns: number) => Buffer.from([0x48, ns])
    expect(await verdict(new Uint8Array(Buffer.concat([timed, time(1)])))).toBe('concatenated')
    expect(await verdict(new Uint8Array(Buffer.concat([untimed, time(0), time(1)])))).toBe('opens')
  })

  it('stops unpacking at the limit', async () => {
    const bomb = new Blob([fixture('malformed/gzip-bomb-150MiB.pb.gz')])
    await expect(readProfile(bomb, { seed: 1, maxRawBytes: 1 << 20 })).rejects.toMatchObject({ code: 'too-large' })
  })

  it('leaves out samples past the limit and says how many', async () => {
    const bytes = fixture('go1.27/map/cpu.pb.gz')
    const { profile } = await readProfile(new Blob([bytes]), { seed: 1, limits: { samples: 100, stacks: 1e9 } })
    expect(profile.samples.length).toBe(100)
    expect(profile.meta.notes).toContainEqual({ code: 'limit-samples', count: 444 })
  })
})

describe('the fingerprint of a file', () => {
  it('is of what is inside the gzip', async () => {
    const packed = await read(fixture('go1.27/map/cpu.pb.gz'))
    const plain = await read(fixture('odd/uncompressed.pb'))
    expect(packed.id).toMatch(/^[\w-]{43}$/)
    expect(plain.id).toBe(packed.id)
    const parts = fixture('malformed/gzip-two-members.pb.gz')
    const digest = createHash('sha256').update(gunzipSync(parts)).digest('base64url')
    expect((await read(parts)).id).toBe(digest)
  })
})
