/** What the views share: the profile on screen with its sample type, the selected function, zones and matches by row. */
import { useMemo } from 'react'
import type { ZoneFamily } from '../../core/zones/zone.ts'
import { rankZones } from '../../state/actions.ts'
import { currentNames, rowOf } from '../../state/current-query.ts'
import { type Answer, currentProfile, type OpenedProfile, sampleTypeRow, useStore } from '../../state/store.ts'

export function useShown(): { profile: OpenedProfile; sampleType: number } | null {
  const profile = useStore(currentProfile)
  const asked = useStore((s) => s.view.sampleType)
  return profile ? { profile, sampleType: sampleTypeRow(profile.info, asked) } : null
}

/** An answer only as far as it is about this profile and sample type. */
export function ofShown<T>(answer: Answer<T> | null, profile: OpenedProfile, sampleType: number): Answer<T> | null {
  return answer?.profile.client === profile.client && answer.sampleType === sampleType ? answer : null
}

export function useSelected(profile: OpenedProfile): { row: number; name: string } {
  const name = useStore((s) => s.view.func)
  return useMemo(() => ({ row: rowOf(currentNames(profile), name), name }), [profile, name])
}

export interface RowZone {
  family: ZoneFamily
  /** As in the panel, 1 = hottest. */
  number: number
}

/** The hottest zone that has a place in a function, by row; without those that are switched off. */
export function useRowZones(profile: OpenedProfile, sampleType: number): ReadonlyMap<number, RowZone> {
  const answer = useStore((s) => s.answers.zones)
  const off = useStore((s) => s.view.zonesOff)
  const shown = useStore((s) => s.zonesShown)
  return useMemo(() => {
    const rows = new Map<number, RowZone>()
    const report = ofShown(answer, profile, sampleType)?.value
    if (!report || !shown) return rows
    for (const [i, zone] of rankZones(report.zones).entries()) {
      if (off.includes(zone.id)) continue
      for (const { func } of zone.places) if (!rows.has(func)) rows.set(func, { family: zone.family, number: i + 1 })
    }
    return rows
  }, [answer, off, shown, profile, sampleType])
}

/** 1 per row that the search matches; null without a search. */
export function useMatches(profile: OpenedProfile, sampleType: number): Uint8Array | null {
  const search = useStore((s) => s.view.search)
  const answer = useStore((s) => s.answers.search)
  return search === '' ? null : (ofShown(answer, profile, sampleType)?.value.match ?? null)
}
