/**
 * A CPU and a heap profile of one program, open at once, say more of a function together than each alone: its
 * time, its bytes, and how much of the allocator's and the collector's work its bytes cause.
 */
import type { Request } from './requests.ts'
import type { SameProgram } from './same-program.ts'
import { currentProfile, type OpenedProfile, type Paired, profilesOf, type Store } from './store.ts'

interface Part {
  value: number
  share: number
}

/** What both profiles say of one function; null where a profile does not count it. */
export interface FunctionPair {
  cpu: Part | null
  alloc: Part | null
  inuse: Part | null
  /** Its part of the allocation work, by its share of the allocated bytes: an estimate. */
  work: Part | null
}

const isHeap = (p: OpenedProfile) => p.info.kind === 'heap' || p.info.kind === 'allocs'

/** func: row of ProfileInfo.names. */
export function pairOf({ sums, allocationWork }: Paired, func: number): FunctionPair {
  const of = (type: string): Part | null => {
    const sum = sums.find((s) => s.type === type)
    return sum ? { value: sum.cum[func] ?? 0, share: sum.total > 0 ? (sum.cum[func] ?? 0) / sum.total : 0 } : null
  }
  const alloc = of('alloc_space')
  const caused = alloc === null ? 0 : allocationWork * alloc.share
  const time = sums.find(({ type }) => type === 'cpu')?.total ?? 0
  return {
    cpu: of('cpu'),
    alloc,
    inuse: of('inuse_space'),
    work: alloc === null ? null : { value: caused, share: time > 0 ? caused / time : 0 },
  }
}

interface Needs {
  store: Store
  request: Request
  sameProgram: SameProgram
}

export function createPaired({ store, request, sameProgram }: Needs) {
  const { getState, setState } = store
  let asked: readonly [one: OpenedProfile, other: OpenedProfile] | null = null

  /** The open profile of the other kind that was captured nearest in time. */
  function partnerOf(profile: OpenedProfile, profiles: readonly OpenedProfile[]): OpenedProfile | null {
    const wanted = profile.info.kind === 'cpu' ? isHeap : (p: OpenedProfile) => p.info.kind === 'cpu'
    if (profile.info.kind !== 'cpu' && !isHeap(profile)) return null
    const away = (p: OpenedProfile) => Math.abs(p.info.timeNs - profile.info.timeNs)
    const fit = profiles.filter((p) => p !== profile && wanted(p) && sameProgram(p, profile))
    return fit.sort((a, b) => away(a) - away(b))[0] ?? null
  }

  /** Asks about the profile on screen and its partner, where it has one and was not asked yet. */
  async function comparePair(): Promise<void> {
    const s = getState()
    const profile = currentProfile(s)
    const other = profile && partnerOf(profile, profilesOf(s))
    if (!profile || !other) {
      asked = null
      if (s.paired) setState({ paired: null })
      return
    }
    if (asked?.[0].client === profile.client && asked[1].client === other.client) return
    const mine = [profile, other] as const
    asked = mine
    const [source] = other.sources
    if (!source) return
    try {
      const answer = await request(profile.client, 'paired', { other: source.file })
      if (asked === mine) setState({ paired: { ...answer, client: profile.client, other: other.name } })
    } catch {
      // The engine is gone, or was asked about another pair: asked again when the reader next moves between profiles.
      if (asked === mine) asked = null
    }
  }

  return { comparePair }
}
