/** What is said about zones, by message key: a language is one file of this type, and a missing key does not compile. */
import type { RuleId } from '../index.ts'
import type { BlindSpot, Confidence, JsonAnswer, ReasonKey } from '../zone.ts'

export interface Remedy {
  do: string
  when: string
  /** What the service in examples/ingest measured for it. */
  measured?: string
}

export interface RuleWords {
  title: string
  /** What happens there, and why it costs. */
  meaning: string
  /** Which frames tell it. */
  know: string
  remedies: readonly Remedy[]
}

export interface ZoneWords {
  rules: Record<RuleId, RuleWords>
  reasons: Record<ReasonKey, string>
  cannotShow: Record<BlindSpot, string>
  confidence: Record<Confidence, string>
  json: {
    title: string
    verdict: Record<JsonAnswer['verdict'], string>
    /** Shares are written out, e.g. "46.1%". */
    sentence(any: string, ofDecode: string): string
  }
  gcTax: {
    title: string
    sentence(share: string): string
    parts: Record<'assist' | 'background' | 'sweep' | 'barriers' | 'control' | 'idle', string>
    /** How the tax was divided. */
    estimate: string
  }
  /** Against an earlier snapshot, by its file name. */
  growth: { more(n: number, file: string): string; none(file: string): string }
  /** The page that tells all rules. */
  page: {
    title: string
    intro(rules: number, floor: string): string
    know: string
    when(when: string): string
    seen(kinds: string, go: string): string
    /** Of rules for libraries: versions that are written out. */
    checked(versions: string): string
    source: string
  }
  /** Punctuation, with the space that goes with it. */
  marks: { stop: string; colon: string; comma: string; open: string; close: string }
  retention: { sentence(from: string, to: string, snapshots: number): string }
  report: {
    title(file: string): string
    total(value: string, type: string): string
    explained(share: string): string
    findings: string
    context: string
    none: string
    cannotShow: string
    evidence(samples: number): string
    blame: string
    noBlame: string
    /** In front of a line that calls the one before, with the space that goes with it. */
    calledBy: string
    todo: string
    when: string
    top: string
    heaviest: string
    columns: { func: string; self: string; total: string; line: string; value: string; tax: string }
    quiet(n: number): string
    overlap: string
  }
}

/** Shortens the tables: title, meaning, know, and pairs of what to do and when. */
export function rule(title: string, meaning: string, know: string, ...remedies: Remedy[]): RuleWords {
  return { title, meaning, know, remedies }
}

export const remedy = (what: string, when: string, measured?: string): Remedy =>
  measured === undefined ? { do: what, when } : { do: what, when, measured }
