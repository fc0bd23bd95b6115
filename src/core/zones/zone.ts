import type { CallPath } from '../query/call-tree.ts'

/** Colour and pattern families; one CSS token each (--zone-map …). */
export type ZoneFamily = 'reflect' | 'map' | 'json' | 'meet' | 'gc' | 'alloc' | 'wait'

/** A box of the call tree where a zone burns. */
export interface ZonePlace {
  path: CallPath
  /** CallTree.key of that box. */
  key: number
  func: number
  total: number
  /** How much of `total` belongs to the zone (the same, except where zones meet). */
  value: number
}

/** A line of the user's own code (or the nearest caller) that a zone's weight goes through. */
export interface ZoneBlame {
  func: number
  file: number
  line: number
  value: number
  path: CallPath
}

export type ZoneState =
  /** Found: `value` and `places` say how much and where. */
  | 'found'
  /** Looked for in this kind of profile and not there. */
  | 'quiet'
  /** This kind of profile cannot show it; `reason` says why. */
  | 'hidden'

export interface Zone {
  /** Rule id, e.g. 'str-map-assign'. The UI words title, meaning and advice by it. */
  id: string
  family: ZoneFamily
  state: ZoneState
  /** Why it is hidden (a message key), or what to keep in mind when reading it. */
  reason: string | null
  /** Weight in the sample type's unit, each sample once, and its share of the total (0..1). */
  value: number
  share: number
  /** Samples that carry it. */
  samples: number
  /** Boxes that are heads of the zone, heaviest first, none inside another; at most MAX_PLACES. */
  places: ZonePlace[]
  /** How many there are in all. */
  placeCount: number
  blame: ZoneBlame[]
  /** Heap profiles: bytes on callers whose runtime leaf frames the profile hides (upper bound). */
  onCallers: { func: number; value: number } | null
}

/** zones in rule order; CallTree.zoneHead bit i belongs to zones[i]. */
export interface ZoneReport {
  sampleType: number
  zones: Zone[]
}
