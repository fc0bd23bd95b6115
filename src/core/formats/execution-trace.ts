/** Execution traces of Go, as profiles of what goroutines did and waited for. */
import { traceProfile } from '../trace/profile.ts'
import { TraceReader } from '../trace/read.ts'
import { TraceError } from '../trace/trace-error.ts'
import { FormatError } from './format-error.ts'

/** See PiecesReader. seed: see StackTrie. */
export function reader(seed: number) {
  const reading = new TraceReader()
  let more = true
  return {
    push(piece: Uint8Array): void {
      if (more) more = asFormat(() => reading.feed(piece))
    },
    finish: () =>
      traceProfile(
        asFormat(() => reading.finish()),
        seed,
      ),
  }
}

function asFormat<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof TraceError)) throw error
    throw new FormatError(error.code === 'old' ? 'old-trace' : 'damaged-trace', error.message)
  }
}
