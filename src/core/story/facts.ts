/** What the documents of an investigation say, boiled down to what the story is told from. Plain data, small, without tables. */
import type { FindingChange } from '../compare/findings.ts'
import type { SeriesTrend } from '../compare/series.ts'
import type { Why } from '../evidence/escapes/why.ts'
import type { RaceText } from '../evidence/goroutines/document.ts'
import type { HotStack } from '../evidence/goroutines/hot-stacks.ts'
import type { Verdict } from '../evidence/goroutines/verdict.ts'
import type { MemoryFinding } from '../evidence/memory/finding.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { Confidence } from '../zones/zone.ts'

/** Row of Facts.files. */
export type FileRow = number

export interface StoryFile {
  name: string
  /** Id of its document, '' = it could not be read. */
  id: string
  /** Kind of a profile, parts of evidence, 'benchmark'; empty where it could not be read. */
  kinds: readonly string[]
  /** When it was captured, milliseconds since 1970; null = it does not say. */
  time: number | null
  /** Of another program than the one the story is about. */
  isOther: boolean
}

/** A line of the program's own code. */
export interface Line {
  func: string
  /** '' = unknown. */
  file: string
  /** 0 = unknown. */
  line: number
}

export interface LineFact extends Line {
  /** In the unit of the sample type, and of the total. */
  value: number
  share: number
}

/** A hot zone that was found. */
export interface CauseFact {
  /** Id of its rule. */
  zone: string
  role: 'cause' | 'context'
  value: number
  share: number
  confidence: Confidence
  /** The heaviest line to blame. */
  blame: LineFact | null
}

/** One sample type of one profile: of each kind the latest one. */
export interface ProfileFact {
  file: FileRow
  kind: ProfileKind
  sampleType: string
  unit: string
  /** Sum of absolute values. */
  total: number
  samples: number
  /** Heaviest first. */
  causes: readonly CauseFact[]
  /** Lines of the own code that samples are charged to, heaviest first, a few. */
  lines: readonly LineFact[]
  /** Of CPU time, 0 to 1; null for other kinds. */
  gc: { share: number; assist: number } | null
}

/** Snapshots of one kind in time order: two or more. */
export interface SeriesFact {
  kind: ProfileKind
  sampleType: string
  unit: string
  /** In time order. time: milliseconds since 1970; null = the file does not say. */
  points: readonly { file: FileRow; time: number | null; total: number }[]
  /** Of the points that growth is measured at; null where there are fewer than three. */
  total: (SeriesTrend & { grows: boolean }) | null
  growers: readonly (Pick<SeriesTrend, 'slopePerMinute' | 'slopePerStep' | 'grew' | 'of' | 'first' | 'last'> & {
    name: string
    line: Line | null
    share: number | null
    certain: boolean
    kept: number | null
  })[]
  /** Starts of the process that the snapshots span. */
  runs: number
  /** Of the growth, what leads there: id of the comparison of all its files. */
  comparison: string
}

/** What a GC log, or reads of MemStats, say. */
export interface MemoryFact {
  file: FileRow
  part: 'gctrace' | 'memstats'
  findings: readonly MemoryFinding[]
}

/** A dump that was printed since something failed. */
export interface CrashFact {
  file: FileRow
  verdict: Verdict
  hot: readonly HotStack[]
}

/** When something was at its worst, in nanoseconds since its trace started. */
export interface Moment {
  atNs: number
  ns: number
}

/** What an execution trace says. Rows of the longest sum first, a few. Times are nanoseconds. */
export interface TraceFact {
  file: FileRow
  durationNs: number
  processors: number
  /** Of processor time, 0 to 1, without what its workers did only because a processor had nothing else to do. */
  gc: { share: number; assistNs: number; processorNs: number; cycles: number }
  /** Goroutines that could run while the world was stopped. */
  pauses: readonly { kind: string; place: string; goroutines: number; totalNs: number; worst: Moment }[]
  assists: readonly { place: string; goroutines: number; totalNs: number; worst: Moment }[]
  /** Able to run, not running. share: in this time and the time that they ran. */
  latency: readonly {
    function: string
    count: number
    totalNs: number
    p99Ns: number
    share: number
    busyShare: number
    worst: Moment
  }[]
  contended: readonly {
    resource: 'lock' | 'send'
    place: string
    goroutines: number
    most: number
    count: number
    totalNs: number
    worst: Moment
    /** Who ended most of the waits, and which part of the time; null = nothing tells. */
    wokenBy: { function: string; place: string; share: number } | null
  }[]
  neverEnded: readonly {
    function: string
    place: string
    count: number
    state: string
    at: string
    oldestNs: number
  }[]
}

/** What the compiler puts on the heap, weighed by the bytes that a profile charges to its line. */
export interface EscapeFact {
  file: FileRow
  /** The profile. */
  profile: FileRow
  what: string
  line: Line
  why: Why
  share: number
  sampleType: string
  /** Escapes of the line, which share its bytes. */
  onLine: number
}

export interface RaceFact {
  file: FileRow
  race: RaceText
}

/** What a text beside the profiles measured over time. */
export interface Curve {
  /** The live heap after collections, or what the system gave and did not get back. */
  id: 'live' | 'system'
  unit: string
  /** In time order; time: milliseconds since 1970, or since the start of the process where the log says no times and none could be found. */
  points: readonly { time: number; value: number }[]
  isPlaced: boolean
  file: FileRow
  /** The file by whose collections a log without times was placed; null = it says its times itself. */
  placedBy: FileRow | null
}

/** A profile of a later build, or of a later run, beside that of the one before. */
export interface AfterFact {
  kind: ProfileKind
  sampleType: string
  /** Of the scale that they are compared on: per second where durations differ. */
  unit: string
  base: FileRow
  current: FileRow
  comparison: string
  /** Another build; else a later run of the same one. */
  isBuild: boolean
  before: number
  after: number
  /** The difference is no more than chance. */
  noise: boolean
  findings: readonly { zone: string; change: FindingChange; before: number; after: number }[]
}

export interface Facts {
  files: readonly StoryFile[]
  /** Name of the program, '' = unknown. */
  program: string
  profiles: readonly ProfileFact[]
  series: readonly SeriesFact[]
  after: readonly AfterFact[]
  memory: readonly MemoryFact[]
  curves: readonly Curve[]
  crashes: readonly CrashFact[]
  races: readonly RaceFact[]
  traces: readonly TraceFact[]
  /** Those that a memory profile weighs, heaviest first, a few. */
  escapes: readonly EscapeFact[]
  /** Compiler output is among the files. */
  readEscapes: boolean
}

export const noFacts: Facts = {
  files: [],
  program: '',
  profiles: [],
  series: [],
  after: [],
  memory: [],
  curves: [],
  crashes: [],
  races: [],
  traces: [],
  escapes: [],
  readEscapes: false,
}
