import { utf8 } from './utf8.ts'

/**
 * FNV-1a, 32 bits, over UTF-8 bytes (http://www.isthe.com/chongo/tech/comp/fnv/). Permalinks are made of its folded
 * form and colours of the whole, so it never changes; name-hash.test.ts holds it to the published answers.
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

/** fnv1a of the text's UTF-8 bytes. Most names are ASCII, whose letters are their bytes. */
export function textHash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i)
    if (letter > 127) return fnv1a(utf8(text))
    h = Math.imul(h ^ letter, 0x01000193)
  }
  return h >>> 0
}

/** The folded hash of a name that is at hand as text, see FunctionTable.hash. */
export const nameHash = (name: string): number => fold30(textHash(name))
