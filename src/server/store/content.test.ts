import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContentHash } from '../../core/formats/content-hash.ts'
import { fixturePath } from '../../testing/fixtures.ts'
import { ProfileFields, StreamedHash } from './content.ts'
import { profileOf } from './testing.ts'

/** The same, field by field, with the whole in memory. */
function isProfile(bytes: Uint8Array): boolean {
  let at = 0
  const seen = new Set<number>()
  const varint = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined || shift >= 70) return Number.NaN
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const key = varint()
    const [field, wire] = [Math.floor(key / 8), key % 8]
    if (!(field > 0 && field <= 100) || (wire !== 0 && wire !== 2)) return false
    seen.add(field)
    const value = varint()
    if (Number.isNaN(value)) return false
    if (wire === 2) at += value
  }
  return at === bytes.length && seen.has(1) && seen.has(6)
}

function inPieces(bytes: Uint8Array, sizes: readonly number[]): boolean {
  const fields = new ProfileFields()
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] as number
    fields.update(bytes.subarray(at, at + size))
    at += size
  }
  return fields.isProfile
}

const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 })
const field = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 20 }), fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 300 })),
  fc.tuple(fc.constantFrom(1, 6), fc.constant(2), fc.uint8Array({ maxLength: 20 })),
)

describe('whether bytes are a profile', () => {
  it('is the same in whatever pieces they come', () => {
    const made = fc.array(field, { maxLength: 12 }).map((fields) =>
      Buffer.concat(
        fields.map(([number, wire, content]) => {
          const length = content.length
          if (wire === 0) return Buffer.from([number * 8, ...content.subarray(0, 3)])
          const head = length < 128 ? [length] : [(length % 128) + 128, Math.floor(length / 128)]
          return Buffer.concat([Buffer.from([(number * 8 + wire) & 127, ...head]), content])
        }),
      ),
    )
    let profiles = 0
    fc.assert(
      fc.property(made, sizes, (bytes, pieces) => {
        const expected = isProfile(bytes)
        if (expected) profiles++
        expect(inPieces(bytes, pieces)).toBe(expected)
        expect(inPieces(bytes, [bytes.length + 1])).toBe(expected)
      }),
      { numRuns: 2000 },
    )
    expect(profiles).toBeGreaterThan(50)
  })

  it('holds of those of Go, and no longer when bytes are cut or added', () => {
    const profiles = [
      profileOf('made', 1000),
      gunzipSync(readFileSync(fixturePath('go1.27/map/cpu.pb.gz'))),
      gunzipSync(readFileSync(fixturePath('go1.24/map/heap.pb.gz'))),
    ]
    for (const bytes of profiles) {
      for (const size of [1, 2, 7, 65_536]) expect(inPieces(bytes, [size])).toBe(true)
      for (const cut of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from([7])])])
        expect(inPieces(cut, [64])).toBe(isProfile(cut))
    }
  })
})

it('names contents as the page does, whatever their size and pieces', async () => {
  for (const size of [0, 1, 65_535, 65_536, 4_194_303, 4_194_304, 4_194_305, 4_300_000, 9_000_001]) {
    const bytes = Buffer.alloc(size)
    for (let i = 0; i < size; i += 997) bytes[i] = i % 251
    const ours = new StreamedHash()
    for (let at = 0; at < size; at += 70_001) ours.update(bytes.subarray(at, at + 70_001))
    const theirs = new ContentHash(size)
    await theirs.update(bytes)
    expect(ours.finish()).toBe(await theirs.finish())
  }
})
