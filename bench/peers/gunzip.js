/** The floor: what reading and inflating alone cost, in a worker. */
import { onFile } from './open.js'

onFile(
  (file) =>
    new Promise((resolve) => {
      const worker = new Worker(new URL('./gunzip-worker.js', import.meta.url), { type: 'module' })
      worker.onmessage = ({ data }) => {
        document.title = `${data} bytes`
        resolve()
      }
      worker.postMessage(file)
    }),
)
