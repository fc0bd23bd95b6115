/**
 * The floor: what reading and inflating alone cost, in a worker. With `?keep` also what any reader that wants the bytes
 * as a whole must do: put them into one buffer.
 */
import { onFile } from './open.js'

const how = location.search === '?keep' ? 'keep' : 'drop'

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
