import type { CallTree } from '../query/call-tree.ts'
import type { Queried } from '../query/run.ts'

/** What is written: a query's profile, one sample type of it, and for pictures the tree on screen. */
export interface ExportInput {
  queried: Queried
  /** Row of sampleTypes. */
  sampleType: number
  /** For the head line: "heap.pb.gz". */
  name: string
  /** Rows as the screen shows them; only pictures ask for it. */
  tree(): CallTree
}

export interface Exporter {
  id: string
  /** Of the file name, without a dot. */
  extension: string
  mime: string
  write(input: ExportInput): Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)
