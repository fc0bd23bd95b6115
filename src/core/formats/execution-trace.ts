/** Execution traces of Go, as they are and as profiles of what goroutines did and waited for. */
import { traceProfile } from '../trace/profile.ts'
import { TraceReader } from '../trace/read.ts'
import type { Trace } from '../trace/trace.ts'
import { TraceError } from '../trace/trace-error.ts'
import { FormatError } from './format-error.ts'

/** Takes a trace piece by piece. Throws FormatError. */
export class TracePieces {
  private readonly reading = new TraceReader()

  push(piece: Uint8Array): void {
    asFormat(() => this.reading.feed(piece))
  }

  finish(): Trace {
    return asFormat(() => this.reading.finish())
  }
}

/** See PiecesReader. seed: see StackTrie. */
export function reader(seed: number) {
  const pieces = new TracePieces()
  return {
    push: (piece: Uint8Array) => pieces.push(piece),
    finish: () => traceProfile(pieces.finish(), seed),
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
