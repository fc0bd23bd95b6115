/** Captured profiles and the answers of `go tool pprof` for them. For tests that run in Node. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../test/fixtures/', import.meta.url)

/** One line of `pprof -top`, in the base unit of the sample type. */
export interface TopLine {
  name: string
  flat: number
  cum: number
}

/** What `go tool pprof` says about one sample type. */
export interface SampleTypeOracle {
  unit: string
  /** Sum of absolute values. */
  total: number
  top_flat: TopLine[]
  top_cum: TopLine[]
  functions_in_report: number
}

export interface FilterOracle {
  regex: string
  /** What is left after the filter. */
  total: number
  top: TopLine[]
}

export interface PeekOracle {
  function: string
  sample_type: string
  self: { flat: number; cum: number }
  callers: { name: string; value: number }[]
  callees: { name: string; value: number }[]
}

export interface FixtureEntry {
  /** Path below test/fixtures. */
  file: string
  format: 'pprof' | 'pprof-text' | 'goroutine-text' | 'escape-text' | 'trace' | 'gctrace' | 'expvar' | 'memstats-jsonl'
  what: string
  /** Go version, e.g. "1.27". */
  go?: string
  kind?: string
  mode?: string
  header?: {
    types: [type: string, unit: string][]
    ptype: [type: string, unit: string] | null
    period: number
    default: string | null
    time: number
    dur: number
    comments: string[]
    drop: string | null
    keep: string | null
  }
  counts?: { samples: number; locations: number; functions: number; mappings: number }
  /** By sample type name. */
  oracle?: Record<string, SampleTypeOracle>
  oracle_note?: string
  /** Decimal strings or numbers where a total passes what a double holds exactly. */
  exact_totals?: Record<string, string | number>
  filters?: { sample_type: string; results: Record<'focus' | 'ignore' | 'hide', FilterOracle[]> }
  peek?: PeekOracle[]
  /** By sample type name: signed sum of the samples that hold at least one matching frame. */
  zones?: Record<string, { total: number; matches: Record<string, number> }>
  /** What texts hold that are no profiles, counted by another program. */
  text_oracle?: Record<string, unknown>
  /** Malformed set only. */
  pprof_accepts?: boolean
  pprof_error?: string
}

export interface FixtureIndex {
  zone_regexes: Record<string, string>
  files: FixtureEntry[]
}

let index: FixtureIndex | undefined

/** The index of all fixtures. */
export function fixtureIndex(): FixtureIndex {
  index ??= JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as FixtureIndex
  return index
}

/** The bytes of a fixture, as they lie on disk. */
export function fixture(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(file, folder)))
}

/** Where a fixture lies on disk, for browsers that are handed a file. */
export function fixturePath(file: string): string {
  return fileURLToPath(new URL(file, folder))
}
