/**
 * FNV-1a, 32 bits, over UTF-8 bytes (http://www.isthe.com/chongo/tech/comp/fnv/). Permalinks are made of
 * its folded form, so it never changes; name-hash.test.ts pins the published vectors.
 */
export function fnv1a(bytes: Uint8Array): number {
  let h = 0x811c9dc5
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 0x01000193)
  return h >>> 0
}

/** The hash xor-folded to 30 bits, which is five base64url characters. */
export function fold30(hash: number): number {
  return ((hash >>> 30) ^ hash) & 0x3fffffff
}
