import { FormatError } from '../core/formats/format-error.ts'
import { EngineFailure } from './failure.ts'
import type { EngineError } from './protocol.ts'

/** What is wrong with a file, or with what was asked; null for everything else, which is a fault of ours or a lack of memory. */
export function knownError(thrown: unknown): EngineError | null {
  if (thrown instanceof EngineFailure) return thrown.error
  if (!(thrown instanceof FormatError)) return null
  const { code, message, facts } = thrown
  return { code, message, facts }
}
