/** Every sentence of the story: the numbers and names that it is made of. Words are in words/, by the same keys. */
import type { FindingChange } from '../compare/findings.ts'
import type { Why, WhyId } from '../evidence/escapes/why.ts'
import type { CauseId } from '../evidence/goroutines/causes.ts'
import type { RaceText } from '../evidence/goroutines/document.ts'
import type { Verdict } from '../evidence/goroutines/verdict.ts'
import type { FindingId, MemoryFinding } from '../evidence/memory/finding.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { Confidence } from '../zones/zone.ts'
import type { Line } from './facts.ts'

/** An amount in a unit of pprof, which the words write as the page does. */
export interface Amount {
  value: number
  unit: string
}

/** What a profile says of something: parts of its total are 0 to 1. */
export interface PartOf {
  kind: ProfileKind
  sampleType: string
  share: number
}

/** Values by id of the rule. Where numbers are called share they are parts of a whole, 0 to 1. */
export interface StoryValues {
  // Signals
  crash: { verdict: Verdict }
  race: { race: RaceText }
  'memory-grows': { from: Amount; to: Amount; perMinute: Amount | null; grew: number; of: number }
  'memory-flat': { from: Amount; to: Amount; snapshots: number }
  'memory-two': { from: Amount; to: Amount }
  'memory-restarted': { runs: number }
  'gc-cpu': { share: number; assist: number }
  'memory-says': { finding: MemoryFinding }
  'kinds-disagree': { course: 'steady' | 'warm-up' | 'burst' }
  'goroutines-grow': { from: number; to: number; grew: number; of: number }
  'goroutines-many': { count: number }
  'trace-paused': { kind: string; place: string; goroutines: number; total: Amount; worst: Amount }
  'trace-assists': { place: string; goroutines: number; total: Amount; worst: Amount }
  'trace-latency': { func: string; count: number; share: number; total: Amount; p99: Amount; busyShare: number }
  'trace-gc': { share: number; of: Amount; cycles: number; assists: Amount }
  'trace-alive': { func: string; place: string; count: number; state: string; at: string; oldest: Amount }
  // Place
  'trace-contended': {
    resource: 'lock' | 'send'
    place: string
    goroutines: number
    most: number
    count: number
    total: Amount
    by: { func: string; place: string; share: number } | null
  }
  'path-grows': {
    name: string
    line: Line | null
    by: Amount
    perMinute: Amount | null
    share: number | null
    grew: number
    of: number
    kept: number | null
  }
  'one-place': { func: string; parts: readonly PartOf[] }
  'memory-held': { line: Line; value: Amount; share: number }
  'memory-allocated': { line: Line; value: Amount; share: number }
  'cpu-spent': { line: Line; value: Amount; share: number }
  'waits-at': { line: Line; value: Amount; share: number; kind: ProfileKind }
  // Cause
  zone: { zone: string; parts: readonly PartOf[]; line: Line | null }
  'crash-why': { cause: CauseId }
  'crash-zone': { zone: string; line: Line }
  escape: { what: string; line: Line; why: Why; share: number; sampleType: string; alone: boolean }
  'escapes-weightless': Record<string, never>
  'no-cause': Record<string, never>
  // What to do
  remedy: { zone: string; remedy: number }
  'escape-remedy': { why: WhyId; line: Line }
  'crash-remedy': { cause: CauseId }
  'memory-remedy': { finding: FindingId; remedy: number }
  'bound-it': { line: Line | null; name: string }
  // What is missing
  'need-snapshots': { have: number }
  'need-later-snapshots': Record<string, never>
  'need-cpu': Record<string, never>
  'need-heap': Record<string, never>
  'need-escapes': Record<string, never>
  'need-gc-log': Record<string, never>
  'need-goroutines': Record<string, never>
  // After the change
  'after-total': {
    kind: ProfileKind
    sampleType: string
    before: Amount
    after: Amount
    isBuild: boolean
    noise: boolean
  }
  'after-finding': {
    zone: string
    change: FindingChange
    before: number
    after: number
    kind: ProfileKind
    sampleType: string
  }
}

export type StoryRuleId = keyof StoryValues

/** Where a sentence leads to. */
export interface Place {
  /** Id of a document. */
  document: string
  /** Of its address: parameters of the fragment, as docs/permalink.md names them. */
  fields: Readonly<Record<string, string>>
}

export interface SentenceOf<Id extends StoryRuleId> {
  rule: Id
  values: StoryValues[Id]
  confidence: Confidence
  /** Names of the files that tell it. */
  by: readonly string[]
  place: Place | null
  /** To be copied; '' = none. */
  command: string
}

export type Sentence = { [Id in StoryRuleId]: SentenceOf<Id> }[StoryRuleId]
