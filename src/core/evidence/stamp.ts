/** Times that logs put before what a program wrote. */

/** RFC 3339, or what package log writes, which says no zone and is taken for UTC. */
const STAMP = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/

/** Milliseconds since 1970 of the first time in a text; null = there is none. */
export function stampOf(text: string): number | null {
  const match = STAMP.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${`${fraction}000`.slice(0, 3)}${zone}`)
  return Number.isNaN(time) ? null : time
}
