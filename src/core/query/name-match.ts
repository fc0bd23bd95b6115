/** What a search text means, and which boxes it finds: by their name, by what they are labelled with, by their file. */
import { readings } from '../model/go-name.ts'
import type { Profile } from '../model/profile.ts'
import type { KeyTable } from './key-table.ts'
import { compilePattern, type Pattern } from './pattern.ts'

/** The expression in a search text: between slashes, with an i behind them for any case; null = plain text. */
export function expressionOf(text: string): string | null {
  const slashed = /^\/(.+)\/(i?)$/s.exec(text.trim())
  return slashed && `${slashed[2] === 'i' ? '(?i)' : ''}${slashed[1]}`
}

/**
 * Plain text is a substring in any case, spaces inside and all; /…/ is an expression as filters have it. Null for an
 * empty text. Throws PatternError; expressions must have been prepared.
 */
export function parseSearch(text: string): Pattern | null {
  const expression = expressionOf(text)
  return expression === null ? plainText(text) : compilePattern(expression)
}

/** The same of a text that is never an expression. */
export function plainText(text: string): Pattern | null {
  const wanted = text.trim().toLowerCase()
  return wanted === '' ? null : { test: (name) => name.toLowerCase().includes(wanted) }
}

export interface KeyMatch {
  /** 1 per key that is found. */
  match: Uint8Array<ArrayBuffer>
  /** Names that are found, and those of them whose file alone is. */
  names: number
  byFile: number
  /** Whether a name was found by a reading of it alone, which a filter's pattern has to allow for. */
  byReading: boolean
}

export function matchKeys(profile: Profile, keys: KeyTable, pattern: Pattern): KeyMatch {
  const { strings, functions } = profile
  const file = new Int8Array(strings.length)
  const fileMatches = (func: number): boolean => {
    const string = functions.file[func]
    if (string === 0) return false
    if (file[string] === 0) file[string] = pattern.test(strings.get(string)) ? 1 : -1
    return file[string] === 1
  }
  const found: KeyMatch = { match: new Uint8Array(keys.length), names: 0, byFile: 0, byReading: false }
  const { match } = found
  for (let k = 0; k < keys.length; k++) {
    // Function rows of one name are one box: the first one is asked for the name, any of them for its file.
    const first = keys.perFunction ? keys.func[k] : k
    if (first === k) {
      const name = keys.strings.get(keys.name[k])
      if (pattern.test(name)) match[k] = 1
      else if (readings(name).some((reading) => pattern.test(reading))) {
        match[k] = 1
        found.byReading = true
      }
      if (match[k] === 1) found.names++
    }
    const func = keys.perFunction ? k : keys.func[k]
    if (match[first] === 0 && func >= 0 && func < functions.length && fileMatches(func)) {
      match[first] = 1
      found.names++
      found.byFile++
    }
  }
  if (keys.perFunction) for (let k = 0; k < keys.length; k++) match[k] = match[keys.func[k]]
  return found
}
