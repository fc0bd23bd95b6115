/**
 * File → uncompressed bytes, piece by piece, and their fingerprint. Knows nothing of profiles, so that it
 * can run in a worker of its own beside the reader.
 */
import { ContentHash } from './content-hash.ts'
import { FormatError } from './format-error.ts'
import { drain, inflateCarefully, inflateFast, type Sink } from './inflate.ts'

export interface UnpackOptions {
  maxRawBytes: number
  /** Takes each piece, of which it copies what it wants to keep. restart: what was handed over so far is void. */
  onPiece: (piece: Uint8Array<ArrayBuffer>) => void | Promise<void>
  onRestart: () => void
  /** Bytes of the file read so far. */
  onBytes?: (read: number) => void
}

export interface Unpacked {
  /** See ContentHash. */
  id: string
  rawBytes: number
}

/** Uncompressed size that the file itself claims; 0 when it does not say. */
export async function claimedRawBytes(source: Blob): Promise<number> {
  if (!(await isGzip(source))) return source.size
  if (source.size < 18) return 0
  const tail = new DataView(await source.slice(-4).arrayBuffer())
  // A file can claim what it likes; gzip cannot pack tighter than 1032 to 1.
  return Math.min(tail.getUint32(0, true), source.size * 1032)
}

async function isGzip(source: Blob): Promise<boolean> {
  const head = new Uint8Array(await source.slice(0, 2).arrayBuffer())
  return head[0] === 0x1f && head[1] === 0x8b
}

/** Throws FormatError for what is empty or damaged, and whatever onPiece throws. */
export async function unpack(source: Blob, options: UnpackOptions): Promise<Unpacked> {
  if (source.size === 0) throw new FormatError('empty-file', 'There are no bytes in it.')
  const packed = await isGzip(source)
  const claimed = await claimedRawBytes(source)
  const stream = () => source.stream().pipeThrough(counter(options.onBytes))
  const first = new Target(options, claimed)
  if (!packed) {
    await drain(stream(), first.sink)
    return first.finish()
  }
  try {
    await inflateFast(stream(), first.sink)
    // The trailer of the last member must speak of the whole, or there was more than one, or trailing data.
    if (claimed === first.rawBytes % 2 ** 32) return await first.finish()
  } catch (error) {
    if (first.failed) throw error
  }
  options.onRestart()
  const second = new Target(options, claimed)
  await inflateCarefully(stream(), second.sink)
  return second.finish()
}

class Target {
  rawBytes = 0
  /** The error was ours or the reader's, not the decompressor's. */
  failed = false
  private readonly hash: ContentHash

  constructor(
    private readonly options: UnpackOptions,
    claimed: number,
  ) {
    this.hash = new ContentHash(claimed)
  }

  readonly sink: Sink = async (piece) => {
    try {
      this.rawBytes += piece.length
      if (this.rawBytes > this.options.maxRawBytes) {
        throw new FormatError('too-large', 'The file unpacks to more than the limit.', {
          limit: this.options.maxRawBytes,
        })
      }
      await this.hash.update(piece)
      await this.options.onPiece(piece)
    } catch (error) {
      this.failed = true
      throw error
    }
  }

  async finish(): Promise<Unpacked> {
    if (this.rawBytes === 0) throw new FormatError('gzip-empty', 'The file is compressed and there is nothing in it.')
    return { id: await this.hash.finish(), rawBytes: this.rawBytes }
  }
}

function counter(onBytes: UnpackOptions['onBytes']) {
  let read = 0
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      read += piece.length
      onBytes?.(read)
      controller.enqueue(piece)
    },
  })
}
