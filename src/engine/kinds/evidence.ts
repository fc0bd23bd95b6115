/** Texts beside profiles: compiler output, logs, statistics, goroutine dumps. What reads them comes when there is one. */
import { EVIDENCE } from '../../core/evidence/document.ts'
import { MAX_RAW_BYTES } from '../../core/formats/index.ts'
import { beginsLikePprof } from '../../core/formats/pprof-head.ts'
import { unpack } from '../../core/formats/unpack.ts'
import type { DocumentKind } from './kind.ts'

export const evidenceKind: DocumentKind = {
  id: EVIDENCE,
  detect: async (head) => !beginsLikePprof(head) && ((await isEvidence(head)) || (await isUnknownText(head))),
  read: async (request, onProgress, options) =>
    (await import('../evidence.ts')).openEvidence(request, onProgress, {
      unpack,
      maxRawBytes: MAX_RAW_BYTES,
      ...options,
    }),
}

/** Texts come seldom: what they are told by is loaded for the first one that is no profile. */
const isEvidence = async (head: Uint8Array) => (await import('../../core/evidence/kinds.ts')).isEvidence(head)

/** Text that no reader of profiles knows: what it holds may begin far below its head. */
async function isUnknownText(head: Uint8Array): Promise<boolean> {
  return (await import('../../core/formats/judge.ts')).isUnknownText(head)
}
