/** What a search text means, and which functions it names. */
import type { Profile } from '../model/profile.ts'

export interface NamePattern {
  test(name: string): boolean
}

/**
 * Plain text is a case-insensitive substring, spaces and all; /…/ is a regular expression, with flag i
 * allowed behind it. Null for an empty text. Throws SyntaxError for a bad expression.
 */
export function parsePattern(text: string): NamePattern | null {
  if (text === '') return null
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(text)
  if (slashed) {
    if (slashed[1] === '') return null
    // Go writes (?i) at the start where JavaScript has a flag.
    const folded = /^\(\?i\)/.test(slashed[1])
    const source = folded ? slashed[1].slice(4) : slashed[1]
    return new RegExp(source, folded || slashed[2].includes('i') ? 'i' : '')
  }
  const wanted = text.toLowerCase()
  return { test: (name) => name.toLowerCase().includes(wanted) }
}

export function isExpression(text: string): boolean {
  return /^\/.+\/[a-z]*$/s.test(text)
}

/** 1 per function row whose name the pattern accepts; rows of the same name agree. */
export function matchFunctions(
  profile: Profile,
  pattern: NamePattern,
): { match: Uint8Array<ArrayBuffer>; count: number } {
  const { functions, strings } = profile
  const match = new Uint8Array(functions.length)
  let count = 0
  for (let f = 0; f < functions.length; f++) {
    if (functions.symbol[f] !== f) match[f] = match[functions.symbol[f]]
    else if (pattern.test(strings.get(functions.name[f]))) {
      match[f] = 1
      count++
    }
  }
  return { match, count }
}
