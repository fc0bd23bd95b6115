import { FormatError } from '../core/formats/format-error.ts'
import { type Unpacked, type UnpackOptions, unpack } from '../core/formats/unpack.ts'
import type { FromUnpacker, ToUnpacker } from './unpack-protocol.ts'

/** Below this, starting another worker costs more than it saves. */
const ASIDE_FROM_BYTES = 1 << 20

/** As unpack, in a worker of its own when the file is large. Runs inside the engine's worker. */
export function unpackInWorker(source: Blob, options: UnpackOptions): Promise<Unpacked> {
  if (source.size < ASIDE_FROM_BYTES) return unpack(source, options)
  const worker = new Worker(new URL('./unpack-worker.ts', import.meta.url), { type: 'module', name: 'unpack' })
  const post = (message: ToUnpacker, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
  return new Promise<Unpacked>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message))
    const take = async (data: FromUnpacker) => {
      if ('piece' in data) {
        await options.onPiece(data.piece)
        options.onBytes?.(data.read)
        post({ taken: data.piece.buffer }, [data.piece.buffer])
      } else if ('restart' in data) options.onRestart()
      else if ('done' in data) resolve(data.done)
      else if ('refused' in data) reject(new FormatError(data.refused.code, data.refused.message, data.refused.facts))
      else reject(new Error(data.failed))
    }
    // One after the other, since the first piece may take a while.
    let taken = Promise.resolve()
    worker.onmessage = ({ data }: MessageEvent<FromUnpacker>) => {
      taken = taken.then(() => take(data))
      taken.catch(reject)
    }
    post({ source, maxRawBytes: options.maxRawBytes })
  }).finally(() => worker.terminate())
}
