/** Tells whether a profile may have names to be made readable (readable-names.ts): those of Go hardly ever are. */
import type { Profile } from '../model/profile.ts'

const [UNDERSCORE, LESS, COLON, SPACE, OPEN] = [...'_<: ['].map((letter) => letter.charCodeAt(0))

export const mayHaveForeignNames = ({ functions, strings }: Profile): boolean =>
  functions.systemName !== undefined || functions.name.some((string) => mayBeForeign(strings.bytes(string)))

/** Begins like a mangled name, or holds what names of C++ hold when they are written out. */
export function mayBeForeign(bytes: Uint8Array): boolean {
  if (bytes[0] === UNDERSCORE) return true
  for (let i = 0; i < bytes.length; i++) {
    const next = bytes[i + 1]
    if (bytes[i] === LESS || (bytes[i] === COLON && next === COLON) || (bytes[i] === SPACE && next === OPEN))
      return true
  }
  return false
}
