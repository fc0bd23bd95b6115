/**
 * Sealing: what a browser stores so that the server cannot read it. A key of 256 bits, made here, stays behind the # of the
 * link; the server keeps SEAL_MARK, 12 bytes of initialisation vector, and what AES-GCM makes of the bytes.
 */
import { SEAL_MARK } from '../core/service/stored.ts'
import { EngineFailure } from '../engine/client.ts'
import { base64FromBytes, bytesFromBase64 } from './embedded.ts'

const IV_BYTES = 12

/** False on plain http to another machine: browsers offer no encryption there. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined

const mark = () => new TextEncoder().encode(SEAL_MARK)

const failure = (reason: string) =>
  new EngineFailure({ code: 'fetch', message: `sealed: ${reason}`, facts: { reason } })

export const newKey = (): string => base64FromBytes(crypto.getRandomValues(new Uint8Array(32)))

async function imported(key: string): Promise<CryptoKey> {
  if (!canSeal()) throw failure('sealed-insecure')
  const bytes = bytesFromBase64(key)
  if (bytes.length !== 32) throw failure('sealed-key')
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function seal(file: Blob, key: string): Promise<Blob> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await imported(key), await file.arrayBuffer())
  return new Blob([mark(), iv, sealed])
}

export async function isSealed(file: Blob): Promise<boolean> {
  const wanted = mark()
  const head = new Uint8Array(await file.slice(0, wanted.length).arrayBuffer())
  return head.length === wanted.length && wanted.every((byte, i) => head[i] === byte)
}

/** Throws EngineFailure 'fetch' with facts.reason 'sealed-key' or 'sealed-insecure'. */
export async function unseal(file: Blob, key: string): Promise<Blob> {
  const secret = await imported(key)
  const start = mark().length
  const iv = await file.slice(start, start + IV_BYTES).arrayBuffer()
  try {
    const sealed = await file.slice(start + IV_BYTES).arrayBuffer()
    return new Blob([await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, secret, sealed)])
  } catch {
    throw failure('sealed-key')
  }
}
