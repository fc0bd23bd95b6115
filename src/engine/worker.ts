/** The engine on a worker port. */
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import type { EngineError, FromEngine, Progress, ToEngine } from './protocol.ts'
import { transferables } from './transfer.ts'
import { unpackAside } from './unpack-aside.ts'

const engine = new Engine()
const PROGRESS_EVERY_MS = 50

function send(message: FromEngine, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

async function answer(request: ToEngine): Promise<unknown> {
  if (request.call === 'search') return engine.search(request.args, request.match)
  if (request.call !== 'open') {
    // Name and arguments belong together by the type of the message.
    return (engine[request.call] as (args: typeof request.args) => unknown).call(engine, request.args)
  }
  let last = 0
  const onProgress = (progress: Progress) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY_MS && progress.share < 1) return
    last = now
    send({ id: request.id, progress })
  }
  return engine.open(request.args, onProgress, { unpack: unpackAside })
}

self.onmessage = async ({ data }: MessageEvent<ToEngine>) => {
  try {
    const value = await answer(data)
    send({ id: data.id, ok: true, value }, transferables(value))
  } catch (error) {
    send({ id: data.id, ok: false, error: asEngineError(error) })
  }
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineFailure) return error.error
  // Array buffers that cannot be had throw a RangeError; everything else is a fault of ours.
  const memory = error instanceof RangeError && /alloc|length/i.test(error.message)
  return {
    code: memory ? 'too-large' : 'internal',
    message: error instanceof Error ? error.message : String(error),
    facts: {},
  }
}
