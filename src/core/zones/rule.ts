/**
 * A hot zone rule is a row of data: which names carry it in which kind of profile. The matcher knows no
 * Go. Each row proves itself by its own examples (rules.test.ts runs them all).
 */
import type { ProfileKind } from '../model/kind.ts'
import type { Confidence, ReasonKey, ZoneFamily } from './zone.ts'

/** What a profile shows of a stack: CPU profiles every frame, memory profiles (heap, allocs) lose the runtime's at the leaf. */
export type Evidence = 'cpu' | 'memory' | 'mutex' | 'block' | 'goroutine' | 'goroutineleak'

export const evidences: readonly Evidence[] = ['cpu', 'memory', 'mutex', 'block', 'goroutine', 'goroutineleak']

export function evidenceOf(kind: ProfileKind): Evidence | null {
  if (kind === 'heap' || kind === 'allocs') return 'memory'
  return (evidences as readonly string[]).includes(kind) ? (kind as Evidence) : null
}

/**
 * Full Go function names: exact, with `*` for any text (but "(*T)" is Go's own), or a regular expression
 * that is anchored at the start, so that most of a profile's names never meet it.
 */
export type Names = readonly (string | RegExp)[]

/** One way in which a stack carries a zone; the frame that `frames` names is the hit. */
export interface Clause {
  frames: Names
  /** The hit must be the sample's last frame. */
  leaf?: boolean
  /** One of these must be among its callers … */
  under?: Names
  /** … and none of these. */
  notUnder?: Names
  /** None of these anywhere on the stack, callers or callees. */
  without?: Names
  /** Its direct callers, the nearest last. */
  after?: readonly Names[]
  /** Its direct caller is none of these … */
  notAfter?: Names
  /** … but for these … */
  exceptFor?: Names
  /** … where frames of these between the two do not count. */
  through?: Names
  /** What lies below one of these is no longer of it … */
  ends?: Names
  /** … nor what lies below a frame that is none of these. */
  within?: Names
  /** Its direct caller calls one of these directly too, on this stack or another. */
  beside?: Names
  /** Only for samples that carry no other rule. */
  otherwise?: boolean
}

interface Matched {
  /** Message key to keep in mind when reading what was found. */
  note?: ReasonKey
  /** Where this kind of profile allows less (or more) certainty than the rule's own. */
  confidence?: Confidence
  /** Least share of the profile that is worth a reader's time. */
  floor?: number
}

export interface ClauseMatcher extends Matched {
  clauses: readonly Clause[]
  /** Only when the zone weighs at least this much of the samples that hold one of the names. */
  ratio?: { of: Names; atLeast: number }
  /** Only when another rule's zone weighs at most this much of this one's. */
  rival?: { rule: string; atMost: number }
  /** Goroutine profiles: one stack must be shared by so many. */
  crowd?: Crowd
  /** Block profiles: only stacks on which one wait takes so long on average, in nanoseconds. */
  wait?: { atLeast?: number; below?: number }
  /**
   * Memory profiles: only stacks on which so many objects were allocated, and most of them are no longer in use; none
   * where the profile tells nothing but what is in use. What is made once and kept, or kept on purpose, is not made over and over.
   */
  dropped?: { objects: number }
}

export interface Crowd {
  /** Goroutines on one stack, and their share of all. */
  count: number
  share: number
  /** They wait for something that the user's own code asked for. */
  user: boolean
  /** So many more than in an earlier snapshot make a crowd too, however many there are. */
  grown?: number
  /** A crowd of this kind too is another rule's. */
  unless?: Omit<Crowd, 'unless'>
}

export interface MeetMatcher extends Matched {
  /**
   * Two families that never lie on one stack: the zone is the deepest boxes of the call tree whose
   * subtree holds at least minShare of the profile of each.
   */
  meet: readonly [Names, Names]
  minShare: number
}

export interface SizesMatcher extends Matched {
  /** Lines of the user's own that allocate objects of all sizes, each as often (even-sizes.ts). */
  sizes: 'even'
}

export type Matcher = ClauseMatcher | MeetMatcher | SizesMatcher

/** Folded stacks, root first, after the kind of profile they are from. */
export type Example = readonly [kind: ProfileKind, ...stacks: string[]]

export interface Rule {
  id: string
  family: ZoneFamily
  /** What to change, or what helps to read the rest (umbrellas, the runtime's own work). */
  role: 'cause' | 'context'
  /** Go versions whose names it knows from captures or source. */
  go: string
  /** Rules for libraries: the versions whose source it was checked against. */
  checked?: string
  confidence: Confidence
  match: Partial<Record<Evidence, Matcher>>
  /** For kinds without a matcher. */
  hidden: ReasonKey
  /** Row of the answers (answers.ts) whose callers are named where the hits have no caller in the user's code. */
  askers?: string
  /** false: whose line it is does not matter. */
  blames?: false
  /**
   * Memory profiles: functions that do this work themselves, so that the bytes stand on them (flat)
   * because the runtime frame below is stripped. Said beside the zone, never added to it.
   */
  callers?: Names
  /**
   * Memory profiles: objects of these sizes that the user's own functions allocate themselves are what this work
   * leaves behind, or something as small. Said beside the zone, never added to it.
   */
  objectSizes?: readonly number[]
  /** Where in Go's source, or in its documentation, this can be read up. */
  references: readonly string[]
  /** These raise the rule … */
  hits: readonly Example[]
  /** … and these do not. */
  misses: readonly Example[]
}

/** Below this share a zone is not worth a finding (one CPU sample of 10 ms is 1 % of a second). */
export const FLOOR = 0.02
