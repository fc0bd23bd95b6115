/**
 * Names of C++ and Rust from the symbol tables of binaries ("_ZN4acme5queue3popEv"), as pprof shows them ("acme::queue::
 * pop"): without parameters, template arguments and clones, so that functions count together that count together in
 * pprof (google/pprof internal/symbolizer, with the options NoParams, NoEnclosingParams, NoTemplateParams of
 * github.com/ianlancetaylor/demangle). The library writes names out in full; what pprof leaves out is taken off here.
 */
import * as library from 'gecko-profiler-demangle/index_bg.js'
import wasm from 'gecko-profiler-demangle/index_bg.wasm?url&inline'

const bytes = Uint8Array.from(atob(wasm.slice(wasm.indexOf(',') + 1)), (c) => c.charCodeAt(0))
const { instance } = await WebAssembly.instantiate(bytes, { './index_bg.js': library })
library.__wbg_set_wasm(instance.exports)

/** The name as pprof shows it; null when it is not mangled. */
export function demangle(symbol: string): string | null {
  // Versions and entries of the linkage table: "@@GLIBCXX_3.4", "@plt".
  const name = symbol.replace(/@.*$/s, '')
  const full = written(name) ?? written(shortestName(name))
  if (full === null) return null
  if (/^_?_R/.test(name)) return withoutGenerics(full)
  return /17h[0-9a-f]{16}E/.test(name) ? full : likePprof(name, full)
}

/** Types can be so nested that they say the same a million times over. */
const LONGEST = 100_000

function written(name: string): string | null {
  const full = library.demangle_any(name)
  return full === name || full === name.slice(1) || full.length > LONGEST ? null : full
}

const TRIES = 50

/**
 * Behind some names lie types that the library cannot read. The name itself is then the shortest beginning that is one,
 * given a function without parameters that returns nothing; '' when there is none.
 */
function shortestName(name: string): string {
  if (!/^_?_Z/.test(name)) return ''
  let tries = 0
  for (let end = name.indexOf('E'); end > 0 && tries < TRIES; end = name.indexOf('E', end + 1), tries++) {
    const start = `${name.slice(0, end + 1)}vv`
    if (written(start) !== null) return start
  }
  return ''
}

/** Rust since 2021 writes type arguments out: "alloc::vec::Vec<u8>::push" is "alloc::vec::Vec<>::push". */
function withoutGenerics(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; ) {
    const end = text[i] === '<' && /[\w:}]$/.test(out) && !/\bfor$/.test(out) ? groupEnd(text, i) : 0
    const part = text.startsWith('->', i) ? '->' : text[i]
    out += end > 0 ? '<>' : part
    i = end > 0 ? end : i + part.length
  }
  return out
}

/** What the library writes in its own way, and before which pprof keeps parameters. */
const special: readonly [RegExp, string][] = [
  [/^\{vtable\((.*)\)\}$/, 'vtable for '],
  [/^\{vtt\((.*)\)\}$/, 'VTT for '],
  [/^\{virtual override thunk\((?:\{(?:virtual )?offset\([^)]*\)\}, ){2}(.*)\)\}$/, 'covariant return thunk to '],
  [/^\{virtual override thunk\(\{virtual offset\([^)]*\)\}, (.*)\)\}$/, 'virtual thunk to '],
  [/^\{virtual override thunk\(\{offset\([^)]*\)\}, (.*)\)\}$/, 'non-virtual thunk to '],
  [/^transaction clone for (.*)$/, 'transaction clone for '],
  [/^guard variable for (.*)$/, 'guard variable for '],
  [/^reference temporary #\d+ for (.*)$/, 'reference temporary for '],
]

function likePprof(symbol: string, full: string): string {
  const text = full.replace(/( \[clone [^\]]*\])+$/, '').replace(/operator(\w+)::operator ""/, 'operator"" $1')
  for (const [pattern, words] of special) {
    const found = pattern.exec(text)
    if (found) return words + shortened(found[1], true)
  }
  const name = shortened(text, false)
  // The standard library's short names are those of its constructors only in the symbol.
  if (/^_ZNK?S[id](?![CD]\d)/.test(symbol)) return name.replace(/^std::basic_/, 'std::')
  return name.replace(/^std::(string|istream|ostream|iostream)::(~?)\1$/, 'std::basic_$1::$2basic_$1')
}

const QUALIFIERS = /^(?: const| volatile| &&?)+/

/** Without template arguments, and without parameters (those of enclosing functions become "()") unless `params`. */
function shortened(text: string, params: boolean): string {
  let out = ''
  for (let i = 0; i < text.length; ) {
    const operator = operatorAt(text, i)
    if (operator > 0) {
      out += text.slice(i, i + operator)
      i += operator
      if (text.startsWith(' <', i)) i++
      else if (text[i] === ' ' && !QUALIFIERS.test(text.slice(i))) return out + conversion(text.slice(i), params)
    }
    const end = '<({'.includes(text[i]) ? groupEnd(text, i) : i + 1
    const part = text.slice(i, end)
    i = end
    if (part.startsWith('{')) out += `{${shortened(withoutDoubled(part.slice(1, -1)), true)}}`
    else if (part.startsWith('(') && part !== '(anonymous namespace)') {
      const tag = /^\((\[abi:\w+\])(?:, |\))/.exec(part)
      const qualifiers = QUALIFIERS.exec(text.slice(i))?.[0] ?? ''
      out += tag ? tag[1] : ''
      if (text.startsWith('::', i + qualifiers.length)) out += `()${qualifiers}`
      else if (params) out += `(${shortened(part.slice(1, -1), true)})${qualifiers}`
      i += qualifiers.length
    } else if (!part.startsWith('<')) out += part
  }
  return params ? out : out.replace(/ (?:const|volatile)$/, '')
}

/** " std::vector<int>() const": the type that an operator converts to. */
function conversion(text: string, params: boolean): string {
  const end = text.lastIndexOf('(')
  return shortened(end < 0 ? text : text.slice(0, end), true) + (params ? '()' : '')
}

/** "lambda(T(T, int), int)#1" should be "lambda(T, int)#1": the library repeats what follows a class. */
function withoutDoubled(lambda: string): string {
  const found = /^lambda\((.*)\)(#\d+)?$/s.exec(lambda)
  const inner = found?.[1] ?? ''
  for (let open = inner.indexOf('('); open > 0; open = inner.indexOf('(', open + 1)) {
    const first = inner.slice(0, open)
    const end = groupEnd(inner, open)
    if (inner.slice(open + 1, end - 1) === first + inner.slice(end)) {
      return `lambda(${first}${inner.slice(end)})${found?.[2] ?? ''}`
    }
  }
  return lambda
}

const operators =
  '() [] <=> <<= >>= ->* << >> <= >= -> == != && || ++ -- += -= *= /= %= ^= &= |= < > + - * / % ^ & | ~ ! = ,'.split(
    ' ',
  )
const wordOperators = [' new[]', ' delete[]', ' new', ' delete', ' co_await']

const isWord = (letter: string | undefined) => letter !== undefined && /[\w$]/.test(letter)

/** Length of "operator<<" at i, that of "operator" before a type, 0 when there is none. */
function operatorAt(text: string, i: number): number {
  if (!text.startsWith('operator', i) || isWord(text[i - 1]) || isWord(text[i + 8])) return 0
  const known = [...operators, ...wordOperators].find((symbol) => text.startsWith(symbol, i + 8))
  return 8 + (known?.length ?? 0)
}

/** Behind the bracket that closes the one at i. */
function groupEnd(text: string, i: number): number {
  let depth = 0
  for (let k = i; k < text.length; k++) {
    const operator = operatorAt(text, k)
    if (operator > 0) k += operator - 1
    else if (text.startsWith('->', k)) k++
    else if ('(<[{'.includes(text[k])) depth++
    else if (')>]}'.includes(text[k]) && --depth === 0) return k + 1
  }
  return text.length
}
