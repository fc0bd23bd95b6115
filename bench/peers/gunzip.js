/** The floor: what reading and inflating alone cost, in a worker. */
import { onFile } from './open.js'

/** how: 'drop' the bytes as they come, or 'keep' them. */
export function inGunzipWorker(how) {
  onFile(
    (file) =>
      new Promise((resolve) => {
        const worker = new Worker(new URL('./gunzip-worker.js', import.meta.url), { type: 'module' })
        worker.onmessage = ({ data }) => {
          document.title = `${data} bytes`
          resolve()
        }
        worker.postMessage({ file, how })
      }),
  )
}
