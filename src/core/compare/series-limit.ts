/** A total that must not be reached, as people type it. */
import { areConvertible, scale } from '../model/measure.ts'

/** "2GiB", "1500MB" (pprof's, of 1024 each), "90s", or a number in the unit; null for what is no amount of it. */
export function parseLimit(text: string, unit: string): number | null {
  const [, digits, named = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-zµ]*)\s*$/i.exec(text) ?? []
  const asked = areConvertible('B', unit) ? named.replace(/^([kmgtp])(i?b)?$/i, '$1B') : named
  if (digits === undefined || (asked !== '' && !areConvertible(asked, unit))) return null
  return asked === '' ? Number(digits) : scale(Number(digits), asked, unit).value
}
