/** What an upload is: read once, as it comes, in bounded memory. */
import { createHash, type Hash } from 'node:crypto'
import { judge } from '../../core/formats/judge.ts'
import { INVESTIGATION_MARK, SEAL_MARK } from '../../core/service/stored.ts'

/** As much of the beginning as formats are told by. */
const HEAD_BYTES = 4096

const WHOLE_LIMIT = 4 * 1024 * 1024
const BLOCK = 64 * 1024

/** The name of a content: what core/formats/content-hash.ts computes, without holding the content. */
export class StreamedHash {
  private readonly whole = createHash('sha256')
  private readonly digests = createHash('sha256')
  private block: Hash = createHash('sha256')
  private inBlock = 0
  bytes = 0

  update(piece: Uint8Array): void {
    if (this.bytes <= WHOLE_LIMIT) this.whole.update(piece)
    this.bytes += piece.length
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + BLOCK - this.inBlock)
      this.block.update(part)
      this.inBlock += part.length
      at += part.length
      if (this.inBlock === BLOCK) this.closeBlock()
    }
  }

  finish(): string {
    if (this.bytes <= WHOLE_LIMIT) return this.whole.digest('base64url')
    if (this.inBlock > 0) this.closeBlock()
    return this.digests.digest('base64url')
  }

  private closeBlock(): void {
    this.digests.update(this.block.digest())
    this.block = createHash('sha256')
    this.inBlock = 0
  }
}

/**
 * Whether bytes are a protobuf message with the fields of a pprof profile, from its first byte to its last: looks at the
 * outermost fields only, and holds nothing.
 */
export class ProfileFields {
  private phase: 'key' | 'length' | 'number' | 'inside' = 'key'
  private value = 0
  private shift = 0
  private left = 0
  private field = 0
  private isWrong = false
  private hasType = false
  private hasStrings = false

  update(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.isWrong; ) {
      if (this.phase === 'inside') {
        const skipped = Math.min(this.left, piece.length - at)
        this.left -= skipped
        at += skipped
        if (this.left === 0) this.phase = 'key'
        continue
      }
      if (this.phase === 'key' && this.shift === 0) at = this.short(piece, at)
      if (at < piece.length) this.take(piece[at++] as number)
    }
  }

  /**
   * Goes over fields as they mostly are, with key and length (or number) of one byte each and all of it in the piece: byte by
   * byte, millions of them would take seconds. Returns where the first other one begins.
   */
  private short(piece: Uint8Array, from: number): number {
    let at = from
    while (at + 1 < piece.length) {
      const key = piece[at] as number
      const value = piece[at + 1] as number
      const wire = key & 7
      const end = wire === 2 ? at + 2 + value : at + 2
      if (key >= 128 || value >= 128 || key < 8 || (wire !== 0 && wire !== 2) || end > piece.length) break
      const field = key >> 3
      if (field === 1) this.hasType = true
      else if (field === 6) this.hasStrings = true
      at = end
    }
    return at
  }

  get isProfile(): boolean {
    return !this.isWrong && this.phase === 'key' && this.shift === 0 && this.hasType && this.hasStrings
  }

  private take(byte: number): void {
    if (this.shift >= 70) this.isWrong = true
    // Lengths beyond 2^53 are wrong in any case; the values of numbers do not matter.
    this.value += (byte & 127) * 2 ** this.shift
    this.shift += 7
    if (byte >= 128) return
    const { value } = this
    this.value = 0
    this.shift = 0
    if (this.phase === 'number') this.phase = 'key'
    else if (this.phase === 'length') {
      this.left = value
      this.phase = value > 0 ? 'inside' : 'key'
    } else this.key(value)
  }

  private key(value: number): void {
    this.field = Math.floor(value / 8)
    const wire = value % 8
    // All fields of a profile are numbers or have a length; the table of samples may be extended by later versions.
    if (this.field === 0 || this.field > 100 || (wire !== 0 && wire !== 2)) this.isWrong = true
    if (this.field === 1) this.hasType = true
    if (this.field === 6) this.hasStrings = true
    this.phase = wire === 0 ? 'number' : 'length'
  }
}

export type ContentKind = 'file' | 'sealed' | 'none'

/** Takes the uncompressed bytes as they come. */
export class Content {
  readonly hash = new StreamedHash()
  private readonly fields = new ProfileFields()
  private head = new Uint8Array(0)

  update(piece: Uint8Array): void {
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, piece]).subarray(0, HEAD_BYTES)
    this.hash.update(piece)
    this.fields.update(piece)
  }

  /** Whether it is one of the two that Hotzone itself writes, which are read as they are, not out of gzip. */
  get isOwn(): boolean {
    return this.begins(SEAL_MARK) || this.begins(INVESTIGATION_MARK)
  }

  private begins(text: string): boolean {
    const mark = new TextEncoder().encode(text)
    return this.head.length > mark.length && mark.every((byte, i) => this.head[i] === byte)
  }

  /** 'none': neither a profile nor another file that Hotzone reads. */
  kind(): ContentKind {
    if (this.begins(SEAL_MARK)) return 'sealed'
    if (this.fields.isProfile) return 'file'
    try {
      // What might be pprof's has just been looked at.
      return judge(this.head) ? 'file' : 'none'
    } catch (error) {
      return TEXTS.includes((error as { code?: string }).code ?? '') ? 'file' : 'none'
    }
  }
}

/** Texts that no reader of profiles knows may be evidence: logs, dumps, results of benchmarks. */
const TEXTS = ['text', 'json', 'go-debug-text']
