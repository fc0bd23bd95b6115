/** Which of several united profiles are compared, and how that is written. */

/** Sources of a united profile; base null = the current one alone. */
export interface Pair {
  base: number | null
  current: number
}

/** "2" is source 2 alone, "0-2" compares it with source 0. Whatever else stands there: the first and the last one. */
export function pairOf(sides: string, sources: number): Pair {
  const [, first, second] = /^(?:(\d{1,2})-)?(\d{1,2})$/.exec(sides) ?? []
  const base = first === undefined ? null : Number(first)
  const current = Number(second)
  const exists = current < sources && (base === null || base < sources)
  if (exists && base !== current) return { base, current }
  return { base: sources > 1 ? 0 : null, current: sources - 1 }
}

/** As pairOf() reads it, '' for what it takes where nothing is said. */
export function formatPair({ base, current }: Pair, sources: number): string {
  const usual = pairOf('', sources)
  if (base === usual.base && current === usual.current) return ''
  return base === null ? String(current) : `${base}-${current}`
}
