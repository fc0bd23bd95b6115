/** Rows of names and back. */
import { nameHash } from '../core/model/name-hash.ts'
import type { OpenedProfile } from './store.ts'

/** Row of a full name in a profile, or in what a query calls it (NamedProfile); -1 when nothing bears it. */
export function rowOf({ names, info }: Pick<OpenedProfile, 'names' | 'info'>, name: string): number {
  if (name === '') return -1
  const wanted = nameHash(name)
  for (let row = info.hash.indexOf(wanted); row >= 0; row = info.hash.indexOf(wanted, row + 1)) {
    if (names.get(row) === name) return row
  }
  return -1
}
