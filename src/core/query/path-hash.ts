/**
 * 52-bit identity of a box: a hash of the names on the way to it. The same box has the same hash whatever
 * the sample type, the pruning or the file, so that selection and highlights survive every new tree.
 */

const HALF = 2 ** 26

export const ROOT_HASH = 0

/** Path hash of the child named by `hash` (FunctionTable.hash) below the box `parent`. */
export function childPathHash(parent: number, hash: number): number {
  const high = Math.floor(parent / HALF)
  const low = parent % HALF
  let a = Math.imul(high ^ hash, 0x9e3779b1)
  a ^= a >>> 15
  a = Math.imul(a + low, 0x85ebca77)
  let b = Math.imul(low + hash + 1, 0xc2b2ae3d)
  b ^= b >>> 13
  b = Math.imul(b ^ high, 0x27d4eb2f)
  return (a >>> 6) * HALF + (b >>> 6)
}
