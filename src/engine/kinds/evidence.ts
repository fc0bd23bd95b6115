/** Texts beside profiles: compiler output, logs, statistics, goroutine dumps. What reads them comes when there is one. */
import { EVIDENCE } from '../../core/evidence/document.ts'
import { isEvidence } from '../../core/evidence/kinds.ts'
import { MAX_RAW_BYTES } from '../../core/formats/index.ts'
import { beginsLikePprof } from '../../core/formats/pprof-head.ts'
import { unpack } from '../../core/formats/unpack.ts'
import type { DocumentKind } from './kind.ts'

export const evidenceKind: DocumentKind = {
  id: EVIDENCE,
  detect: async (head) => isEvidence(head) || (!beginsLikePprof(head) && (await isUnknownText(head))),
  read: async (request, onProgress, options) =>
    (await import('../evidence.ts')).openEvidence(request, onProgress, {
      unpack,
      maxRawBytes: MAX_RAW_BYTES,
      ...options,
    }),
}

/** Text that no reader of profiles knows: what it holds may begin far below its head. */
async function isUnknownText(head: Uint8Array): Promise<boolean> {
  return (await import('../../core/formats/judge.ts')).isUnknownText(head)
}
