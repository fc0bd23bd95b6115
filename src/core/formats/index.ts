/** Bytes → Profile. */
import type { Profile } from '../model/profile.ts'
import { mayHaveForeignNames } from './foreign-names.ts'
import { FormatError } from './format-error.ts'
import type { OtherPieces } from './other-pieces.ts'
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

/** Reads a profile, gzipped or not. Throws FormatError. */
export async function readProfile(source: Blob, options: ReadOptions): Promise<ReadResult> {
  const expected = await claimedRawBytes(source)
  const newReader = () => new PprofReader(options.seed, options.limits ?? defaultLimits, expected)
  let reader = newReader()
  /** null: it is pprof's; undefined: nobody knows yet. */
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
      if (other === undefined && beginsLikePprof(piece)) other = null
      if (other !== undefined) return take(piece)
      return import('./other-pieces.ts').then(async ({ OtherPieces }) => {
        other = await OtherPieces.of(piece, options.seed)
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
  if (!mayHaveForeignNames(profile)) return { ...unpacked, profile }
  const { readableNames } = await import('./readable-names.ts')
  return { ...unpacked, profile: await readableNames(profile, other ? 'other' : 'pprof') }
}

/** Damage before anything of a profile was recognised means: not a profile at all. */
function asVerdict(error: unknown, reader: PprofReader): unknown {
  if (error instanceof FormatError && !reader.recognised && /^(truncated|bad-varint)$/.test(error.code)) {
    return new FormatError('not-pprof', error.message, error.facts)
  }
  return error
}
