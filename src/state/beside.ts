/**
 * A CPU and a heap profile of one program, open at once, say more of a function together than each alone: its
 * time, its bytes, and how much of the allocator's and the collector's work its bytes cause.
 */
import type { ZoneReport } from '../core/zones/zone.ts'
import { sameProgram } from './same-program.ts'
import { compareSnapshots } from './snapshots.ts'
import { type Beside, type BesideOne, currentProfile, get, type OpenedProfile, set, useStore } from './store.ts'

/** What both say of one function; null where a profile does not hold it. */
export interface BothSay {
  cpu: { value: number; share: number } | null
  alloc: { value: number; share: number } | null
  inuse: { value: number; share: number } | null
  /** Its part of the allocation work, by its share of the allocated bytes: an estimate. */
  work: { value: number; share: number } | null
}

const isHeap = (p: OpenedProfile) => p.info.kind === 'heap' || p.info.kind === 'allocs'
const row = (p: OpenedProfile, type: string) => p.info.sampleTypes.findIndex((t) => t.type === type)

/** The open profile of the other kind that was captured nearest in time. */
function partnerOf(profile: OpenedProfile, profiles: readonly OpenedProfile[]): OpenedProfile | null {
  const wanted = profile.info.kind === 'cpu' ? isHeap : (p: OpenedProfile) => p.info.kind === 'cpu'
  if (profile.info.kind !== 'cpu' && !isHeap(profile)) return null
  const away = (p: OpenedProfile) => Math.abs(p.info.timeNs - profile.info.timeNs)
  const fit = profiles.filter((p) => p !== profile && wanted(p) && sameProgram(p, profile))
  return fit.sort((a, b) => away(a) - away(b))[0] ?? null
}

function side(profile: OpenedProfile): BesideOne {
  return { profile, rows: new Map(Array.from(profile.info.hash, (hash, f) => [hash, f])) }
}

const cumOf = async (p: OpenedProfile, sampleType: number) => (await p.client.call('functions', { sampleType })).cum

function workOf({ zones, gcTax }: ZoneReport): number {
  return (zones.find((zone) => zone.id === 'malloc')?.value ?? 0) + (gcTax?.background ?? 0)
}

async function load(cpu: OpenedProfile, heap: OpenedProfile): Promise<Beside | null> {
  const [time, alloc, inuse] = [row(cpu, 'cpu'), row(heap, 'alloc_space'), row(heap, 'inuse_space')]
  if (time < 0 || alloc < 0 || inuse < 0) return null
  const total = (p: OpenedProfile, type: number) => p.info.sampleTypes[type]?.total ?? 0
  const report = await cpu.client.call('zones', { sampleType: time })
  return {
    cpu: { ...side(cpu), time: await cumOf(cpu, time), total: total(cpu, time) },
    heap: {
      ...side(heap),
      alloc: await cumOf(heap, alloc),
      inuse: await cumOf(heap, inuse),
      totalAlloc: total(heap, alloc),
      totalInuse: total(heap, inuse),
    },
    work: workOf(report),
  }
}

export function bothSay({ cpu, heap, work }: Beside, hash: number): BothSay {
  const of = (at: BesideOne, column: Float64Array, total: number) => {
    const value = column[at.rows.get(hash) ?? -1]
    return value === undefined ? null : { value, share: total > 0 ? value / total : 0 }
  }
  const alloc = of(heap, heap.alloc, heap.totalAlloc)
  const caused = alloc === null ? 0 : work * alloc.share
  return {
    cpu: of(cpu, cpu.time, cpu.total),
    alloc,
    inuse: of(heap, heap.inuse, heap.totalInuse),
    work: alloc === null ? null : { value: caused, share: cpu.total > 0 ? caused / cpu.total : 0 },
  }
}

let asked: readonly [cpu: OpenedProfile, heap: OpenedProfile] | null = null

async function refresh(): Promise<void> {
  const s = get()
  const profile = currentProfile(s)
  const partner = profile && partnerOf(profile, s.profiles)
  if (!profile || !partner) {
    asked = null
    if (s.beside) set({ beside: null })
    return
  }
  const [cpu, heap] = profile.info.kind === 'cpu' ? [profile, partner] : [partner, profile]
  if (asked?.[0].client === cpu.client && asked[1].client === heap.client) return
  const mine = [cpu, heap] as const
  asked = mine
  try {
    const beside = await load(cpu, heap)
    if (asked === mine) set({ beside })
  } catch {
    // Overtaken by another question to one of the engines: asked again when the reader next moves between profiles.
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
