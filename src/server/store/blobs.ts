/** Where the bytes of the store lie. Two places are known: a folder (folder.ts) and an S3-compatible service (s3.ts). */
import type { Readable } from 'node:stream'

/** A file on this machine's disk that is to be stored. */
export interface StagedFile {
  path: string
  size: number
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: string
}

export interface StoredBlob {
  key: string
  size: number
  /** Milliseconds since 1970, by the clock of the place. */
  modified: number
}

/**
 * Keys are paths of letters, digits, "-", "_" and ".", their folders apart by "/". A blob is there whole or not at all, and
 * whoever lists after a put has resolved finds it. Every method rejects with a StoreFailure in words.
 */
export interface BlobStore {
  /** For people: what the store is. */
  readonly name: string
  /** A new file to stage an upload in; on the disk of the store where it has one. */
  stagingPath(): Promise<string>
  /** Takes the file, which is gone or may be deleted afterwards. Replaces what is there. */
  put(key: string, file: StagedFile): Promise<void>
  putBytes(key: string, bytes: Uint8Array): Promise<void>
  head(key: string): Promise<StoredBlob | null>
  /**
   * Bytes first to last, both included; left out = all. size: of the whole blob that the stream reads, also where another one
   * has taken its place meanwhile. The stream fails when the place breaks off.
   */
  get(key: string, range?: { first: number; last: number }): Promise<{ size: number; stream: Readable } | null>
  /** Nothing there is no failure. */
  delete(key: string): Promise<void>
  /** All whose key begins with the folder, which ends with "/". */
  list(folder: string): AsyncIterable<StoredBlob>
  /** Resolves when the place answers. */
  check(): Promise<void>
}

export type FailureCode = 'disk-full' | 'unreachable' | 'refused' | 'clock'

/** The place failed; nothing was acknowledged. */
export class StoreFailure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'StoreFailure'
  }
}
