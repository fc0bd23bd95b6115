/** What a worker does with the messages of the page. Knows no worker: tests run it beside the page's side. */
import type { ReadOptions } from '../core/formats/index.ts'
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import type { EngineError, FromEngine, Opened, Progress, ToEngine } from './protocol.ts'
import { transferables } from './transfer.ts'

const PROGRESS_EVERY_MS = 50

/** send: what goes to the page, with the buffers that are handed over. Returns what to do with each message. */
export function serveEngine(
  send: (message: FromEngine, transfer: Transferable[]) => void,
  options: Partial<ReadOptions> = {},
): (request: ToEngine) => Promise<void> {
  const engine = new Engine()

  /** The first tree comes with the profile: the page then has all it draws in one message. */
  async function open(request: Extract<ToEngine, { call: 'open' }>): Promise<Opened> {
    let last = 0
    const onProgress = (progress: Progress) => {
      const now = performance.now()
      if (now - last < PROGRESS_EVERY_MS && progress.share < 1) return
      last = now
      send({ id: request.id, progress }, [])
    }
    const info = await engine.open(request.args, onProgress, options)
    const { first, source } = request.args
    if (!first) return { info, first: null }
    const bytes = source instanceof Blob ? source.size : info.fileBytes
    send({ id: request.id, progress: { stage: 'draw', share: 0, bytes, totalBytes: bytes } }, [])
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

  return async (request) => {
    try {
      const value = await answer(request)
      send({ id: request.id, ok: true, value }, transferables(value))
    } catch (error) {
      send({ id: request.id, ok: false, error: asEngineError(error) }, [])
    }
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
