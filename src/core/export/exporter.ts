import type { CallTree } from '../query/call-tree.ts'
import type { Queried } from '../query/run.ts'
import type { Confidence, ZoneReport } from '../zones/zone.ts'

/** What is written: a query's profile, one sample type of it, and for pictures the tree on screen. */
export interface ExportInput {
  queried: Queried
  /** Row of sampleTypes. */
  sampleType: number
  /** For the head line: "heap.pb.gz". */
  name: string
  /** Rows as the screen shows them; only pictures ask for it. */
  tree(): CallTree
  /** What pictures light and tell; null: the graph alone. */
  told: Told | null
}

/** The findings of what is written, and how to speak of them. */
export interface Told {
  report: Pick<ZoneReport, 'zones' | 'explained'>
  /** Ids of findings that are not lit. */
  unlit: readonly string[]
  words: ToldWords
  /** Name of a function (by key) and of a file (by row). */
  func(key: number): string
  file(row: number): string
}

/** Plain data, since it crosses to the worker. */
export interface ToldWords {
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

export interface Exporter {
  id: string
  /** Of the file name, without a dot. */
  extension: string
  mime: string
  write(input: ExportInput): Written
}

export interface Written {
  bytes: Uint8Array<ArrayBuffer>
  /** Names that the format cannot hold as they are, and that are written in another way; left out = none. */
  escaped?: number
}

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)
