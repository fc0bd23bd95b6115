/** Bytes → Profile. */
import type { Profile } from '../model/profile.ts'
import { FormatError } from './format-error.ts'
import { defaultLimits, PprofReader } from './pprof.ts'
import type { ReaderLimits } from './pprof-samples.ts'
import { HEAD_BYTES, type TextFormat, textFormatOf } from './text-formats.ts'
import { claimedRawBytes, type Unpacked, type UnpackOptions, unpack } from './unpack.ts'

/** No profile may grow beyond this when unpacked: 2 GiB. */
export const MAX_RAW_BYTES = 2 * 1024 ** 3

export interface ReadOptions {
  /** See StackTrie. */
  seed: number
  limits?: ReaderLimits
  maxRawBytes?: number
  /** Called now and then with bytes of the file read so far and in all. */
  onBytes?: (read: number, total: number) => void
  /** Does what unpack does, perhaps elsewhere. */
  unpack?: (source: Blob, options: UnpackOptions) => Promise<Unpacked>
}

export interface ReadResult extends Unpacked {
  profile: Profile
}

/** Text is held whole while it is read. */
const MAX_TEXT_BYTES = 512 * 1024 ** 2

/** Reads a profile, gzipped or not. Throws FormatError. */
export async function readProfile(source: Blob, options: ReadOptions): Promise<ReadResult> {
  const expected = await claimedRawBytes(source)
  const newReader = () => new PprofReader(options.seed, options.limits ?? defaultLimits, expected)
  let reader = newReader()
  let text: TextPieces | null | undefined
  const judged = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw asVerdict(error, reader)
    }
  }
  const unpacked = await (options.unpack ?? unpack)(source, {
    maxRawBytes: options.maxRawBytes ?? MAX_RAW_BYTES,
    onPiece: (piece) => {
      text ??= text === null ? null : TextPieces.of(piece)
      if (text) text.push(piece)
      else judged(() => reader.push(piece))
    },
    onRestart: () => {
      reader = newReader()
      text = undefined
    },
    onBytes: options.onBytes && ((read) => options.onBytes?.(read, source.size)),
  })
  const profile = text ? await text.read(options.seed) : judged(() => reader.finish())
  return { ...unpacked, profile }
}

/** A text that arrives in pieces. */
class TextPieces {
  private readonly decoder = new TextDecoder()
  private readonly parts: string[] = []
  private bytes = 0

  private constructor(private readonly format: TextFormat) {}

  /** By the first piece of a file; null when it is no text that we read. */
  static of(piece: Uint8Array): TextPieces | null {
    const format = textFormatOf(piece.subarray(0, HEAD_BYTES))
    return format && new TextPieces(format)
  }

  push(piece: Uint8Array): void {
    this.bytes += piece.length
    if (this.bytes > MAX_TEXT_BYTES) {
      throw new FormatError('too-large', 'The text is longer than the limit.', { limit: MAX_TEXT_BYTES })
    }
    this.parts.push(this.decoder.decode(piece, { stream: true }))
  }

  async read(seed: number): Promise<Profile> {
    const { read } = await this.format.load()
    return read(this.parts.join('') + this.decoder.decode(), seed)
  }
}

/** Damage before anything of a profile was recognised means: not a profile at all. */
function asVerdict(error: unknown, reader: PprofReader): unknown {
  if (error instanceof FormatError && !reader.recognised && /^(truncated|bad-varint)$/.test(error.code)) {
    return new FormatError('not-pprof', error.message, error.facts)
  }
  return error
}
