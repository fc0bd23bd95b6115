/** Why a trace did not open, or where it stopped making sense. */
export type TraceErrorCode =
  /** The file does not begin as a trace does. */
  | 'not-a-trace'
  /** Written by Go 1.21 or older. */
  | 'old'
  /** Nothing of it is whole: a killed process, half a download. */
  | 'cut'
  /** Bytes that no version of Go writes, or events that exclude each other. */
  | 'damaged'
  /** Larger than what is read here. */
  | 'too-large'

export class TraceError extends Error {
  override readonly name = 'TraceError'

  constructor(
    readonly code: TraceErrorCode,
    message: string,
  ) {
    super(message)
  }
}

export const damaged = (message: string) => new TraceError('damaged', message)
