/** The first bytes of a file, by which its kind is told. */

/** As many bytes as kinds are told by. */
const HEAD_BYTES = 4096

/** The first bytes of what a file holds, uncompressed. Of damaged data as many as there are. */
export async function headOf(file: Blob): Promise<Uint8Array> {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (a !== 0x1f || b !== 0x8b) return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const head = new Uint8Array(HEAD_BYTES)
  let length = 0
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    while (length < HEAD_BYTES) {
      const { done, value } = await reader.read()
      if (done) break
      head.set(value.subarray(0, HEAD_BYTES - length), length)
      length += Math.min(value.length, HEAD_BYTES - length)
    }
    await reader.cancel()
  } catch {
    // Whoever reads the file says what is wrong with it.
  }
  return head.subarray(0, length)
}
