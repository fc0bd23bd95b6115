import { sha256 } from '@noble/hashes/sha2.js'

/**
 * Up to here a copy is kept and hashed by the platform, which is several times faster than script. Larger
 * files are unpacked beside the reader, which is the slower of the two: there script costs no time, and a
 * copy of the whole file would cost memory.
 */
const KEEP_LIMIT = 16 * 1024 * 1024

/** SHA-256 of a file that arrives in pieces, as 43 characters of base64url. */
export class ContentHash {
  private kept: Uint8Array<ArrayBuffer> | null = null
  private length = 0
  private readonly running = sha256.create()

  /** expected: bytes to come, as far as known; it may be wrong. */
  constructor(expected: number) {
    // Plain http to another host has no crypto.subtle.
    if (expected <= KEEP_LIMIT && globalThis.crypto?.subtle) this.kept = new Uint8Array(expected)
  }

  update(piece: Uint8Array): void {
    if (this.kept === null) {
      this.running.update(piece)
      return
    }
    if (this.length + piece.length > this.kept.length) {
      this.running.update(this.kept.subarray(0, this.length))
      this.running.update(piece)
      this.kept = null
      return
    }
    this.kept.set(piece, this.length)
    this.length += piece.length
  }

  async finish(): Promise<string> {
    if (this.kept === null) return base64url(this.running.digest())
    const whole = this.kept.subarray(0, this.length)
    this.kept = null
    return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)))
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
