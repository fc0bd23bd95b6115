/** Bytes → Profile. */
import type { Profile } from '../model/profile.ts'
import { ContentHash } from './content-hash.ts'
import { folded } from './folded.ts'
import { FormatError } from './format-error.ts'
import { goText } from './go-text.ts'
import { drain, inflateCarefully, inflateFast, type Sink } from './inflate.ts'
import { perf } from './perf.ts'
import { defaultLimits, PprofReader, type ReaderLimits } from './pprof.ts'
import { sniff } from './sniff.ts'
import { speedscope } from './speedscope.ts'
import type { TextFormat } from './text-format.ts'

/** What opens besides pprof; the first that knows the text reads it. */
const textFormats: readonly TextFormat[] = [goText, speedscope, perf, folded]

/** How much of a file is looked at to know it. */
const HEAD_BYTES = 4096
/** Text is held whole while it is read. */
const MAX_TEXT_BYTES = 512 * 1024 ** 2

/** No profile may grow beyond this when unpacked: 2 GiB. */
export const MAX_RAW_BYTES = 2 * 1024 ** 3

export interface ReadOptions {
  /** See StackTrie. */
  seed: number
  limits?: ReaderLimits
  maxRawBytes?: number
  /** Called for each piece with bytes of the file read so far and in all. */
  onBytes?: (read: number, total: number) => void
}

export interface ReadResult {
  profile: Profile
  /** SHA-256 of the uncompressed bytes, base64url. */
  id: string
  rawBytes: number
}

/** Reads a profile, gzipped or not. Throws FormatError. */
export async function readProfile(source: Blob, options: ReadOptions): Promise<ReadResult> {
  if (source.size === 0) throw new FormatError('empty-file', 'There are no bytes in it.')
  const head = new Uint8Array(await source.slice(0, HEAD_BYTES).arrayBuffer())
  const kind = textFormatOf(head) ? 'text' : sniff(head.subarray(0, 512))
  const counted = () => source.stream().pipeThrough(counter(source.size, options.onBytes))
  if (kind !== 'gzip') {
    const target = new Target(options, source.size)
    await drain(counted(), target.sink)
    return target.finish()
  }
  const claimed = new DataView(await source.slice(-4).arrayBuffer())
  const rawSize = source.size < 18 ? 0 : claimed.getUint32(0, true)
  // A file can claim what it likes; gzip cannot pack tighter than 1032 to 1.
  const first = new Target(options, Math.min(rawSize, source.size * 1032))
  try {
    await inflateFast(counted(), first.sink)
  } catch (error) {
    if (first.failed) throw error
    return carefully(counted(), options)
  }
  // The trailer of the last member must speak of the whole, or there was more than one, or trailing data.
  if (rawSize !== first.rawBytes % 2 ** 32) return carefully(counted(), options)
  return first.finish()
}

async function carefully(stream: ReadableStream<Uint8Array<ArrayBuffer>>, options: ReadOptions): Promise<ReadResult> {
  const target = new Target(options)
  await inflateCarefully(stream, target.sink)
  return target.finish()
}

/** Where uncompressed bytes go: the reader, the hash, the bound. */
class Target {
  rawBytes = 0
  /** The error was ours (in the profile), not the decompressor's. */
  failed = false
  private readonly reader: PprofReader
  private readonly hash = new ContentHash()
  private readonly maxRawBytes: number
  /** Set by the first piece when the file is text that we read. */
  private format: TextFormat | null = null
  private readonly pieces: Uint8Array[] = []

  constructor(
    private readonly options: ReadOptions,
    expectedBytes = 0,
  ) {
    this.reader = new PprofReader(options.seed, options.limits ?? defaultLimits, expectedBytes)
    this.maxRawBytes = options.maxRawBytes ?? MAX_RAW_BYTES
  }

  readonly sink: Sink = (piece) => {
    try {
      if (this.rawBytes === 0) {
        this.format = textFormatOf(piece.subarray(0, HEAD_BYTES))
        if (!this.format) this.refuseNested(piece)
      }
      this.rawBytes += piece.length
      if (this.rawBytes > (this.format ? Math.min(MAX_TEXT_BYTES, this.maxRawBytes) : this.maxRawBytes)) {
        throw new FormatError('too-large', 'The file unpacks to more than the limit.', { limit: this.maxRawBytes })
      }
      this.hash.update(piece)
      if (this.format) this.pieces.push(piece.slice())
      else this.reader.push(piece)
    } catch (error) {
      this.failed = true
      throw this.judged(error)
    }
  }

  async finish(): Promise<ReadResult> {
    if (this.rawBytes === 0) throw new FormatError('gzip-empty', 'The file is compressed and there is nothing in it.')
    const id = this.hash.finish()
    try {
      const profile = this.format ? this.readText(this.format) : this.reader.finish()
      return { profile, id: await id, rawBytes: this.rawBytes }
    } catch (error) {
      await id
      throw this.judged(error)
    }
  }

  private readText(format: TextFormat): Profile {
    const utf8 = new TextDecoder()
    const text = this.pieces.map((piece) => utf8.decode(piece, { stream: true })).join('') + utf8.decode()
    return format.read(text, this.options.seed)
  }

  private refuseNested(piece: Uint8Array): void {
    if (sniff(piece.subarray(0, 512)) === 'gzip') {
      throw new FormatError('not-pprof', 'This is gzip inside gzip.', { offset: 0 })
    }
  }

  /** Damage before anything of a profile was recognised means: not a profile at all. */
  private judged(error: unknown): unknown {
    if (error instanceof FormatError && !this.reader.recognised && /^(truncated|bad-varint)$/.test(error.code)) {
      return new FormatError('not-pprof', error.message, error.facts)
    }
    return error
  }
}

/** The format of a text by its beginning; null for binary data and for text that nobody knows. */
function textFormatOf(head: Uint8Array): TextFormat | null {
  for (const b of head.subarray(0, 64)) if (b < 9) return null
  const text = new TextDecoder().decode(head)
  return textFormats.find((format) => format.detect(text)) ?? null
}

function counter(total: number, onBytes: ReadOptions['onBytes']) {
  let read = 0
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      read += piece.length
      onBytes?.(read, total)
      controller.enqueue(piece)
    },
  })
}
