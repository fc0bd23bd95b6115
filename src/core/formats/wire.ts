/**
 * Protocol buffer wire reading over a byte window: varints, tags, skipping.
 * https://protobuf.dev/programming-guides/encoding/
 */
import { FormatError } from './format-error.ts'

export class Wire {
  bytes: Uint8Array = new Uint8Array(0)
  pos = 0
  end = 0
  /** Offset of bytes[0] in the file, for error messages. */
  base = 0
  /** Low and high 32 bits of the last varint read by varint64. */
  lo = 0
  hi = 0

  /** Reads a varint of up to 64 bits into lo and hi. */
  varint64(): void {
    const { bytes, end } = this
    let pos = this.pos
    let lo = 0
    let hi = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (pos >= end) throw this.truncated()
      const byte = bytes[pos++]
      const seven = byte & 0x7f
      if (shift < 28) lo |= seven << shift
      else if (shift === 28) {
        lo |= seven << 28
        hi = seven >>> 4
      } else if (shift < 63) hi |= seven << (shift - 32)
      else {
        // The tenth byte holds one bit; Go refuses more.
        if (byte > 1) throw this.badVarint()
        hi |= seven << 31
      }
      if (byte < 0x80) {
        this.pos = pos
        this.lo = lo
        this.hi = hi
        return
      }
    }
    throw this.badVarint()
  }

  /** An unsigned varint as a double: exact to 2^53. */
  unsigned(): number {
    const { bytes, end } = this
    const pos = this.pos
    if (pos < end) {
      const byte = bytes[pos]
      if (byte < 0x80) {
        this.pos = pos + 1
        return byte
      }
      if (pos + 1 < end) {
        const second = bytes[pos + 1]
        if (second < 0x80) {
          this.pos = pos + 2
          return (byte & 0x7f) | (second << 7)
        }
      }
    }
    this.varint64()
    return (this.hi >>> 0) * 4294967296 + (this.lo >>> 0)
  }

  /** A signed (two's complement) varint as a double: exact to ±2^53. */
  signed(): number {
    const { bytes } = this
    const { pos } = this
    // Up to four bytes inline: 28 bits, never negative.
    if (pos + 4 <= this.end) {
      const b0 = bytes[pos]
      if (b0 < 0x80) {
        this.pos = pos + 1
        return b0
      }
      const b1 = bytes[pos + 1]
      if (b1 < 0x80) {
        this.pos = pos + 2
        return (b0 & 0x7f) | (b1 << 7)
      }
      const b2 = bytes[pos + 2]
      if (b2 < 0x80) {
        this.pos = pos + 3
        return (b0 & 0x7f) | ((b1 & 0x7f) << 7) | (b2 << 14)
      }
      const b3 = bytes[pos + 3]
      if (b3 < 0x80) {
        this.pos = pos + 4
        return (b0 & 0x7f) | ((b1 & 0x7f) << 7) | ((b2 & 0x7f) << 14) | (b3 << 21)
      }
    }
    this.varint64()
    return this.hi * 4294967296 + (this.lo >>> 0)
  }

  /** An unsigned varint of up to 64 bits, exact. */
  uint64(): bigint {
    this.varint64()
    return BigInt.asUintN(64, this.int64OfHalves())
  }

  /** A signed one. */
  int64(): bigint {
    this.varint64()
    return this.int64OfHalves()
  }

  /** What varint64 read last, as a signed number. */
  int64OfHalves(): bigint {
    return (BigInt(this.hi) << 32n) | BigInt(this.lo >>> 0)
  }

  /** A place in a table of at most 2^31 - 1 rows; what lies beyond is beyond the table too. */
  index(): number {
    return Math.min(this.unsigned(), 0x7fffffff)
  }

  /** A length, checked against `end`. */
  length(end: number): number {
    const n = this.unsigned()
    if (n > end - this.pos) throw this.truncated()
    return n
  }

  /** Reads a length and answers where the bytes it counts stop. */
  stop(end: number): number {
    const n = this.length(end)
    return this.pos + n
  }

  /** Skips the value of a field; groups (wire types 3 and 4) are not legal in a profile. */
  skip(wireType: number): void {
    if (wireType === 0) this.varint64()
    else if (wireType === 2) {
      const n = this.length(this.end)
      this.pos += n
    } else if (wireType === 1) this.advance(8)
    else if (wireType === 5) this.advance(4)
    else throw this.notPprof(`wire type ${wireType}`)
  }

  /** Skips a whole field, its tag included. */
  skipField(): void {
    const tag = this.unsigned()
    if (tag < 8) throw this.notPprof('field number 0')
    this.skip(tag % 8)
  }

  advance(n: number): void {
    if (n > this.end - this.pos) throw this.truncated()
    this.pos += n
  }

  truncated(): FormatError {
    return new FormatError('truncated', 'A field is longer than what is left of the message.', {
      offset: this.base + this.pos,
    })
  }

  badVarint(): FormatError {
    return new FormatError('bad-varint', 'A number is longer than ten bytes.', { offset: this.base + this.pos })
  }

  notPprof(what: string): FormatError {
    return new FormatError('not-pprof', `Not a pprof profile: ${what}.`, { offset: this.base + this.pos })
  }
}
