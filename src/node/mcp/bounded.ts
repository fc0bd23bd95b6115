/** Answers for readers who pay for every character: lists are cut until the whole is small enough, and say so. */

/** Characters of JSON: some ten thousand tokens. */
const MOST_CHARACTERS = 40_000
const LONGEST_LISTS = [100, 50, 25, 12, 6, 3, 1]
/** Names of generic functions can be very long. */
const LONGEST_TEXT = 2000

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * The value with lists of at most `most` entries, the first ones; beside a list that was cut stands how many are left out
 * (`rows` → `rowsLeftOut`). Whole where that is small enough, else with ever shorter lists.
 */
export function bounded(value: unknown, most = LONGEST_LISTS[0] as number): Json {
  const whole = JSON.parse(JSON.stringify(value ?? null)) as Json
  for (const length of [most, ...LONGEST_LISTS.filter((shorter) => shorter < most)]) {
    const cut = cutLists(whole, length)
    if (JSON.stringify(cut).length <= MOST_CHARACTERS) return cut
  }
  return { tooLarge: 'The answer is too large: ask for less of it, by a filter or a narrower pattern.' }
}

/** Text that is cut says so at its end. */
export function boundedText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  const left = text.length - MOST_CHARACTERS
  return `${text.slice(0, MOST_CHARACTERS)}\n\n(${left} more characters are left out.)`
}

function cutLists(value: Json, most: number): Json {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value
  if (Array.isArray(value)) return value.slice(0, most).map((one) => cutLists(one, most))
  if (value === null || typeof value !== 'object') return value
  const out: { [key: string]: Json } = {}
  for (const [key, part] of Object.entries(value)) {
    out[key] = cutLists(part, most)
    if (Array.isArray(part) && part.length > most) out[`${key}LeftOut`] = part.length - most
  }
  return out
}
