/** As large as the engine would read; a server that sends more is cut off. */
export const DOWNLOAD_LIMIT = 512 * 1024 * 1024

export interface Body {
  file: Blob
  /** The first bytes of it, at least four where there are as many. */
  head: Uint8Array
}

/** The bytes of a response; null where there are more than are read. Throws what the connection throws. */
export async function readBody(
  { body, headers }: Response,
  onBytes: (bytes: number, total: number) => void,
): Promise<Body | null> {
  const reader = body?.getReader()
  const total = headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0)
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(value)
    bytes += value.length
    if (bytes > DOWNLOAD_LIMIT) {
      await reader.cancel()
      return null
    }
    onBytes(bytes, total)
  }
  const head = new Uint8Array(4)
  let filled = 0
  for (let i = 0; i < parts.length && filled < head.length; i++) {
    const part = parts[i]?.subarray(0, head.length - filled) ?? head.subarray(0, 0)
    head.set(part, filled)
    filled += part.length
  }
  return { file: new Blob(parts), head: head.subarray(0, filled) }
}
