/** What the views share: the profile on screen with its sample type, the selected function, zones and matches by row. */
import { useMemo } from 'react'
import { isUnlit, rankZones } from '../../core/zones/rank.ts'
import type { ZoneFamily } from '../../core/zones/zone.ts'
import { matching } from '../../state/answers.ts'
import { rowOf } from '../../state/rows.ts'
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

/** The selected function among the rows of an answer. */
export function useSelected(profile: OpenedProfile): { row: number; name: string } {
  const name = useStore((s) => s.view.func)
  return useMemo(() => ({ row: rowOf(profile, name), name }), [profile, name])
}

export interface RowZone {
  family: ZoneFamily
  /** As in the panel, 1 = hottest. */
  number: number
}

/** The hottest zone that has a place in a function, by row of an answer; without those that are switched off. */
export function useRowZones(of: Answer<unknown>): (row: number) => RowZone | null {
  const answer = useStore((s) => s.answers.zones)
  const zonesOff = useStore((s) => s.view.zonesOff)
  const zonesOn = useStore((s) => s.view.zonesOn)
  const shown = useStore((s) => s.zonesShown)
  return useMemo(() => {
    const byFunc = new Map<number, RowZone>()
    const report = answer && matching(answer, of) && shown ? answer.value : null
    for (const [i, zone] of rankZones(report?.zones ?? []).entries()) {
      if (isUnlit(zone, { zonesOff, zonesOn })) continue
      for (const { func } of zone.places)
        if (!byFunc.has(func)) byFunc.set(func, { family: zone.family, number: i + 1 })
    }
    // Rules name functions whatever a row stands for.
    const { func } = of.profile
    return (row) => byFunc.get(func ? (func[row] ?? -1) : row) ?? null
  }, [answer, zonesOff, zonesOn, shown, of])
}

/** 1 per row of an answer that the search matches; null without a search. */
export function useMatches(of: Answer<unknown>): Uint8Array | null {
  const search = useStore((s) => s.view.search)
  const answer = useStore((s) => s.answers.search)
  return search !== '' && answer && matching(answer, of) ? answer.value.match : null
}
