/** What a worker does with the messages of the page. Knows no worker: tests run it beside the page's side. */
import { mostSources } from '../core/documents/document.ts'
import type { ReadOptions } from '../core/formats/index.ts'
import { EngineFailure } from './failure.ts'
import { kindOf, kinds } from './kinds/index.ts'
import type { DocumentKind, HeldDocument } from './kinds/kind.ts'
import { profileKind } from './kinds/profile.ts'
import { knownError } from './known-error.ts'
import type { EngineError, FromEngine, Opened, Progress, ReadAhead, ToEngine } from './protocol.ts'
import { readAhead } from './reading.ts'
import { transferables } from './transfer.ts'

const PROGRESS_EVERY_MS = 50

interface Options extends Partial<ReadOptions> {
  /** Those that can be opened; left out = all. */
  known?: readonly DocumentKind[]
}

/** send: what goes to the page, with the buffers that are handed over. Returns what to do with each message. */
export function serveEngine(
  send: (message: FromEngine, transfer: Transferable[]) => void,
  { known = kinds, ...options }: Options = {},
): (request: ToEngine | ReadAhead) => Promise<void> {
  let held: HeldDocument | null = null
  let ahead: Blob | null = null

  async function open({ id, args }: Extract<ToEngine, { call: 'open' }>): Promise<Opened> {
    let last = 0
    const onProgress = (progress: Progress) => {
      const now = performance.now()
      if (progress.stage !== 'draw' && now - last < PROGRESS_EVERY_MS && progress.share < 1) return
      last = now
      send({ id, progress }, [])
    }
    const sources = args.sources.map((source) => (source.isReadAhead && ahead ? { ...source, file: ahead } : source))
    ahead = null
    const [source] = sources
    const kind = source && (await kindOf(known, args.kind, source))
    if (!kind || sources.length > mostSources(kind.id)) throw internal('No document can be made of these files.')
    held = await kind.read({ ...args, sources }, onProgress, options)
    return held.opened
  }

  async function answer(request: ToEngine): Promise<unknown> {
    if (request.call === 'open') return open(request)
    if (request.call === 'isProfile' || request.call === 'strip') {
      const { isProfileFile, strip } = await import('./strip.ts')
      return request.call === 'strip' ? strip(known, request.args, options) : isProfileFile(known, request.args)
    }
    if (!held) throw internal('No document is open.')
    return held.answer(request)
  }

  return async (request) => {
    if ('ahead' in request) {
      const { file } = request.ahead
      ahead = file
      const kind = await kindOf(known, null, request.ahead)
      // Other kinds are small.
      if (kind?.id === profileKind.id && ahead === file) readAhead(file, options)
      return
    }
    try {
      const value = await answer(request)
      send({ id: request.id, ok: true, value }, transferables(value))
    } catch (error) {
      send({ id: request.id, ok: false, error: asEngineError(error) }, [])
    }
  }
}

const internal = (message: string) => new EngineFailure({ code: 'internal', message, facts: {} })

function asEngineError(error: unknown): EngineError {
  const known = knownError(error)
  if (known) return known
  // Array buffers that cannot be had throw a RangeError; everything else is a fault of ours.
  const memory = error instanceof RangeError && /alloc|length/i.test(error.message)
  return {
    code: memory ? 'too-large' : 'internal',
    message: error instanceof Error ? error.message : String(error),
    facts: {},
  }
}
