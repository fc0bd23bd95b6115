import type { FormatErrorCode } from '../core/formats/format-error.ts'
import type { Unpacked } from '../core/formats/unpack.ts'

/** taken: a piece was read, another may come; its memory is given back to be filled again. */
export type ToUnpacker = { source: Blob; maxRawBytes: number } | { taken: ArrayBuffer }

export type FromUnpacker =
  | { piece: Uint8Array<ArrayBuffer>; read: number }
  | { restart: true }
  | { done: Unpacked }
  | { refused: { code: FormatErrorCode; message: string; facts: Record<string, string | number> } }
  | { failed: string }
