/** The one place that knows what rows of an answer are called: asks each query for its names, once. */
import { Strings, samePacked } from '../core/model/strings.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import type { QueryInfo } from '../engine/protocol.ts'
import type { Request } from './requests.ts'
import type { NamedProfile, OpenedProfile } from './store.ts'

const PLAIN = queryKey(plainQuery)

export function isPlain(query: QuerySpec): boolean {
  return queryKey(query) === PLAIN
}

type NamesOf = QueryInfo & { strings: Strings }

const sameQuery = (a: QuerySpec, b: QuerySpec) => queryKey(a) === queryKey(b) && a.inverted === b.inverted

export function createNaming(request: Request) {
  /** The profile under its last names. */
  const named = new WeakMap<OpenedProfile, NamedProfile>()
  const decoded = new WeakMap<QueryInfo, NamesOf>()

  /** Rejects as the engine does. */
  async function infoOf({ client, names }: OpenedProfile, query: QuerySpec): Promise<NamesOf> {
    const info = await request(client, 'query', { query })
    const known = decoded.get(info) ?? { ...info, strings: stringsOf(info, names) }
    decoded.set(info, known)
    return known
  }

  /** Most queries rename nothing: what was made of the profile's own names (texts, colours, labels) then stays right. */
  const stringsOf = ({ names }: QueryInfo, own: Strings) => (samePacked(names, own.packed) ? own : new Strings(names))

  async function nameProfile(profile: OpenedProfile, query: QuerySpec): Promise<NamedProfile> {
    return isPlain(query) ? namePlain(profile, query) : withNames(profile, query, await infoOf(profile, query))
  }

  /** As nameProfile, of a query that renames nothing. */
  function namePlain(profile: OpenedProfile, query: QuerySpec): NamedProfile {
    return withNames(profile, query, null)
  }

  function withNames(profile: OpenedProfile, query: QuerySpec, info: NamesOf | null): NamedProfile {
    const last = named.get(profile)
    // Answers to one query share the profile, so that they can be told to belong together.
    if (last && last.info.hash === (info?.hash ?? profile.info.hash) && sameQuery(last.query, query)) return last
    const next: NamedProfile = info
      ? {
          ...profile,
          names: info.strings,
          info: {
            ...profile.info,
            hash: info.hash,
            sampleTypes: info.sampleTypes ?? profile.info.sampleTypes,
            durationNs: info.durationNs ?? profile.info.durationNs,
          },
          query,
          func: info.func,
          accounts: info.accounts,
          bad: info.bad,
        }
      : { ...profile, query, func: null, accounts: null, bad: [] }
    named.set(profile, next)
    return next
  }

  /** Accounts of a query, also of the plain one, which has them asked only when somebody looks. */
  async function accountsOf(profile: OpenedProfile, query: QuerySpec): Promise<QueryInfo['accounts']> {
    return (await infoOf(profile, query)).accounts
  }

  return { nameProfile, namePlain, accountsOf }
}

export type Naming = ReturnType<typeof createNaming>
