import { sha256 } from '@noble/hashes/sha2.js'

/** Up to here the whole file is held and hashed at once; so are nearly all profiles. */
const WHOLE_LIMIT = 4 * 1024 * 1024
/** The platform copies what it digests; copies of this size are five times faster than copies of a megabyte. */
const BLOCK = 64 * 1024
/** Blocks that may wait for their digest, where it is computed on another thread. */
const MAX_UNDER_WAY = 8

/**
 * Name of a file's content, from pieces as they arrive: SHA-256 as 43 characters of base64url.
 *
 * Up to 4 MiB it is that of the bytes. Beyond, it is that of the digests of their blocks of 64 KiB, one after the
 * other: the platform hashes ten times faster than script, but only what it is given as a whole, and a large file is
 * not held as a whole.
 */
export class ContentHash {
  /** What is not hashed yet: the whole file up to WHOLE_LIMIT, then the block that is being filled. */
  private block: Uint8Array<ArrayBuffer>
  private filled = 0
  private digests: Promise<Uint8Array<ArrayBuffer>>[] | null = null

  /** expected: bytes to come, as far as known; it may be wrong. */
  constructor(expected: number) {
    this.block = new Uint8Array(Math.min(Math.max(expected, 1 << 16), WHOLE_LIMIT))
  }

  /** Copies the piece. Its promise says when there is room for more. */
  async update(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; ) {
      if (this.filled === this.block.length) {
        if (this.digests === null && this.filled < WHOLE_LIMIT) this.grow()
        else await this.cut()
      }
      const part = piece.subarray(at, at + this.block.length - this.filled)
      this.block.set(part, this.filled)
      this.filled += part.length
      at += part.length
    }
  }

  async finish(): Promise<string> {
    const rest = this.block.subarray(0, this.filled)
    if (this.digests === null) return base64url(await digest(rest))
    if (rest.length > 0) this.digests.push(digest(rest))
    const list = await Promise.all(this.digests)
    return base64url(await digest(concat(list)))
  }

  private grow(): void {
    const grown = new Uint8Array(Math.min(WHOLE_LIMIT, this.block.length * 2))
    grown.set(this.block)
    this.block = grown
  }

  /** Hands what is filled over in blocks. */
  private async cut(): Promise<void> {
    this.digests ??= []
    for (let at = 0; at < this.filled; at += BLOCK) this.digests.push(digest(this.block.subarray(at, at + BLOCK)))
    // The platform has copied the bytes.
    if (this.block.length !== BLOCK) this.block = new Uint8Array(BLOCK)
    this.filled = 0
    await this.digests.at(-MAX_UNDER_WAY)
  }
}

/** The platform's where there is one: plain http to another host has no crypto.subtle. */
async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (!globalThis.crypto?.subtle) return new Uint8Array(sha256(bytes))
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
