/**
 * Go's regular expressions (RE2 syntax) in JavaScript. The two agree on most of what people type; where they do not,
 * the pattern is rewritten token by token, and what only one of them knows is refused with the reason.
 *
 * Syntax: https://github.com/google/re2/wiki/Syntax
 */

export class PatternError extends Error {
  override readonly name = 'PatternError'
}

interface Flags {
  i: boolean
  s: boolean
  m: boolean
}

const posix: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t-\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}

const MOST_REPEATS = 1000
const syntax = /[\\^$.*+?()[\]{}|/-]/

/** Compiles a pattern as Go's regexp package reads it. Throws PatternError. */
export function compileRe2(pattern: string): RegExp {
  const uniform = new Translator(pattern, false)
  let source = uniform.translate()
  let ignoreCase = uniform.folded && !uniform.exact
  if (uniform.folded && uniform.exact) {
    // (?i) holds for a part only: JavaScript has one flag for all, so letters of that part are written out.
    source = new Translator(pattern, true).translate()
    ignoreCase = false
  }
  try {
    return new RegExp(source, ignoreCase ? 'iu' : 'u')
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '') : ''
    throw new PatternError(reason)
  }
}

class Translator {
  /** Letters were met under (?i), and outside it. */
  folded = false
  exact = false
  private at = 0
  private flags: Flags = { i: false, s: false, m: false }
  private readonly scopes: Flags[] = []

  constructor(
    private readonly pattern: string,
    private readonly spellOut: boolean,
  ) {}

  translate(): string {
    let out = ''
    // Whether the token before can be repeated, and whether it is a repetition itself.
    let last: 'none' | 'atom' | 'repeat' = 'none'
    while (this.at < this.pattern.length) {
      const c = this.pattern[this.at] as string
      if (c === '(') {
        out += this.open()
        last = this.opened ? 'none' : last
      } else if (c === ')') {
        const scope = this.scopes.pop()
        if (!scope) throw new PatternError('There is a ) without (.')
        this.flags = scope
        out += ')'
        this.at++
        last = 'atom'
      } else if (c === '|') {
        out += '|'
        this.at++
        last = 'none'
      } else if (c === '*' || c === '+' || c === '?' || this.isCount()) {
        const repeat = this.repeat()
        if (last === 'none') throw new PatternError(`There is nothing to repeat before ${repeat}.`)
        if (last === 'repeat') throw new PatternError(`${repeat} repeats a repetition.`)
        out += repeat
        last = 'repeat'
      } else {
        const token = this.atom(c)
        out += token
        if (token !== '') last = 'atom'
      }
    }
    if (this.scopes.length > 0) throw new PatternError('A ( is not closed.')
    return out
  }

  private opened = false

  /** "(", with what follows "(?". Flags without a group of their own leave nothing. */
  private open(): string {
    const rest = this.pattern.slice(this.at)
    this.opened = true
    if (!rest.startsWith('(?')) {
      this.scopes.push({ ...this.flags })
      this.at++
      return '('
    }
    const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest)
    if (named) {
      this.scopes.push({ ...this.flags })
      this.at += named[0].length
      return '('
    }
    const flags = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest)
    if (!flags) {
      const what = /^\(\?<?[=!]/.test(rest) ? "Go's regular expressions have no look-around" : 'Bad group after (?'
      throw new PatternError(`${what}.`)
    }
    const before = { ...this.flags }
    for (const f of flags[1] as string) if (f !== 'U') this.flags[f as keyof Flags] = true
    for (const f of flags[2] ?? '') if (f !== 'U') this.flags[f as keyof Flags] = false
    this.at += flags[0].length
    if (flags[3] === ')') {
      this.opened = false
      return ''
    }
    this.scopes.push(before)
    return '(?:'
  }

  private isCount(): boolean {
    return /^\{\d+(,\d*)?\}/.test(this.pattern.slice(this.at, this.at + 24))
  }

  private repeat(): string {
    const token = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(this.pattern.slice(this.at)) as RegExpExecArray
    if (Number(token[1] ?? 0) > MOST_REPEATS || Number(token[2] ?? 0) > MOST_REPEATS) {
      throw new PatternError(`Go repeats at most ${MOST_REPEATS} times.`)
    }
    this.at += token[0].length
    return token[0]
  }

  private atom(c: string): string {
    if (c === '[') return this.charClass()
    if (c === '\\') return this.escape()
    this.at++
    if (c === '.') return this.flags.s ? '[\\s\\S]' : '[^\\n]'
    if (c === '^') return this.flags.m ? '(?:^|(?<=\\n))' : '^'
    if (c === '$') return this.flags.m ? '(?=\\n|$)' : '$'
    const code = c.charCodeAt(0)
    if (code >= 0xd800 && code < 0xdc00 && this.at < this.pattern.length) return c + this.pattern[this.at++]
    return this.literal(c)
  }

  private literal(c: string): string {
    const upper = c.toUpperCase()
    const lower = c.toLowerCase()
    if (upper !== lower) {
      if (this.flags.i) this.folded = true
      else this.exact = true
      if (this.flags.i && this.spellOut) return `[${lower}${upper}]`
    }
    return syntax.test(c) && c !== '-' ? `\\${c}` : c
  }

  private escape(): string {
    const rest = this.pattern.slice(this.at)
    const next = rest[1]
    if (next === undefined) throw new PatternError('The pattern ends in \\.')
    if (next === 'Q') {
      const end = this.pattern.indexOf('\\E', this.at + 2)
      const quoted = this.pattern.slice(this.at + 2, end < 0 ? undefined : end)
      this.at = end < 0 ? this.pattern.length : end + 2
      return [...quoted].map((c) => this.literal(c)).join('')
    }
    const fixed: Record<string, string> = { A: '^', z: '(?![\\s\\S])', b: '\\b', B: '\\B' }
    if (fixed[next] !== undefined) {
      this.at += 2
      return fixed[next]
    }
    return this.codeEscape(false)
  }

  /** An escape that stands for characters, in a class or outside. */
  private codeEscape(inClass: boolean): string {
    const rest = this.pattern.slice(this.at)
    const next = rest[1] as string
    const wrap = (set: string) => (inClass ? set : `[${set}]`)
    const perl: Record<string, string> = { s: '\\t\\n\\f\\r ', d: '0-9', w: '0-9A-Za-z_' }
    if (perl[next] !== undefined) {
      this.at += 2
      return wrap(perl[next])
    }
    if (next === 'S' || next === 'D' || next === 'W') {
      this.at += 2
      if (!inClass) return `[^${perl[next.toLowerCase()]}]`
      return next === 'S' ? '\\x00-\\x08\\x0b\\x0e-\\x1f!-\\u{10ffff}' : `\\${next}`
    }
    const property = /^\\[pP](?:\{(\^?)(\w+)\}|(\w))/.exec(rest)
    if (property) {
      this.at += property[0].length
      const name = property[2] ?? (property[3] as string)
      const negated = (next === 'P') !== (property[1] === '^')
      // General categories are short; everything longer is a script.
      return `\\${negated ? 'P' : 'p'}{${name.length <= 2 ? name : `Script=${name}`}}`
    }
    const hex = /^\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(rest)
    if (hex) {
      this.at += hex[0].length
      return `\\u{${hex[1] ?? hex[2]}}`
    }
    const octal = /^\\0[0-7]{0,2}|^\\[1-7][0-7]{2}/.exec(rest)
    if (octal) {
      this.at += octal[0].length
      return `\\u{${Number.parseInt(octal[0].slice(1), 8).toString(16)}}`
    }
    const control: Record<string, string> = { a: '\\x07', f: '\\f', t: '\\t', n: '\\n', r: '\\r', v: '\\v' }
    this.at += 2
    if (control[next] !== undefined) return control[next]
    if (/[1-9k]/.test(next)) throw new PatternError("Go's regular expressions have no back references.")
    if (/[A-Za-z0-9]/.test(next)) throw new PatternError(`Go knows no \\${next}.`)
    return syntax.test(next) ? `\\${next}` : next
  }

  private charClass(): string {
    let out = '['
    this.at++
    if (this.pattern[this.at] === '^') {
      out += '^'
      this.at++
    }
    for (let first = true; ; first = false) {
      const c = this.pattern[this.at]
      if (c === undefined) throw new PatternError('A [ is not closed.')
      if (c === ']' && !first) break
      const named = /^\[:(\^?)(\w+):\]/.exec(this.pattern.slice(this.at))
      if (named) {
        const set = posix[named[2] as string]
        if (set === undefined) throw new PatternError(`There is no class ${named[0]}.`)
        if (named[1]) throw new PatternError(`${named[0]} cannot be translated; write [^[:${named[2]}:]].`)
        out += this.cased(set, /[A-Za-z]/.test(set))
        this.at += named[0].length
        continue
      }
      const low = this.classChar()
      if (
        this.pattern[this.at] === '-' &&
        this.pattern[this.at + 1] !== ']' &&
        this.pattern[this.at + 1] !== undefined
      ) {
        this.at++
        out += this.cased(`${low}-${this.classChar()}`, true)
      } else out += this.cased(low, /^[A-Za-z]$/.test(low))
    }
    this.at++
    return `${out}]`
  }

  private classChar(): string {
    const c = String.fromCodePoint(this.pattern.codePointAt(this.at) as number)
    if (c === '\\') return this.codeEscape(true)
    this.at += c.length
    return syntax.test(c) ? `\\${c}` : c
  }

  /** A part of a class, with the letters' other case where (?i) must be written out. */
  private cased(set: string, letters: boolean): string {
    if (!letters) return set
    if (this.flags.i) this.folded = true
    else this.exact = true
    if (!this.flags.i || !this.spellOut) return set
    if (/^[a-z](-[a-z])?$/.test(set)) return set + set.toUpperCase()
    if (/^[A-Z](-[A-Z])?$/.test(set)) return set + set.toLowerCase()
    return set
  }
}
