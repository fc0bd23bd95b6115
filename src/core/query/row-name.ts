/** The readings of "Where it goes" (core/where), and how a row of one is named in filters and limits. */
import { isOwnPackage } from '../model/go-name.ts'

/** What the rows of a reading are. */
export const READINGS = ['activity', 'owner', 'package'] as const
export type Reading = (typeof READINGS)[number]

export interface RowName {
  reading: Reading
  /** WhereRow.id */
  id: string
  /** Of owners and packages: what the row causes, instead of what its own functions weigh. */
  caused?: boolean
}

/** "activity:json-decode", "owner:std", "owner-caused:own", "package:net/http"; null for other texts. */
export function parseRowName(text: string): RowName | null {
  const [, named, suffix, id] = /^(\w+)(-caused)?:(.+)$/s.exec(text) ?? []
  const reading = READINGS.find((r) => r === named)
  const caused = suffix !== undefined
  if (!reading || id === undefined || (caused && reading === 'activity')) return null
  return caused ? { reading, id, caused } : { reading, id }
}

export const formatRowName = ({ reading, id, caused }: RowName): string => `${reading}${caused ? '-caused' : ''}:${id}`

/**
 * The row that a reader means: of the own code what it causes, since it does little itself; of everything else what it
 * does. own: import paths of the own code.
 */
export function rowMeant(reading: Reading, id: string, own: readonly string[]): RowName {
  const isOwn = reading === 'owner' ? id === 'own' : reading === 'package' && isOwnPackage(id, own)
  return isOwn ? { reading, id, caused: true } : { reading, id }
}
