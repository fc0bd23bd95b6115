import type { EngineError } from './protocol.ts'

/** An engine call that did not succeed; `error` has a code the page words. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure'

  constructor(readonly error: EngineError) {
    super(error.message)
  }
}
