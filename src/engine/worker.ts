/** The engine on a worker port. */
import type { ReadAhead, ToEngine, WarmUp } from './protocol.ts'
import { serveEngine } from './serve.ts'
import { unpackInWorker } from './unpack-in-worker.ts'

const serve = serveEngine((message, transfer) => self.postMessage(message, { transfer }), { unpack: unpackInWorker })
let asked = false

self.onmessage = async ({ data }: MessageEvent<ToEngine | ReadAhead | WarmUp>) => {
  if (data === 'warm up') {
    // Whatever goes wrong here costs time later and nothing else.
    await import('./warm-up.ts').then(({ warmUp }) => warmUp(() => asked)).catch(() => {})
    return
  }
  asked = true
  await serve(data)
}
