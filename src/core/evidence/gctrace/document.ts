/** What a document says of its GC log. */
import type { MemoryFinding } from '../memory/finding.ts'
import type { GcRun } from './runs.ts'

/** EvidenceParts.gctrace. */
export interface GcInfo extends GcSums {
  /** In the order of their files, the first of them. */
  runs: readonly GcRun[]
  /** All of them. */
  runCount: number
  /** Index of the run that is looked at. */
  main: number
  findings: readonly MemoryFinding[]
  scavLines: number
  pacerLines: number
  broken: number
}

/** Of all cycles. */
export interface GcSums {
  cycles: number
  forced: number
  /** Cycles that ended above their goal. */
  overruns: number
  /** Milliseconds by the clock. */
  maxSweepTerm: number
  maxMark: number
  maxMarkTerm: number
  /** Milliseconds of processors. */
  assist: number
  background: number
  idle: number
}
