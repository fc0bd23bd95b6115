/** What a document says of its reads of memory, and what it is asked. */
import type { Course } from '../memory/course.ts'
import type { MemoryFinding } from '../memory/finding.ts'
import type { MemPart } from '../memory/parts.ts'
import type { Read, Reads } from './reads.ts'

/** EvidenceParts.memstats. */
export interface MemInfo {
  reads: number
  /** Processes, of which the last one is looked at. */
  runs: number
  /** Rows of it: the first, and one past the last. */
  from: number
  to: number
  /** Whether reads say when they were made. */
  timed: boolean
  /** Milliseconds since 1970 of the first row; NaN = not known. */
  began: number
  course: Course
  first: Read
  last: Read
  /** Of the last read. */
  parts: readonly MemPart[]
  /** GOMEMLIMIT, where reads say it: bytes. */
  limit: number | null
  broken: number
}

export interface ReadsRequest {
  /** Rows at most. */
  most: number
}

/** Some reads of the process that is looked at, evenly spaced where there are more. */
export interface ReadRows {
  /** Rows among all reads. */
  rows: Uint32Array
  reads: Reads
  /** By those rows: minutes since the first read, and bytes that the collection before found live. */
  minutes: Float64Array
  live: Float64Array
  all: number
}

export interface SaysRequest {
  /** A limit as it was typed, e.g. "512MiB"; '' = none. */
  limit: string
}

export interface Says {
  findings: readonly MemoryFinding[]
  /** Bytes; null where what was typed is none, and nothing else is known. */
  limit: number | null
}
