/**
 * Go's regular expressions (RE2 syntax), in time linear in the text whatever the pattern: filters, the search between
 * slashes and the command line mean the same by one. The engine is re2js, a port of Go's, which is loaded when the
 * first pattern needs it; most of what people type are plain letters, which need none.
 *
 * Syntax: https://github.com/google/re2/wiki/Syntax
 */
import type { RE2JS, RE2JSSyntaxException } from 're2js'

export interface Pattern {
  test(text: string): boolean
}

/** Go's names for what is wrong with a pattern (regexp/syntax.ErrorCode), as keys for sentences. */
const problems = {
  'invalid character class range': 'class-range',
  'invalid escape sequence': 'escape',
  'invalid named capture': 'group-name',
  'duplicate capture group name': 'group-twice',
  'invalid or unsupported Perl syntax': 'perl',
  'invalid nested repetition operator': 'nested-repeat',
  'invalid repeat count': 'repeat-count',
  'missing closing ]': 'open-class',
  'missing closing )': 'open-group',
  'missing argument to repetition operator': 'nothing-to-repeat',
  'trailing backslash at end of expression': 'backslash',
  'unexpected )': 'closing-group',
  'expression nests too deeply': 'deep',
  'expression too large': 'large',
} as const

export type PatternProblem = (typeof problems)[keyof typeof problems] | 'other'

/** A pattern that cannot be used; the message is Go's. */
export class PatternError extends Error {
  override readonly name = 'PatternError'

  constructor(
    message: string,
    readonly problem: PatternProblem,
    /** The part of the pattern that is wrong, '' = the whole. */
    readonly part: string,
  ) {
    super(message)
  }
}

let library: typeof import('re2js') | null = null

/** Loads what these patterns need; compilePattern takes them from then on. */
export async function preparePatterns(patterns: Iterable<string>): Promise<void> {
  if (library) return
  for (const pattern of patterns) {
    if (plainOf(pattern)) continue
    library = await import('re2js')
    return
  }
}

/** Patterns compiled last: a query's are asked for by each of its answers. */
const compiled = new Map<string, Pattern | PatternError>()
const KEPT = 64

/** Throws PatternError. Patterns other than plain letters must have been prepared. */
export function compilePattern(pattern: string): Pattern {
  const known = compiled.get(pattern) ?? compile(pattern)
  compiled.delete(pattern)
  compiled.set(pattern, known)
  if (compiled.size > KEPT) compiled.delete(compiled.keys().next().value as string)
  if (known instanceof PatternError) throw known
  return known
}

function compile(pattern: string): Pattern | PatternError {
  const plain = plainOf(pattern)
  if (plain) return plain.folded ? foldedText(plain.text) : { test: (text) => text.includes(plain.text) }
  if (!library) throw new Error('The pattern was not prepared.')
  let expression: RE2JS
  try {
    expression = library.RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof library.RE2JSException)) throw error
    const { message, error: reason = '', input } = error as Partial<RE2JSSyntaxException> & Error
    const part = input ?? ''
    // Read as the beginning of a named group, but looking back is what people mean.
    if (/^\(\?<[=!]/.test(part)) return new PatternError(message, 'perl', part.slice(0, 4))
    const problem = Object.hasOwn(problems, reason) ? problems[reason as keyof typeof problems] : 'other'
    return new PatternError(message, problem, part)
  }
  return { test: (text) => expression.test(text) }
}

/** The letters that a pattern stands for, when it stands for nothing else; folded: in any case. */
function plainOf(pattern: string): { text: string; folded: boolean } | null {
  const [, fold, source] = /^(\(\?i\))?(.*)$/s.exec(pattern) as RegExpExecArray
  const text = source.replace(/\\([!-/:-@[-`{-~])/g, '$1')
  const rest = source.replace(/\\[!-/:-@[-`{-~]/g, '')
  if (/[\\^$.*+?()[\]{}|]/.test(rest)) return null
  if (fold === undefined) return { text, folded: false }
  // Beyond ASCII what counts as the same letter is for the library to say.
  return isAscii(text) ? { text, folded: true } : null
}

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text)

/** Two letters beyond ASCII fold to letters in it: the Kelvin sign and the long s. */
function foldedText(wanted: string): Pattern {
  const lower = wanted.toLowerCase()
  const fold = (text: string) =>
    isAscii(text)
      ? text.toLowerCase()
      : text
          .replace(/[A-Z]/g, (c) => c.toLowerCase())
          .replaceAll('\u212a', 'k')
          .replaceAll('\u017f', 's')
  return { test: (text) => fold(text).includes(lower) }
}
