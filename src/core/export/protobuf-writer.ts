/**
 * Writes protobuf into one growing buffer. Nested messages reserve their length and close it afterwards.
 * https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  private bytes = new Uint8Array(1 << 20)
  private at = 0
  private readonly open: number[] = []
  private readonly encoder = new TextEncoder()

  /** A varint field. Zero is left out, as the format's default. Doubles are exact to ±2^53. */
  number(field: number, value: number | bigint): void {
    if (value === 0 || value === 0n) return
    this.reserve(20)
    this.varint(field << 3)
    this.value(value)
  }

  string(field: number, text: string): void {
    this.utf8(field, this.encoder.encode(text))
  }

  utf8(field: number, bytes: Uint8Array): void {
    this.reserve(20 + bytes.length)
    this.varint((field << 3) | 2)
    this.varint(bytes.length)
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }

  /** Opens a nested message, or packed numbers; `end` closes it. */
  begin(field: number): void {
    this.reserve(20)
    this.varint((field << 3) | 2)
    // Two bytes hold the length of nearly every message; longer ones are moved when they close.
    this.open.push(this.at)
    this.at += 2
  }

  /** One of packed numbers; negative ones as two's complement of 64 bits. */
  value(value: number | bigint): void {
    this.reserve(10)
    if (typeof value === 'number' && value >= 0) this.varint(value)
    else this.word(BigInt.asUintN(64, BigInt(value)))
  }

  end(): void {
    const start = this.open.pop() as number
    const length = this.at - start - 2
    const size = length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : 5
    if (size !== 2) {
      this.reserve(8)
      this.bytes.copyWithin(start + size, start + 2, this.at)
    }
    this.at = start
    this.varint(length, size)
    this.at = start + size + length
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.at)
  }

  private varint(value: number, size = 0): void {
    const { bytes } = this
    let at = this.at
    let rest = value
    let written = 1
    while (rest > 0x7f || written < size) {
      // Above 2^31 the bit operators would lose the upper half.
      bytes[at++] = (rest % 128) | 0x80
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128)
      written++
    }
    bytes[at++] = rest
    this.at = at
  }

  private word(value: bigint): void {
    let rest = value
    while (rest > 0x7fn) {
      this.bytes[this.at++] = Number(rest & 0x7fn) | 0x80
      rest >>= 7n
    }
    this.bytes[this.at++] = Number(rest)
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
  }
}
