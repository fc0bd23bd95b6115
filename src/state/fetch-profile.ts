/** A profile over HTTP, with progress and with a reason when it does not come. */
import type { ComingFile } from '../early/begun.ts'
import { type Body, DOWNLOAD_LIMIT, readBody } from '../early/body.ts'
import { EngineFailure } from '../engine/client.ts'

const refuse = (reason: string, message: string, facts: Record<string, string | number>) =>
  new EngineFailure({ code: 'fetch', message, facts: { reason, ...facts } })

/** Throws EngineFailure 'fetch' with facts.reason 'status', 'network' or 'large', or 'cancelled'. */
export async function fetchProfile(
  url: URL,
  /** Address of this page. */
  from: string,
  signal: AbortSignal,
  onBytes: (bytes: number, total: number) => void,
  /** The same file, where the page began to load it before. */
  begun: ComingFile | null = null,
): Promise<Body> {
  const cancelled = () => new EngineFailure({ code: 'cancelled', message: 'cancelled', facts: {} })
  if (begun) {
    begun.onBytes = onBytes
    signal.addEventListener('abort', begun.cancel)
    const body = await begun.body
    if (signal.aborted) throw cancelled()
    if (body) return body
  }
  const host = url.host
  try {
    const response = await fetch(url, { signal, credentials: 'same-origin', referrerPolicy: 'no-referrer' })
    if (!response.ok) {
      throw refuse('status', `${url.href}: HTTP ${response.status}`, { host, status: response.status })
    }
    const body = await readBody(response, onBytes)
    if (!body) throw refuse('large', `${url.href}: more than ${DOWNLOAD_LIMIT} bytes`, { host })
    return body
  } catch (thrown) {
    if (thrown instanceof EngineFailure) throw thrown
    if (signal.aborted) throw cancelled()
    // fetch does not tell a refused connection from a missing CORS header, so the sentence names both.
    const other = url.origin === new URL(from).origin ? 'network' : 'cross-origin'
    throw refuse(other, `${url.href}: ${String(thrown)}`, { host })
  }
}
