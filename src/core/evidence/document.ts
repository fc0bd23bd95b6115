/** Texts that Go programs and tools write beside profiles: what a document of kind `evidence` says of itself. */

import type { EscapeInfo } from './escapes/document.ts'
import type { GcInfo } from './gctrace/document.ts'
import type { GoroutineInfo } from './goroutines/document.ts'
import type { MemInfo } from './memstats/document.ts'

export const EVIDENCE = 'evidence'

/** What the texts of a document were found to hold, each by its reader (kinds.ts). One text may hold several. */
export interface EvidenceParts {
  escapes: EscapeInfo
  gctrace: GcInfo
  goroutines: GoroutineInfo
  memstats: MemInfo
}

export type PartId = keyof EvidenceParts

export interface LineAccount {
  /** Lines in all, and those that no reader took; blank ones count as neither. */
  lines: number
  leftOut: number
  /** The first of those left out, cut to a length that a sentence can quote; '' = none. */
  firstLeftOut: string
}

/** OpenDocument.info. */
export interface EvidenceInfo extends LineAccount {
  parts: Partial<EvidenceParts>
}

/** What the texts of a document hold of one kind; undefined = nothing, or the document is of another kind. */
export function partOf<P extends PartId>(
  document: { kind: string; info: unknown },
  part: P,
): EvidenceParts[P] | undefined {
  // The kind says what its info is.
  return document.kind === EVIDENCE ? (document.info as EvidenceInfo).parts[part] : undefined
}
