/** Units of benchmarks and how their values are written, as golang.org/x/perf/benchunit does. */

/** Which values are the better ones; unknown where neither the unit nor the file says. */
export type Better = 'lower' | 'higher' | 'unknown'

interface Token {
  text: string
  at: number
  /** Behind a slash. */
  below: boolean
}

/** The words of a unit: "B/op" is "B" over "op". */
function tokens(unit: string): Token[] {
  const found: Token[] = []
  let below = false
  for (const { 0: text, index } of unit.matchAll(/[*/]|[^*/\-\s]+/gu)) {
    if (text === '*' || text === '/') below = text === '/'
    else found.push({ text, at: index, below })
  }
  return found
}

/** The unit without a prefix of its own: nanoseconds become seconds, megabytes bytes. factor: what values are multiplied by. */
export function tidy(unit: string): { unit: string; factor: number } {
  if (!unit.includes('ns') && !unit.includes('MB')) return { unit, factor: 1 }
  let tidied = unit
  let factor = 1
  for (const { text, at, below } of tokens(unit).reverse()) {
    if (below || (text !== 'ns' && text !== 'MB')) continue
    tidied = tidied.slice(0, at) + (text === 'ns' ? 'sec' : 'B') + tidied.slice(at + 2)
    if (text === 'ns') factor /= 1e9
    else factor *= 1e6
  }
  return { unit: tidied, factor }
}

const LOWER = ['ns/op', 'sec/op', 'B/op', 'allocs/op']

/** said: what the file's Unit lines say. Rates are better when higher; benchstat knows that of MB/s only. */
export function betterOf(unit: string, said: Better | undefined): Better {
  if (said) return said
  if (LOWER.includes(unit)) return 'lower'
  return unit.endsWith('/s') || unit.endsWith('/sec') ? 'higher' : 'unknown'
}

/** How the values of one row are written. */
export interface Scale {
  digits: number
  factor: number
  prefix: string
}

const DECIMAL = ['T', 'G', 'M', 'k', '', 'm', 'µ', 'n'].map((prefix, i) => ({ prefix, exponent: 12 - 3 * i }))
const BINARY = ['Ti', 'Gi', 'Mi', 'Ki', ''].map((prefix, i) => ({ prefix, factor: 2 ** (40 - 10 * i) }))

/** Bytes above the slash take prefixes of powers of 1024. */
const isBinary = (unit: string): boolean =>
  tokens(unit).some(({ text, below }) => !below && (text === 'B' || text === 'MB' || text === 'bytes'))

/** By the value that is nearest to zero, of which at least three digits show. */
export function commonScale(values: readonly number[], unit: string): Scale {
  let least = 0
  for (const value of values) {
    const size = Math.abs(value)
    if (size !== 0 && (least === 0 || size < least)) least = size
  }
  if (least === 0) return { digits: 3, factor: 1, prefix: '' }
  const steps = isBinary(unit)
    ? BINARY.map(({ prefix, factor }) => ({ prefix, factor, limit: (of: number) => of * factor }))
    : DECIMAL.map(({ prefix, exponent }) => ({
        prefix,
        factor: Number(`1e${exponent}`),
        // As text, so that the limit is where the rounding of what is printed changes.
        limit: (of: number) => Number(`${of}e${exponent}`),
      }))
  for (const { prefix, factor, limit } of steps) {
    if (least >= limit(99.995)) return { digits: 1, factor, prefix }
    if (least >= limit(9.9995)) return { digits: 2, factor, prefix }
    if (least >= limit(0.99995)) return { digits: 3, factor, prefix }
  }
  const { prefix, factor } = steps.at(-1) as (typeof steps)[number]
  let digits = 3
  while (digits < 10 && least / factor < Number(`9.9995e${2 - digits}`)) digits++
  return { digits, factor, prefix }
}

export const formatScaled = (value: number, { digits, factor, prefix }: Scale): string =>
  fixed(value / factor, digits) + prefix

/** As Go prints %.nf: of two that are equally near the even one. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const text = value.toFixed(digits)
  // toFixed takes the larger one. What a number is exactly shows after so many digits.
  const more = Math.min(100, digits + 60)
  const exact = value.toFixed(more)
  const cut = exact.length - more + digits
  if (!/^50*$/.test(exact.slice(cut))) return text
  const below = exact.slice(0, cut).replace(/\.$/, '')
  return Number(below.at(-1)) % 2 === 0 ? below : text
}

/** As Go prints %+.2f%%. */
export function percent(value: number): string {
  const text = fixed(value, 2)
  return `${text.startsWith('-') || text.startsWith('+') ? '' : '+'}${text}%`
}
