/** Why a file did not open: a code the page has a sentence for, and the facts that sentence needs. */
export type FormatErrorCode =
  | 'empty-file'
  | 'gzip-truncated'
  | 'gzip-corrupt'
  | 'gzip-trailing'
  | 'gzip-empty'
  | 'too-large'
  | 'html'
  | 'text'
  | 'json'
  | 'zip'
  | 'empty-archive'
  | 'elf'
  | 'old-trace'
  | 'damaged-trace'
  | 'go-debug-text'
  | 'foreign'
  | 'not-pprof'
  | 'truncated'
  | 'bad-varint'
  | 'bad-reference'
  | 'bad-values'
  | 'bad-events'
  | 'bad-id'
  | 'bad-strings'
  | 'no-sample-types'
  | 'concatenated'
  | 'no-benchmarks'
  | 'no-evidence'

export class FormatError extends Error {
  override readonly name = 'FormatError'

  constructor(
    readonly code: FormatErrorCode,
    message: string,
    readonly facts: Record<string, string | number> = {},
  ) {
    super(message)
  }
}
