/** The readings of "Where it goes" (core/where), and how a row of one is named in filters and limits. */

/** What the rows of a reading are. */
export const READINGS = ['activity', 'owner', 'package'] as const
export type Reading = (typeof READINGS)[number]

export interface RowName {
  reading: Reading
  /** WhereRow.id */
  id: string
}

/** "activity:json-decode", "owner:own", "package:net/http"; null for other texts. */
export function parseRowName(text: string): RowName | null {
  const at = text.indexOf(':')
  const reading = READINGS.find((r) => r === text.slice(0, at))
  return reading && at + 1 < text.length ? { reading, id: text.slice(at + 1) } : null
}

export const formatRowName = ({ reading, id }: RowName): string => `${reading}:${id}`
