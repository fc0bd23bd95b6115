/** The query of the present view and the names of the rows that its answers speak of. */
import { fnv1a, fold30 } from '../core/model/name-hash.ts'
import type { Strings } from '../core/model/strings.ts'
import type { QuerySpec } from '../core/query/query-spec.ts'
import { type AppState, get, type OpenedProfile } from './store.ts'

export interface Names {
  names: Strings
  hash: Int32Array
}

/** undefined = the whole profile by functions. */
export function currentQuery(_s: AppState = get()): QuerySpec | undefined {
  return undefined
}

export function currentNames(profile: OpenedProfile, _s: AppState = get()): Names {
  return { names: profile.names, hash: profile.info.hash }
}

const utf8 = new TextEncoder()

/** Row of a full name, -1 when nothing bears it. */
export function rowOf({ names, hash }: Names, name: string): number {
  if (name === '') return -1
  const wanted = fold30(fnv1a(utf8.encode(name)))
  for (let row = hash.indexOf(wanted); row >= 0; row = hash.indexOf(wanted, row + 1)) {
    if (names.get(row) === name) return row
  }
  return -1
}
