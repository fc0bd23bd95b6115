import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ContentHash } from './content-hash.ts'

const MIB = 1024 * 1024
const KIB64 = 64 * 1024

function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let i = 0, x = 1; i < length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    bytes[i] = x >>> 24
  }
  return bytes
}

async function hashed(bytes: Uint8Array, expected: number, step: number): Promise<string> {
  const hash = new ContentHash(expected)
  for (let at = 0; at < bytes.length; at += step) await hash.update(bytes.subarray(at, at + step))
  return hash.finish()
}

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** By the definition, in the plainest way. */
function byDefinition(bytes: Uint8Array): string {
  if (bytes.length <= 4 * MIB) return sha(bytes).toString('base64url')
  const blocks = Array.from({ length: Math.ceil(bytes.length / KIB64) }, (_, i) =>
    sha(bytes.subarray(i * KIB64, (i + 1) * KIB64)),
  )
  return sha(Buffer.concat(blocks)).toString('base64url')
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('ContentHash', () => {
  it.each([0, 1, 70_000, MIB, 4 * MIB, 4 * MIB + 1, 7 * MIB - 3])(
    'is the same for %i bytes whatever the pieces and the expectation',
    async (length) => {
      const bytes = bytesOf(length)
      const expected = byDefinition(bytes)
      expect(await hashed(bytes, length, 1 << 19)).toBe(expected)
      expect(await hashed(bytes, 0, 777_777)).toBe(expected)
      expect(await hashed(bytes, 2 ** 31, 3 * MIB)).toBe(expected)
    },
  )

  it('is the same where the platform does not hash', async () => {
    vi.stubGlobal('crypto', {})
    const bytes = bytesOf(5 * MIB)
    expect(await hashed(bytes, bytes.length, MIB)).toBe(byDefinition(bytes))
    expect(await hashed(bytes.subarray(0, 100), 100, 10)).toBe(byDefinition(bytes.subarray(0, 100)))
  })
})
