import { fnv1a, fold30 } from '../model/name-hash.ts'
import type { Profile } from '../model/profile.ts'
import type { Strings } from '../model/strings.ts'

const MINUS = 0x2d
const ZERO = 0x30

/** UTF-8 that grows at its end. */
export class NameWriter {
  length = 0
  private bytes = new Uint8Array(1 << 16)
  private readonly encoder = new TextEncoder()
  /** By string: where the cleaned path of a file was written, and its length. */
  private readonly fileAt: Float64Array
  private readonly fileLength: Int32Array

  constructor(
    private readonly profile: Profile,
    private readonly pathOf: (path: string) => string,
  ) {
    this.fileAt = new Float64Array(profile.strings.length).fill(-1)
    this.fileLength = new Int32Array(profile.strings.length)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  text(text: string): void {
    const bytes = this.encoder.encode(text)
    this.copy(bytes, 0, bytes.length)
  }

  string({ packed }: Strings, i: number): void {
    this.copy(packed.bytes, packed.offset[i], packed.offset[i + 1])
  }

  /** A cleaned path is put together once. */
  file(string: number): void {
    const at = this.fileAt[string]
    if (at >= 0) {
      this.reserve(this.fileLength[string])
      this.copy(this.bytes, at, at + this.fileLength[string])
      return
    }
    this.fileAt[string] = this.length
    this.text(this.pathOf(this.profile.strings.get(string)))
    this.fileLength[string] = this.length - this.fileAt[string]
  }

  number(value: number): void {
    if (value < 0) this.byte(MINUS)
    let rest = Math.abs(value)
    let digits = 1
    for (let power = 10; power <= rest; power *= 10) digits++
    this.reserve(digits)
    this.length += digits
    for (let i = this.length - 1; digits > 0; i--, digits--) {
      this.bytes[i] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }

  hashFrom(from: number): number {
    return fold30(fnv1a(this.bytes.subarray(from, this.length)))
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length)
  }

  /** Names are short: copying byte by byte costs less than a call for each. */
  private copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start)
    const { bytes } = this
    let at = this.length
    if (end - start > 256) {
      bytes.set(from.subarray(start, end), at)
      at += end - start
    } else for (let i = start; i < end; i++) bytes[at++] = from[i]
    this.length = at
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.length + more, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
}
