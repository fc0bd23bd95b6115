/** Bytes → Profile. */
import type { Profile } from '../model/profile.ts'
import { FormatError } from './format-error.ts'
import type { OtherFormat } from './other-formats.ts'
import { defaultLimits, PprofReader } from './pprof.ts'
import { beginsLikePprof } from './pprof-head.ts'
import type { ReaderLimits } from './pprof-samples.ts'
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

/** Files of other formats are held whole while they are read. */
const MAX_OTHER_BYTES = 512 * 1024 ** 2

/** Reads a profile, gzipped or not. Throws FormatError. */
export async function readProfile(source: Blob, options: ReadOptions): Promise<ReadResult> {
  const expected = await claimedRawBytes(source)
  const newReader = () => new PprofReader(options.seed, options.limits ?? defaultLimits, expected)
  let reader = newReader()
  let other: OtherPieces | null | undefined
  const judged = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw asVerdict(error, reader)
    }
  }
  const take = (piece: Uint8Array) => (other ? other.push(piece) : judged(() => reader.push(piece)))
  const unpacked = await (options.unpack ?? unpack)(source, {
    maxRawBytes: options.maxRawBytes ?? MAX_RAW_BYTES,
    onPiece: (piece) => {
      if (other !== undefined) return take(piece)
      return OtherPieces.of(piece).then((found) => {
        other = found
        take(piece)
      })
    },
    onRestart: () => {
      reader = newReader()
      other = undefined
    },
    onBytes: options.onBytes && ((read) => options.onBytes?.(read, source.size)),
  })
  const profile = other ? await other.read(options.seed) : judged(() => reader.finish())
  return { ...unpacked, profile }
}

/** How much of a file is looked at to know it. */
const HEAD_BYTES = 4096

/** A file of another format that arrives in pieces. */
class OtherPieces {
  private readonly decoder = new TextDecoder()
  private readonly texts: string[] = []
  private readonly pieces: Uint8Array[] = []
  private bytes = 0

  private constructor(private readonly format: OtherFormat) {}

  /** By the first piece of a file; null when it may be pprof's. Throws FormatError when it is neither. */
  static async of(piece: Uint8Array): Promise<OtherPieces | null> {
    const head = piece.subarray(0, HEAD_BYTES)
    if (beginsLikePprof(head)) return null
    const { judge } = await import('./judge.ts')
    const format = judge(head)
    return format && new OtherPieces(format)
  }

  push(piece: Uint8Array): void {
    this.bytes += piece.length
    if (this.bytes > MAX_OTHER_BYTES) {
      throw new FormatError('too-large', 'The text is longer than the limit.', { limit: MAX_OTHER_BYTES })
    }
    if (this.format.of === 'text') this.texts.push(this.decoder.decode(piece, { stream: true }))
    else this.pieces.push(piece.slice())
  }

  async read(seed: number): Promise<Profile> {
    if (this.format.of === 'text') {
      return (await this.format.load()).read(this.texts.join('') + this.decoder.decode(), seed)
    }
    const all = new Uint8Array(this.bytes)
    let at = 0
    for (const piece of this.pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return (await this.format.load()).read(all, seed)
  }
}

/** Damage before anything of a profile was recognised means: not a profile at all. */
function asVerdict(error: unknown, reader: PprofReader): unknown {
  if (error instanceof FormatError && !reader.recognised && /^(truncated|bad-varint)$/.test(error.code)) {
    return new FormatError('not-pprof', error.message, error.facts)
  }
  return error
}
