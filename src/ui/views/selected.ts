/** What the views share: the profile on screen with its sample type, the selected function, zones and matches by row. */
import { useMemo } from 'react'
import { headsByName, heatOf } from '../../core/layout/heat.ts'
import { isUnmarked } from '../../core/zones/rank.ts'
import type { ZoneFamily, ZoneReport } from '../../core/zones/zone.ts'
import { matching } from '../../state/answer.ts'
import { rowOf } from '../../state/rows.ts'
import { type Answer, currentProfile, type OpenedProfile, sampleTypeRow } from '../../state/store.ts'
import { useStore } from '../session.ts'

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
  /** Of the finding. */
  id: string
  family: ZoneFamily
  /** As in the panel, 1 = hottest. */
  number: number
}

/** Findings whose colour the reader, or their being context, switched off. */
export function useUnmarked(answer: Answer<ZoneReport> | null): ReadonlySet<string> {
  const zonesOff = useStore((s) => s.view.zonesOff)
  const zonesOn = useStore((s) => s.view.zonesOn)
  // The same report may stand in a newer answer.
  const zones = answer?.value.zones
  return useMemo(() => {
    const unmarked = (zones ?? []).filter((zone) => isUnmarked(zone, { zonesOff, zonesOn }))
    return new Set(unmarked.map((zone) => zone.id))
  }, [zones, zonesOff, zonesOn])
}

/** The zone that marks the boxes of a row in the graph, by row of an answer. */
export function useRowZones(of: Answer<unknown>): (row: number) => RowZone | null {
  const tree = useStore((s) => s.answers.tree)
  const zones = useStore((s) => s.answers.zones)
  const unmarked = useUnmarked(zones)
  return useMemo(() => {
    const fits = zones && tree && matching(zones, of) && matching(tree, of)
    const heat = fits ? heatOf(tree.value, zones.value, unmarked) : null
    if (!fits || !heat) return () => null
    const heads = headsByName(tree.value, heat)
    return (row: number) => {
      const at = heads.get(row) ?? -1
      const zone = zones.value.zones[at]
      return zone ? { id: zone.id, family: zone.family, number: heat.rank[at] ?? 0 } : null
    }
  }, [tree, zones, unmarked, of])
}

/** 1 per row of an answer that the search matches; null without a search. */
export function useMatches(of: Answer<unknown>): Uint8Array | null {
  const search = useStore((s) => s.view.search)
  const answer = useStore((s) => s.answers.search)
  return search !== '' && answer && matching(answer, of) ? answer.value.match : null
}
