/** The engine on a worker port. */
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import type { EngineError, FromEngine, Opened, Progress, ToEngine, WarmUp } from './protocol.ts'
import { transferables } from './transfer.ts'
import { unpackAside } from './unpack-aside.ts'

const engine = new Engine()
const PROGRESS_EVERY_MS = 50
let asked = false

function send(message: FromEngine, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

/** The first tree comes with the profile: the page then has all it draws in one message. */
async function open(request: Extract<ToEngine, { call: 'open' }>): Promise<Opened> {
  let last = 0
  const onProgress = (progress: Progress) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY_MS && progress.share < 1) return
    last = now
    send({ id: request.id, progress })
  }
  const info = await engine.open(request.args, onProgress, { unpack: unpackAside })
  const { first, source } = request.args
  if (!first) return { info, first: null }
  const bytes = source instanceof Blob ? source.size : info.fileBytes
  send({ id: request.id, progress: { stage: 'draw', share: 0, bytes, totalBytes: bytes } })
  const named = info.sampleTypes.findIndex(({ type }) => type === first.type)
  const { type: _, ...rest } = first
  const asked = { sampleType: named < 0 ? info.defaultSampleType : named, ...rest }
  return { info, first: { asked, tree: engine.tree(asked) } }
}

async function answer(request: ToEngine): Promise<unknown> {
  if (request.call === 'open') return open(request)
  await engine.prepare(request)
  // Name and arguments belong together by the type of the message.
  return (engine[request.call] as (args: typeof request.args) => unknown).call(engine, request.args)
}

self.onmessage = async ({ data }: MessageEvent<ToEngine | WarmUp>) => {
  if (data === 'warm up') {
    // Whatever goes wrong here costs time later and nothing else.
    await import('./warm-up.ts').then(({ warmUp }) => warmUp(() => asked)).catch(() => {})
    return
  }
  asked = true
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
