/** The one place that knows what rows of an answer are called: asks each query for its names, once. */
import { Strings } from '../core/model/strings.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import type { EngineClient } from '../engine/client.ts'
import type { QueryInfo } from '../engine/protocol.ts'
import type { NamedProfile, OpenedProfile } from './store.ts'

/** Queries whose names are kept: those that undo, redo and a second look come back to. */
const KEPT = 4

const PLAIN = queryKey(plainQuery)

const known = new WeakMap<EngineClient, Map<string, Promise<QueryInfo & { strings: Strings }>>>()

export function isPlain(query: QuerySpec): boolean {
  return queryKey(query) === PLAIN
}

/** Rejects as the engine does. */
function infoOf(client: EngineClient, query: QuerySpec): Promise<QueryInfo & { strings: Strings }> {
  const infos = known.get(client) ?? new Map<string, Promise<QueryInfo & { strings: Strings }>>()
  known.set(client, infos)
  const key = queryKey(query)
  let info = infos.get(key)
  if (!info) {
    info = client.call('query', { query }).then((value) => ({ ...value, strings: new Strings(value.names) }))
    // One that failed or was overtaken is asked again when it is needed again.
    info.catch(() => infos.delete(key))
  }
  infos.delete(key)
  infos.set(key, info)
  if (infos.size > KEPT) infos.delete(infos.keys().next().value as string)
  return info
}

export async function nameProfile(profile: OpenedProfile, query: QuerySpec): Promise<NamedProfile> {
  return isPlain(query) ? namePlain(profile, query) : withNames(profile, query, await infoOf(profile.client, query))
}

/** As nameProfile, of a query that renames nothing. */
export function namePlain(profile: OpenedProfile, query: QuerySpec): NamedProfile {
  return withNames(profile, query, null)
}

function withNames(
  profile: OpenedProfile,
  query: QuerySpec,
  info: (QueryInfo & { strings: Strings }) | null,
): NamedProfile {
  const last = named.get(profile)
  // Answers to one query share the profile, so that they can be told to belong together.
  if (last && last.info.hash === (info?.hash ?? profile.info.hash) && sameQuery(last.query, query)) return last
  const next: NamedProfile = info
    ? {
        ...profile,
        names: info.strings,
        info: { ...profile.info, hash: info.hash },
        query,
        func: info.func,
        accounts: info.accounts,
        bad: info.bad,
      }
    : { ...profile, query, func: null, accounts: null, bad: [] }
  named.set(profile, next)
  return next
}

const named = new WeakMap<OpenedProfile, NamedProfile>()

const sameQuery = (a: QuerySpec, b: QuerySpec) => queryKey(a) === queryKey(b) && a.inverted === b.inverted

/** Accounts of a query, also of the plain one, which has them asked only when somebody looks. */
export async function accountsOf(profile: OpenedProfile, query: QuerySpec): Promise<QueryInfo['accounts']> {
  return (await infoOf(profile.client, query)).accounts
}
