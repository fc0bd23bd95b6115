/** Writes protobuf into one growing buffer. Nested messages reserve their length and close it afterwards. */
export class ProtobufWriter {
  private bytes = new Uint8Array(1 << 20)
  private at = 0
  private readonly open: number[] = []

  /** A varint field. Zero is left out, as the format's default. Exact to 2^53. */
  number(field: number, value: number): void {
    if (value === 0) return
    this.reserve(20)
    this.varint(field << 3)
    this.varint(value)
  }

  string(field: number, text: string): void {
    const encoded = Buffer.from(text)
    this.reserve(20 + encoded.length)
    this.varint((field << 3) | 2)
    this.varint(encoded.length)
    this.bytes.set(encoded, this.at)
    this.at += encoded.length
  }

  /** Packed varints values[from..to), last first when `backwards`. */
  packed(field: number, values: ArrayLike<number>, to = values.length, backwards = false): void {
    this.begin(field)
    this.reserve(10 * to)
    if (backwards) for (let i = to - 1; i >= 0; i--) this.varint(values[i] as number)
    else for (let i = 0; i < to; i++) this.varint(values[i] as number)
    this.end()
  }

  /** Opens a nested message; `end` closes it. */
  begin(field: number): void {
    this.reserve(20)
    this.varint((field << 3) | 2)
    // Two bytes hold the length of nearly every message here; longer ones are moved when they close.
    this.open.push(this.at)
    this.at += 2
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
    let rest = value
    let written = 1
    while (rest > 0x7f || written < size) {
      // Above 2^31 the bit operators would lose the upper half.
      this.bytes[this.at++] = (rest % 128) | 0x80
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128)
      written++
    }
    this.bytes[this.at++] = rest
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
  }
}
