/** What a document of evidence says of its goroutines, and what its views may ask. */
import type { DumpCounts } from './counts.ts'
import type { DumpFrame, TestFailure } from './dump.ts'
import type { HotStack } from './hot-stacks.ts'
import type { Verdict } from './verdict.ts'

/** EvidenceParts.goroutines. */
export interface GoroutineInfo extends Pick<DumpCounts, 'goroutines'> {
  /** Dumps that were printed since something failed. */
  crashes: number
  races: number
  failures: number
}

/** Question "summary", without arguments. */
export interface DumpSummary {
  counts: DumpCounts
  files: readonly FileSummary[]
}

export interface FileSummary {
  name: string
  /** One for each dump with a message, in the order of the text; at most MOST_VERDICTS. */
  verdicts: readonly (Verdict & { hot: readonly HotStack[] })[]
  verdictCount: number
  races: readonly RaceText[]
  raceCount: number
  failures: readonly TestFailure[]
}

export interface RaceText {
  address: string
  /** How often the same two lines are reported. */
  times: number
  accesses: readonly {
    what: 'read' | 'write'
    /** 0 = the main goroutine. */
    goroutine: number
    place: DumpFrame | null
    frames: readonly DumpFrame[]
    createdAt: readonly DumpFrame[]
  }[]
}
