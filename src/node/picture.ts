/** Reading a file for the picture that its page is sent with, beside the server: no request waits for it. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** Of the build (vite.node.config.ts). */
const code = join(dirname(fileURLToPath(import.meta.url)), 'picture-worker.js')

/** JSON of the picture, null where there is none. */
export function pictureOfFile(file: string): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(code, { workerData: file })
    worker.once('message', resolve)
    // What is wrong with the file is said by the page.
    worker.once('error', () => resolve(null))
    worker.once('exit', () => resolve(null))
    worker.unref()
  })
}
