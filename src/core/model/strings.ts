/**
 * Strings kept as their UTF-8 bytes and decoded when somebody first looks: a profile of a million
 * samples has tens of thousands of names and shows a few hundred.
 */
export interface PackedStrings {
  /** All strings, one after the other, UTF-8. */
  bytes: Uint8Array
  /** String i is bytes[offset[i], offset[i + 1]); length = number of strings + 1. */
  offset: Uint32Array
}

const utf8 = new TextDecoder('utf-8')

export class Strings {
  private readonly known: (string | undefined)[] = []
  readonly length: number

  constructor(readonly packed: PackedStrings) {
    this.length = Math.max(0, packed.offset.length - 1)
  }

  /** String i, or '' when there is none. Bytes that are not UTF-8 become U+FFFD. */
  get(i: number): string {
    if (i < 0 || i >= this.length) return ''
    let s = this.known[i]
    if (s === undefined) {
      const { bytes, offset } = this.packed
      s = utf8.decode(bytes.subarray(offset[i], offset[i + 1]))
      this.known[i] = s
    }
    return s
  }

  /** The bytes of string i, not a copy. */
  bytes(i: number): Uint8Array {
    const { bytes, offset } = this.packed
    return bytes.subarray(offset[i], offset[i + 1])
  }
}

/** Whether both hold the same strings in the same order. */
export function samePacked(a: PackedStrings, b: PackedStrings): boolean {
  if (a.offset.length !== b.offset.length || a.bytes.length !== b.bytes.length) return false
  for (let i = 0; i < a.offset.length; i++) if (a.offset[i] !== b.offset[i]) return false
  for (let i = 0; i < a.bytes.length; i++) if (a.bytes[i] !== b.bytes[i]) return false
  return true
}

/** Packs plain strings, for tests and for text formats. */
export function packStrings(list: readonly string[]): PackedStrings {
  const encoder = new TextEncoder()
  const parts = list.map((s) => encoder.encode(s))
  const offset = new Uint32Array(list.length + 1)
  for (let i = 0; i < parts.length; i++) offset[i + 1] = (offset[i] as number) + (parts[i] as Uint8Array).length
  const bytes = new Uint8Array(offset[list.length] as number)
  for (let i = 0; i < parts.length; i++) bytes.set(parts[i] as Uint8Array, offset[i])
  return { bytes, offset }
}

/** The same strings with more at the end; indexes of the first ones stay. */
export function appendStrings(strings: Strings, more: readonly string[]): Strings {
  if (more.length === 0) return strings
  const packed = packStrings(more)
  const base = strings.packed.offset[strings.length]
  const bytes = new Uint8Array(base + packed.bytes.length)
  bytes.set(strings.packed.bytes.subarray(0, base))
  bytes.set(packed.bytes, base)
  const offset = new Uint32Array(strings.length + more.length + 1)
  offset.set(strings.packed.offset)
  for (let i = 1; i <= more.length; i++) offset[strings.length + i] = base + packed.offset[i]
  return new Strings({ bytes, offset })
}
