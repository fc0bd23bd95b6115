/** A profile inside a link: deflate-raw of its uncompressed bytes, in base64url. */
import { EngineFailure } from '../engine/client.ts'

/** Largest compressed profile a link may carry: beyond it chat programs and mail cut the link. */
export const EMBED_LIMIT = 32 * 1024

/** Bounds what a hostile link can make the page hold: no 32 KiB profile is near it. */
const INFLATE_LIMIT = 64 * 1024 * 1024

export function base64FromBytes(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Throws EngineFailure when it is not base64. */
export function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(plain, (c) => c.charCodeAt(0))
  } catch {
    throw new EngineFailure({ code: 'gzip-corrupt', message: 'the text is not base64', facts: {} })
  }
}

/** Reads a stream to its end, or null once it gives more than `limit` bytes. */
async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>, limit: number): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(parts)
    bytes += value.length
    if (bytes > limit) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
}

/** The profile of a link. Throws EngineFailure when it was cut or is absurdly large. */
export async function inflateRaw(bytes: Uint8Array<ArrayBuffer>): Promise<Blob> {
  let file: Blob | null
  try {
    file = await collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')), INFLATE_LIMIT)
  } catch (thrown) {
    throw new EngineFailure({ code: 'gzip-corrupt', message: String(thrown), facts: { link: 1 } })
  }
  if (file) return file
  throw new EngineFailure({ code: 'too-large', message: 'inflates beyond the limit', facts: { limit: INFLATE_LIMIT } })
}

/**
 * The text that carries `file` in a link, or null when it is too large for one. Gzip is undone first: the
 * fragment is then the same however the file was compressed.
 */
export async function embed(file: Blob): Promise<string | null> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const gzip = head[0] === 0x1f && head[1] === 0x8b
  const plain = gzip ? await collect(file.stream().pipeThrough(new DecompressionStream('gzip')), INFLATE_LIMIT) : file
  if (!plain || plain.size > INFLATE_LIMIT) return null
  const small = await collect(plain.stream().pipeThrough(new CompressionStream('deflate-raw')), EMBED_LIMIT)
  return small ? base64FromBytes(new Uint8Array(await small.arrayBuffer())) : null
}
