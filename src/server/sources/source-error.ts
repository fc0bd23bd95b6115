import type { SourceErrorCode, SourceErrorFacts, SourceProblem } from '../../core/live/source-error.ts'
import { sayProblem } from '../../core/live/words.ts'

/** A profile could not be had. `message` is a sentence for the person who asked. */
export class SourceError extends Error implements SourceProblem {
  override readonly name = 'SourceError'

  constructor(
    readonly code: SourceErrorCode,
    readonly facts: SourceErrorFacts,
  ) {
    super(sayProblem({ code, facts }, 'en'))
  }
}
