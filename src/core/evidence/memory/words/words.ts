/** What the words of one language say of memory over time. */
import { formatShare, formatValue } from '../../../model/units.ts'
import { FACTS, type Fact, type FindingId, type Level, type MemoryFinding, type Quantity } from '../finding.ts'
import type { MemPartId } from '../parts.ts'

/** Numbers written out; a fact that the finding does not have is ''. */
export type Said = Record<Fact, string>

export interface FindingWords {
  title: string
  /** What, how much and where. */
  sentence(said: Said): string
  /** Why it matters, and what it does not mean. */
  meaning: string
  /** What to do, most useful first. */
  remedies: readonly string[]
}

/** Columns of both tables. */
export type ColumnId =
  | 'cycle'
  | 'time'
  | 'start'
  | 'end'
  | 'live'
  | 'goal'
  | 'sweepTerm'
  | 'mark'
  | 'markTerm'
  | 'assist'
  | 'background'
  | 'idle'
  | 'gcPercent'
  | 'procs'
  | 'remark'
  | 'run'
  | 'alloc'
  | 'inUse'
  | 'heapIdle'
  | 'released'
  | 'stacks'
  | 'sys'
  | 'next'
  | 'collections'
  | 'goroutines'

export interface MemoryWords {
  findings: Record<FindingId, FindingWords>
  levels: Record<Level, string>
  /** Beside what is no more than worth a look. */
  uncertain: string
  columns: Record<ColumnId, string>
  forced: string
  leakCheck: string
  /** Heads of the parts of a report. */
  says: string
  todo: string
  cycles: string
  reads: string
  perMinute(amount: string): string
  perSecond(count: string): string
  /** Counted in the log beside the cycles; 0 is left out. */
  scavLines(lines: number): string
  pacerLines(lines: number): string
  broken(lines: number): string
  /** Times since the start of the process. */
  startsAt(time: string): string
  /** Table of what the last read is made of: its name, its heads, and each part with why a heap profile shows it or not. */
  notInProfile: string
  part: string
  shown: string
  yes: string
  no: string
  why: string
  parts: Record<MemPartId, readonly [name: string, why: string]>
  more(shown: number, all: number): string
}

/** A number of a finding as people read it. */
export function written(value: number, quantity: Quantity, words: MemoryWords): string {
  switch (quantity) {
    case 'bytes':
      return formatValue(value, 'bytes')
    case 'bytes-per-minute':
      return words.perMinute(formatValue(value, 'bytes'))
    case 'share':
      return formatShare(value)
    case 'milliseconds':
      return formatValue(value, 'ms')
    case 'minutes':
      return formatValue(value * 60, 's')
    case 'count':
      return formatValue(value, 'count')
    case 'per-second':
      return words.perSecond(String(Number(value.toPrecision(2))))
  }
}

/** The sentence of a finding. */
export function findingSentence({ id, facts }: MemoryFinding, words: MemoryWords): string {
  const said = Object.fromEntries(
    Object.entries(FACTS).map(([fact, quantity]) => {
      const value = facts[fact as Fact]
      return [fact, value === undefined ? '' : written(value, quantity, words)]
    }),
  ) as Said
  return words.findings[id].sentence(said)
}
