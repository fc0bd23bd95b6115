/** On which scales two profiles can be compared, and which one is meant where nothing is said: the engine and the page ask the same. */
import type { ValueType } from '../model/profile.ts'
import type { Scale } from './options.ts'
import type { QuerySpec } from './query-spec.ts'

/** What a sample type's scale depends on, of one source. */
export interface SideFacts {
  durationNs: number
  /** Sum of the values. */
  total: number
  /** 0 = not known. */
  operations: number
}

/** Of a profile that is compared with none both are its own. */
export interface PairFacts {
  base: SideFacts
  current: SideFacts
}

/** Durations that differ by less are taken for equal: a capture of 30 s takes some hundredths of a second more or less. */
const SAME_DURATION = 0.01

/** What stands in memory at one instant has no duration. */
const isState = ({ type }: ValueType) => /^(inuse_|goroutine|threadcreate)/.test(type)

/** Whether values of both can be brought to a scale. */
export function isPossible(scale: Scale, { base, current }: PairFacts): boolean {
  if (scale === 'second') return base.durationNs > 0 && current.durationNs > 0
  if (scale === 'share') return base.total !== 0 && current.total !== 0
  if (scale === 'operation') return base.operations > 0 && current.operations > 0
  return true
}

/** The scale that is asked for where it is possible, else as measured; '' = what the sample type suggests. */
export function scaleOf(asked: QuerySpec['scale'], type: ValueType, facts: PairFacts): Scale {
  if (asked !== '') return isPossible(asked, facts) ? asked : 'measured'
  const [base, current] = [facts.base.durationNs, facts.current.durationNs]
  const differ = Math.abs(base - current) > SAME_DURATION * Math.max(base, current)
  return isPossible('second', facts) && differ && !isState(type) ? 'second' : 'measured'
}

/** Operations of each source, from "100,250": 0 where they are not known. */
export function operationsOf(text: string, sources: number): number[] {
  const counts = text.split(',').map(Number)
  return Array.from({ length: sources }, (_, i) => {
    const count = counts[i] ?? 0
    return Number.isFinite(count) && count > 0 ? count : 0
  })
}

/** As operationsOf() reads it. */
export function formatOperations(counts: readonly number[]): string {
  return counts.some((count) => count > 0) ? counts.join(',') : ''
}
