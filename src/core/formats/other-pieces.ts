/** What comes along with the first file that does not begin like one of pprof's. */
import type { Profile } from '../model/profile.ts'
import { FormatError } from './format-error.ts'
import { judge } from './judge.ts'
import type { OtherFormat, PiecesReader } from './other-formats.ts'

/** Files of other formats are held whole while they are read. */
const MAX_OTHER_BYTES = 512 * 1024 ** 2

/** How much of a file is looked at to know it. */
const HEAD_BYTES = 4096

/** A file of another format that arrives in pieces. */
export class OtherPieces {
  private readonly decoder = new TextDecoder()
  private readonly texts: string[] = []
  private readonly pieces: Uint8Array[] = []
  private bytes = 0

  private constructor(
    private readonly format: OtherFormat,
    /** Of formats that are read as they come. */
    private readonly reader: PiecesReader | null,
  ) {}

  /** By the first piece of a file; null when it may be pprof's. Throws FormatError when it is neither. seed: see StackTrie. */
  static async of(piece: Uint8Array, seed: number): Promise<OtherPieces | null> {
    const format = judge(piece.subarray(0, HEAD_BYTES))
    return format && new OtherPieces(format, format.of === 'pieces' ? (await format.load()).reader(seed) : null)
  }

  push(piece: Uint8Array): void {
    if (this.reader) {
      this.reader.push(piece)
      return
    }
    this.bytes += piece.length
    if (this.bytes > MAX_OTHER_BYTES) {
      throw new FormatError('too-large', 'The text is longer than the limit.', { limit: MAX_OTHER_BYTES })
    }
    if (this.format.of === 'text') this.texts.push(this.decoder.decode(piece, { stream: true }))
    else this.pieces.push(piece.slice())
  }

  async read(seed: number): Promise<Profile> {
    if (this.format.of === 'pieces') return (this.reader ?? (await this.format.load()).reader(seed)).finish()
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
