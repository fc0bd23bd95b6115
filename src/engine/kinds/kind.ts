/** A kind of document: how its files are recognised, how they are read, and what can be asked of it. */
import type { ReadOptions } from '../../core/formats/index.ts'
import type { Opened, OpenRequest, Progress, ToDocument } from '../protocol.ts'

export interface DocumentKind {
  /** In ids of documents and in DocumentHead.kind: small letters. */
  id: string
  /** Whether a file is of this kind. head: its first bytes, uncompressed, see core/documents/head.ts. Absent where a request has to name the kind. */
  detect?(head: Uint8Array, name: string): boolean | Promise<boolean>
  /** Reads the files of one document, MOST_SOURCES at most. Throws EngineFailure or FormatError. */
  read(
    request: OpenRequest,
    onProgress: (progress: Progress) => void,
    options: Partial<ReadOptions>,
  ): Promise<HeldDocument>
}

/** A document in the memory of an engine. */
export interface HeldDocument {
  opened: Opened
  /** Answers a request of the page. Buffers of the answer are handed over. Throws EngineFailure. */
  answer(request: ToDocument): unknown
}
