/** The first words of a CPU profile of gperftools or old Go: 0, 3, 0 or 1 (Java), the sampling period, 0. */

export interface Words {
  size: 4 | 8
  little: boolean
  java: boolean
  /** Microseconds. */
  period: bigint
}

export const HEADER_WORDS = 5

/** How its words are to be read; null when it is no such profile. */
export function cpuWordsOf(head: Uint8Array): Words | null {
  for (const size of [4, 8] as const) {
    for (const little of [true, false]) {
      if (head.length < size * HEADER_WORDS) continue
      const words = new WordReader(head, size, little)
      const [zero, headerWords, version, period, padding] = Array.from({ length: HEADER_WORDS }, () => words.next())
      if (zero !== 0n || headerWords !== 3n || version > 1n || period === 0n || padding !== 0n) continue
      return { size, little, java: version === 1n, period }
    }
  }
  return null
}

export const wordsOf = (bytes: Uint8Array, { size, little }: Words) => new WordReader(bytes, size, little)

export class WordReader {
  private readonly view: DataView
  private at = 0

  constructor(
    private readonly bytes: Uint8Array,
    private readonly size: 4 | 8,
    private readonly little: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Whole words that are still there; negative past the end, where words are 0. */
  get left(): number {
    return Math.floor((this.bytes.length - this.at) / this.size)
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length
  }

  get offset(): number {
    return this.at
  }

  next(): bigint {
    const at = this.at
    this.at += this.size
    if (this.at > this.bytes.length) return 0n
    return this.size === 4 ? BigInt(this.view.getUint32(at, this.little)) : this.view.getBigUint64(at, this.little)
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at)
  }
}
