/** What a search text means, and which functions it names. */
import type { KeyTable } from './keys.ts'

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

/** 1 per key whose name the pattern accepts. */
export function matchKeys(keys: KeyTable, pattern: NamePattern): Uint8Array<ArrayBuffer> {
  const match = new Uint8Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    // Function rows of one name agree; the first one is asked.
    const first = keys.perFunction ? keys.func[k] : k
    match[k] = first < k ? match[first] : Number(pattern.test(keys.strings.get(keys.name[k])))
  }
  return match
}

/** How many names a match holds. */
export function countMatches(keys: KeyTable, match: Uint8Array): number {
  let count = 0
  for (let k = 0; k < match.length; k++) if (match[k] === 1 && (!keys.perFunction || keys.func[k] === k)) count++
  return count
}
