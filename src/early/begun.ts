/**
 * What was begun for the address of the page before the app's own code was there (start.ts), and how the app takes it
 * over.
 */

import type { Body } from './body.ts'

/** Where opened documents are kept; see state/storage.ts. */
export const DATABASE = { name: 'hotzone', version: 2 }

/** A file that the address names. */
export interface ComingFile {
  /** Null when it could not be had: whoever wants it asks again, and hears why. */
  body: Promise<Body | null>
  /** Told of bytes that came and bytes in all, as far as known. The app sets it. */
  onBytes: ((bytes: number, total: number) => void) | null
  cancel(): void
}

export interface Begun {
  /** Runs engine/worker.ts; null once it was taken, or where it could not be started. */
  worker: Worker | null
  /** By absolute address, or by the content's name (see ContentHash) where this browser keeps it. */
  files: Map<string, ComingFile>
  /** The one of the files that the worker reads already. */
  ahead: Blob | null
}

declare global {
  var hotzoneBegun: Begun | undefined
  /** Begins it. There where the page came with its picture, for the script that draws that. */
  var hotzoneBegin: (() => void) | undefined
}

/** The worker, for the first who asks. */
export function takeWorker(begun: Begun | null): Worker | null {
  const worker = begun?.worker ?? null
  if (begun) begun.worker = null
  return worker
}

/** A file by its address or its name, for the first who asks. */
export function takeFile(begun: Begun | null, key: string): ComingFile | null {
  const file = begun?.files.get(key) ?? null
  begun?.files.delete(key)
  return file
}
