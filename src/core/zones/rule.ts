/**
 * A hot zone rule is a row of data: which names carry it in which kind of profile. The matcher knows no
 * Go. Each row proves itself by its own examples (rules.test.ts runs them all).
 */
import type { ProfileKind } from '../model/kind.ts'
import type { ZoneFamily } from './zone.ts'

/** CPU profiles show every frame; memory profiles (heap, allocs) lose the runtime frames at the leaf. */
export type Evidence = 'cpu' | 'memory'

export const evidenceOf = (kind: ProfileKind): Evidence | null =>
  kind === 'cpu' ? 'cpu' : kind === 'heap' || kind === 'allocs' ? 'memory' : null

export interface NameMatcher {
  /** A full Go function name; a sample belongs to the zone when any of its frames bears one. */
  names: RegExp
}

export interface MeetMatcher {
  /**
   * Two families that never lie on one stack: the zone is the deepest boxes of the call tree whose
   * subtree holds at least minShare of the profile of each.
   */
  meet: [RegExp, RegExp]
  minShare: number
}

export interface Rule {
  id: string
  family: ZoneFamily
  match: Partial<Record<Evidence, NameMatcher | MeetMatcher>>
  /** Message key for profile kinds without a matcher. */
  hidden: string
  /**
   * Memory profiles: functions that do this work themselves, so that the bytes stand on them (flat)
   * because the runtime frame below is stripped. Said beside the zone, never added to it.
   */
  callers?: RegExp
  /** Message key to show beside what was found (or not found) in a memory profile. */
  memoryNote?: string
  /** Folded stacks, root first, with the profile kind they are from: these raise the rule … */
  hits: { kind: ProfileKind; stacks: string[] }[]
  /** … and these do not. */
  misses: { kind: ProfileKind; stacks: string[] }[]
}
