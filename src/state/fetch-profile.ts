/** A profile over HTTP, with progress and with a reason when it does not come. */
import { EngineFailure } from '../engine/client.ts'

/** As large as the engine would read; a server that sends more is cut off. */
const DOWNLOAD_LIMIT = 512 * 1024 * 1024

const refuse = (reason: string, message: string, facts: Record<string, string | number>) =>
  new EngineFailure({ code: 'fetch', message, facts: { reason, ...facts } })

/** Throws EngineFailure 'fetch' with facts.reason 'status', 'network' or 'large', or 'cancelled'. */
export async function fetchProfile(
  url: URL,
  /** Address of this page. */
  from: string,
  signal: AbortSignal,
  onBytes: (bytes: number, total: number) => void,
): Promise<Blob> {
  const host = url.host
  let response: Response
  const parts: Uint8Array<ArrayBuffer>[] = []
  try {
    response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' })
    if (!response.ok) {
      throw refuse('status', `${url.href}: HTTP ${response.status}`, { host, status: response.status })
    }
    const reader = response.body?.getReader()
    const total = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length') ?? 0)
    let bytes = 0
    while (reader) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      bytes += value.length
      if (bytes > DOWNLOAD_LIMIT) {
        await reader.cancel()
        throw refuse('large', `${url.href}: more than ${DOWNLOAD_LIMIT} bytes`, { host })
      }
      onBytes(bytes, total)
    }
  } catch (thrown) {
    if (thrown instanceof EngineFailure) throw thrown
    if (signal.aborted) throw new EngineFailure({ code: 'cancelled', message: 'cancelled', facts: {} })
    // fetch does not tell a refused connection from a missing CORS header, so the sentence names both.
    const other = url.origin === new URL(from).origin ? 'network' : 'cross-origin'
    throw refuse(other, `${url.href}: ${String(thrown)}`, { host })
  }
  return new Blob(parts)
}
