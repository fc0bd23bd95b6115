import type { CallPath } from '../query/call-tree.ts'

/** Colour and pattern families; one CSS token each (--zone-map …). */
export type ZoneFamily = 'reflect' | 'map' | 'json' | 'meet' | 'gc' | 'alloc' | 'wait'

export type Confidence =
  /** The frames cannot mean anything else. */
  | 'certain'
  /** They nearly always mean it. */
  | 'likely'
  /** Worth a look at the source. */
  | 'hint'

/** Why a kind of profile cannot show a zone, or what to keep in mind; the words are in words/. */
export type ReasonKey =
  | 'runtime-leaves-hidden'
  | 'no-allocation-work'
  | 'no-cpu-work'
  | 'no-waiting'
  | 'not-here'
  | 'no-rules'
  | 'only-goroutines'
  | 'needs-series'
  | 'value-type-unknown'
  | 'waits-add-up'
  | 'idle-workers'
  | 'holder-charged'
  | 'background-by-design'
  | 'timers-since-1.23'
  | 'umbrella'
  | 'reachability-proof'
  | 'too-little'
  | 'few-events'
  | 'callers-of-requests'

/** A box of the call tree where a zone burns. */
export interface ZonePlace {
  path: CallPath
  /** CallTree.pathHash of that box. */
  pathHash: number
  func: number
  total: number
  /** How much of `total` belongs to the zone (the same, except where zones meet or leave something out). */
  value: number
}

/** A line of the user's own code, and how much of a zone's weight goes through it. */
export interface ZoneLine {
  func: number
  file: number
  line: number
  value: number
}

/** The line nearest to where the zone begins. */
export interface ZoneBlame extends ZoneLine {
  path: CallPath
  /**
   * Where its function is called from several lines of the user's own code: those lines, heaviest first, at most
   * MAX_CALLERS. A helper that many call costs what they ask of it.
   */
  callers: ZoneLine[]
}

/** A function by which a zone was told, and the weight of the samples it was told by. Sums to the zone's. */
export interface ZoneEvidence {
  func: number
  samples: number
  value: number
}

export type ZoneState =
  /** Found: `value` and `places` say how much and where. */
  | 'found'
  /** Looked for in this kind of profile and not there, or too light to matter (then `value` is not 0). */
  | 'quiet'
  /** This kind of profile cannot show it; `reason` says why. */
  | 'hidden'

export interface Zone {
  /** Rule id, e.g. 'str-map-assign'. words/ has title, meaning and remedies by it. */
  id: string
  family: ZoneFamily
  /** Causes are what to change; context helps to read the rest. */
  role: 'cause' | 'context'
  state: ZoneState
  confidence: Confidence
  /** Why it is hidden, or what to keep in mind when reading it. */
  reason: ReasonKey | null
  /** Weight in the sample type's unit, each sample once, and its share of the total (0..1). */
  value: number
  share: number
  /** Samples that carry it. */
  samples: number
  /** Events of the profiler that leave an error like its own (Size); Infinity where nothing was estimated, null where it is too light to ask. */
  events: number | null
  /** Bit of CallTree.zoneHead, which is also its row in the report; -1 when it is not marked. */
  bit: number
  /** Boxes that are heads of the zone, heaviest first, none inside another; at most MAX_PLACES. */
  places: ZonePlace[]
  /** How many there are in all. */
  placeCount: number
  /** Heaviest first, at most MAX_BLAME. */
  blame: ZoneBlame[]
  /** Heaviest first, at most MAX_EVIDENCE. */
  evidence: ZoneEvidence[]
  /** Other found zones that share at least a tenth of this one's weight, and how much. */
  overlaps: { id: string; value: number }[]
  /** Heap profiles: bytes on callers whose runtime leaf frames the profile hides (upper bound). */
  onCallers: { func: number; value: number } | null
  /** Goroutines that pile up: how many more than in an earlier snapshot; null without one. */
  growth: number | null
  /** Where it can be read up: "runtime/slice.go: growslice" in Go's source, or a sentence. */
  references: readonly string[]
}

/** JSON decoding of a profile, told apart by what it decodes into. Samples counted once. */
export interface JsonAnswer {
  /** Below Unmarshal or Decode. */
  decode: number
  /** Into interface{} / map[string]interface{}. */
  any: number
  /** Into typed maps. */
  typedMap: number
  /** Into structs. */
  struct: number
  /** any / total, and any / decode. */
  share: number
  shareOfDecode: number
  verdict: 'untyped' | 'mixed' | 'typed'
}

/** What the garbage collector costs a CPU profile. Parts do not overlap. */
export interface GcTax {
  value: number
  share: number
  assist: number
  /** Background marking, without what idle processors did. */
  background: number
  sweep: number
  barriers: number
  /** Starting, finishing and stopping the world. */
  control: number
  /** Marking on processors that had nothing else to do; not part of value. */
  idle: number
  /** The tax divided over the lines that allocate, by their CPU time in the allocator: an estimate. */
  payers: { func: number; file: number; line: number; malloc: number; tax: number; path: CallPath }[]
}

/** What a kind of profile cannot show; worded in words/. */
export type BlindSpot =
  | 'heap-hides-runtime'
  | 'heap-sampled'
  | 'heap-no-holder'
  | 'inuse-last-gc'
  | 'inuse-test-empty'
  | 'alloc-since-start'
  | 'cpu-no-waiting'
  | 'cpu-few-samples'
  | 'mutex-charges-holder'
  | 'block-adds-up'
  | 'waits-no-cpu'
  | 'goroutine-moment'
  | 'leak-reachable'
  | 'trace-moment'
  | 'unknown-kind'

/** Found zones first, heaviest first: CallTree.zoneHead bit i belongs to zones[i]. Then the rest in rule order. */
export interface ZoneReport {
  sampleType: number
  zones: Zone[]
  /** Weight of the samples that carry at least one found cause: never more than the total. */
  explained: { value: number; share: number }
  json: JsonAnswer | null
  gcTax: GcTax | null
  cannotShow: BlindSpot[]
}

/** A line of the user's whose memory in use grew in every snapshot of a series. */
export interface Retained {
  func: string
  file: string
  line: number
  /** Bytes in the last snapshot, samples that tell them, and the share of all that is in use there. */
  inuse: number
  samples: number
  share: number
  /** In use in the first snapshot. */
  from: number
}

export interface Retention {
  lines: Retained[]
  /** Profiles that count what is in use. */
  snapshots: number
}
