import type { CallTree } from '../query/call-tree.ts'
import type { Queried } from '../query/run.ts'
import type { Confidence, ZoneReport } from '../zones/zone.ts'

/** What is written: a query's profile, and one sample type of it. */
export interface ExportInput {
  queried: Queried
  /** Row of sampleTypes. */
  sampleType: number
  /** For the head line: "heap.pb.gz". */
  name: string
  /** pprof's format: without labels, build ids, comments, and the folders of files. */
  stripped?: boolean
}

/** Besides, what is on screen. */
export interface PictureInput extends ExportInput {
  /** Rows as the screen shows them. */
  tree(): CallTree
  /** What is marked and findingsLegend; null: the graph alone. */
  findingsLegend: FindingsLegend | null
}

/** The findings of what is written, and how to speak of them. */
export interface FindingsLegend {
  report: Pick<ZoneReport, 'zones' | 'explained'>
  /** Ids of findings that are not marked. */
  unmarked: readonly string[]
  words: LegendWords
  /** Name of a function (by key) and of a file (by row). */
  func(key: number): string
  file(row: number): string
}

/** Plain data, since it crosses to the worker. */
export interface LegendWords {
  /** Language tag. */
  lang: string
  findings: string
  context: string
  /** Of the table. */
  self: string
  total: string
  name: string
  /** By rule id. */
  rules: Readonly<Record<string, { title: string; meaning: string }>>
  confidence: Readonly<Record<Confidence, string>>
}

export type Exporter = (input: ExportInput) => Written
export type PictureExporter = (input: PictureInput) => Written

export interface Written {
  bytes: Uint8Array<ArrayBuffer>
  /** Names that the format cannot hold as they are, and that are written in another way; left out = none. */
  escaped?: number
}
