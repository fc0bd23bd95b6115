/** gzip, as a stream, with a bound on what may come out. */
import { FormatError } from './format-error.ts'

/** windowBits of zlib's inflateInit2: 15, and a gzip header. */
const GZIP_WINDOW = 31
const PIECE = 1 << 16

export type Sink = (piece: Uint8Array<ArrayBuffer>) => void | Promise<void>

/** Feeds the uncompressed bytes of a gzip file to sink. Throws whatever the platform throws for damaged data. */
export async function inflateFast(compressed: ReadableStream<Uint8Array<ArrayBuffer>>, sink: Sink): Promise<void> {
  await drain(compressed.pipeThrough(new DecompressionStream('gzip')), sink)
}

/**
 * The second opinion, by zlib's own rules: reads files of several gzip members, which browsers refuse,
 * and tells cut, damaged and trailing data apart, which browsers word each in their own way.
 */
export async function inflateCarefully(compressed: ReadableStream<Uint8Array<ArrayBuffer>>, sink: Sink): Promise<void> {
  const zlib = await import('pako')
  const stream = new zlib.ZStream()
  zlib.zlibInflateInit2(stream, GZIP_WINDOW)
  let read = 0
  /** Between members: where the last one ended, and nothing of the next seen yet. */
  let between = false
  await drain(compressed, async (piece) => {
    stream.input = piece
    stream.next_in = 0
    stream.avail_in = piece.length
    while (stream.avail_in > 0) {
      if (between) {
        if (piece[stream.next_in] !== 0x1f) throw trailing(read + stream.next_in)
        zlib.zlibInflateReset(stream)
        between = false
      }
      stream.output = new Uint8Array(PIECE)
      stream.next_out = 0
      stream.avail_out = PIECE
      const status = zlib.zlibInflate(stream, zlib.Z_NO_FLUSH)
      if (stream.next_out > 0) await sink(stream.output.subarray(0, stream.next_out))
      if (status === zlib.Z_STREAM_END) between = true
      else if (status !== zlib.Z_OK && status !== zlib.Z_BUF_ERROR) {
        throw new FormatError('gzip-corrupt', `The compressed data are damaged: ${stream.msg}.`, { bytes: read })
      }
    }
    read += piece.length
  })
  if (!between) throw new FormatError('gzip-truncated', 'The compressed data end in the middle.', { bytes: read })
}

function trailing(at: number): FormatError {
  return new FormatError('gzip-trailing', 'There is something else after the compressed data.', { offset: at })
}

/** Reads a stream to its end; an error in sink cancels it. */
export async function drain(stream: ReadableStream<Uint8Array<ArrayBuffer>>, sink: Sink): Promise<void> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      await sink(value)
    }
  } catch (error) {
    reader.cancel().catch(() => undefined)
    throw error
  }
}
