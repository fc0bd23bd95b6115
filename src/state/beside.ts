/**
 * A CPU and a heap profile of one program, open at once, say more of a function together than each alone: its
 * time, its bytes, and how much of the allocator's and the collector's work its bytes cause.
 */
import { sameProgram } from './same-program.ts'
import { compareSnapshots } from './snapshots.ts'
import { currentProfile, get, type OpenedProfile, type Paired, set, useStore } from './store.ts'

interface Part {
  value: number
  share: number
}

/** What both say of one function; null where a profile does not count it. */
export interface BothSay {
  cpu: Part | null
  alloc: Part | null
  inuse: Part | null
  /** Its part of the allocation work, by its share of the allocated bytes: an estimate. */
  work: Part | null
}

const isHeap = (p: OpenedProfile) => p.info.kind === 'heap' || p.info.kind === 'allocs'

/** The open profile of the other kind that was captured nearest in time. */
function partnerOf(profile: OpenedProfile, profiles: readonly OpenedProfile[]): OpenedProfile | null {
  const wanted = profile.info.kind === 'cpu' ? isHeap : (p: OpenedProfile) => p.info.kind === 'cpu'
  if (profile.info.kind !== 'cpu' && !isHeap(profile)) return null
  const away = (p: OpenedProfile) => Math.abs(p.info.timeNs - profile.info.timeNs)
  const fit = profiles.filter((p) => p !== profile && wanted(p) && sameProgram(p, profile))
  return fit.sort((a, b) => away(a) - away(b))[0] ?? null
}

/** func: row of ProfileInfo.names. */
export function bothSay({ sums, allocationWork }: Paired, func: number): BothSay {
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

let asked: readonly [one: OpenedProfile, other: OpenedProfile] | null = null

async function refresh(): Promise<void> {
  const s = get()
  const profile = currentProfile(s)
  const other = profile && partnerOf(profile, s.profiles)
  if (!profile || !other) {
    asked = null
    if (s.paired) set({ paired: null })
    return
  }
  if (asked?.[0].client === profile.client && asked[1].client === other.client) return
  const mine = [profile, other] as const
  asked = mine
  try {
    const answer = await profile.client.call('paired', { other: other.file })
    if (asked === mine) set({ paired: { ...answer, client: profile.client, other: other.info.name } })
  } catch {
    // The engine is gone, or was asked about another pair: asked again when the reader next moves between profiles.
    if (asked === mine) asked = null
  }
}

/** Starts watching; returns the function that stops it. */
export function startBeside(): () => void {
  return useStore.subscribe((s, before) => {
    // Only once the profile on screen has all its own answers.
    const settled = s.answers.functions?.state === 'fresh' && s.answers.zones?.state === 'fresh'
    const moved = s.answers !== before.answers || s.profiles !== before.profiles || s.current !== before.current
    if (!settled || !moved) return
    void refresh()
    void compareSnapshots()
  })
}
