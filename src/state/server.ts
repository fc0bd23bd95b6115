/** What the server that sent this page offers. */
import { SERVER_BLOCK, type ServerOffer } from '../core/service/offer.ts'

/** Null on a static host, and where the block cannot be read. */
export function serverOffer(): ServerOffer | null {
  const text = globalThis.document?.getElementById(SERVER_BLOCK)?.textContent
  if (!text) return null
  try {
    return JSON.parse(text) as ServerOffer
  } catch {
    return null
  }
}
