/** Files of text, as engines read them. */
import type { ReadOptions } from '../core/formats/index.ts'

export type TextOptions = Required<Pick<ReadOptions, 'unpack' | 'maxRawBytes'>>

/** PowerShell writes what a command prints as UTF-16, with the mark that says so. */
const decoderFor = (head: Uint8Array) => new TextDecoder(head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : 'utf-8')

interface Visitor {
  onText(piece: string): void
  /** What came so far was no text of the file: it begins again. */
  onRestart(): void
  /** Bytes of the file read so far. */
  onBytes(read: number): void
}

/** Reads a file, gzipped or not, in pieces. Resolves to its id (see ContentHash). Throws FormatError. */
export async function readText(file: Blob, { unpack, maxRawBytes }: TextOptions, visitor: Visitor): Promise<string> {
  let decoder: TextDecoder | null = null
  const { id } = await unpack(file, {
    maxRawBytes,
    onPiece(piece) {
      decoder ??= decoderFor(piece)
      visitor.onText(decoder.decode(piece, { stream: true }))
    },
    onRestart() {
      decoder = null
      visitor.onRestart()
    },
    onBytes: visitor.onBytes,
  })
  return id
}
