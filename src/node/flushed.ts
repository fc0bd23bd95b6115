import type { Writable } from 'node:stream'

/**
 * Resolves when all that was written to a stream is taken, or its reader is gone. A pipe takes only part at once: a process that
 * exits before loses the rest. Call it before the first write, so that a reader that stops early, such as head, is no error.
 */
export function flushed(stream: Writable): () => Promise<void> {
  let left = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    left = true
  })
  return () =>
    new Promise((resolve) => {
      if (left) resolve()
      else stream.write('', () => resolve())
    })
}
