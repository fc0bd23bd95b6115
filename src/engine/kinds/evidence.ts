/** Texts beside profiles: compiler output, logs, statistics, goroutine dumps. What reads them comes when there is one. */
import { EVIDENCE } from '../../core/evidence/document.ts'
import { MAX_RAW_BYTES } from '../../core/formats/index.ts'
import { beginsLikePprof } from '../../core/formats/pprof-head.ts'
import { unpack } from '../../core/formats/unpack.ts'
import type { DocumentKind } from './kind.ts'

export const evidenceKind: DocumentKind = {
  id: EVIDENCE,
  detect: isEvidenceText,
  read: async (request, onProgress, options) =>
    (await import('../evidence.ts')).openEvidence(request, onProgress, {
      unpack,
      maxRawBytes: MAX_RAW_BYTES,
      ...options,
    }),
}

/** Whether a file is a text that evidence is looked for in. head: its first bytes, uncompressed. */
export async function isEvidenceText(head: Uint8Array): Promise<boolean> {
  if (beginsLikePprof(head)) return false
  // Texts come seldom: what they are told by is loaded for the first one that is no profile.
  const { isEvidence } = await import('../../core/evidence/kinds.ts')
  return isEvidence(head) || (await isUnknownText(head))
}

/** Text that no reader of profiles knows: what it holds may begin far below its head. */
async function isUnknownText(head: Uint8Array): Promise<boolean> {
  return (await import('../../core/formats/judge.ts')).isUnknownText(head)
}
