import { sha256 } from '@noble/hashes/sha2.js'

/** Up to here the bytes are kept and hashed by the platform, which is ten times faster than script. */
const KEEP_LIMIT = 32 * 1024 * 1024

/** SHA-256 of a file that arrives in pieces, as 43 characters of base64url. */
export class ContentHash {
  private kept: Uint8Array[] | null = []
  private keptBytes = 0
  private readonly running = sha256.create()

  update(piece: Uint8Array): void {
    if (this.kept === null) {
      this.running.update(piece)
      return
    }
    this.kept.push(piece)
    this.keptBytes += piece.length
    if (this.keptBytes > KEEP_LIMIT) this.spill()
  }

  async finish(): Promise<string> {
    // Plain http to another host has no crypto.subtle.
    if (this.kept !== null && !globalThis.crypto?.subtle) this.spill()
    if (this.kept === null) return base64url(this.running.digest())
    const all = new Uint8Array(this.keptBytes)
    let at = 0
    for (const piece of this.kept) {
      all.set(piece, at)
      at += piece.length
    }
    return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', all)))
  }

  private spill(): void {
    for (const piece of this.kept ?? []) this.running.update(piece)
    this.kept = null
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
