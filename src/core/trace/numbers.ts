/** Unsigned varints of a trace, one after the other, as doubles: exact to 2^53. */
import { damaged } from './trace-error.ts'

export class Numbers {
  bytes: Uint8Array = new Uint8Array(0)
  pos = 0
  end = 0

  open(bytes: Uint8Array, pos: number, end: number): void {
    this.bytes = bytes
    this.pos = pos
    this.end = end
  }

  byte(): number {
    if (this.pos >= this.end) throw damaged('A batch ends within an event.')
    return this.bytes[this.pos++]
  }

  next(): number {
    const { bytes, pos } = this
    if (pos < this.end) {
      const byte = bytes[pos]
      if (byte < 0x80) {
        this.pos = pos + 1
        return byte
      }
      if (pos + 1 < this.end && bytes[pos + 1] < 0x80) {
        this.pos = pos + 2
        return (byte & 0x7f) | (bytes[pos + 1] << 7)
      }
    }
    const value = this.maybe()
    if (value < 0) throw damaged('A batch ends within a number.')
    return value
  }

  /** The next one, or -1 when its end has not come yet. */
  maybe(): number {
    const { bytes, end } = this
    let value = 0
    let worth = 1
    for (let i = 0, { pos } = this; pos < end; i++, pos++) {
      const byte = bytes[pos]
      value += (byte & 0x7f) * worth
      worth *= 128
      // The tenth byte holds one bit; Go refuses more.
      if (i === 9 && byte > 1) throw damaged('A number has more than 64 bits.')
      if (byte < 0x80) {
        this.pos = pos + 1
        return value
      }
    }
    return -1
  }
}
