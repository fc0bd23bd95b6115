/** Why a profile could not be had from a service: a code that has a sentence in every language, and the facts it needs. */

export const SOURCE_ERRORS = [
  /** Nothing listens there, or the way to it is blocked. */
  'unreachable',
  'unknown-host',
  /** The connection ended in the middle of the answer. */
  'cut',
  'timeout',
  'too-large',
  /** The certificate, or no TLS where it was asked for. */
  'tls',
  'not-http',
  /** 404 of a program without net/http/pprof, and of one with it. */
  'no-pprof',
  'no-such-profile',
  'cpu-busy',
  'trace-busy',
  /** The service writes no answer that takes so long. */
  'write-timeout',
  'unauthorized',
  /** Any other status. */
  'status',
  'redirect',
  'web-page',
  'empty',
  'not-a-profile',
  'cannot-save',
  /** Of a database: nothing in that range. */
  'no-samples',
  'bad-answer',
  /** host: of the proxy, or the variable that names it. */
  'proxy',
] as const
export type SourceErrorCode = (typeof SOURCE_ERRORS)[number]

export interface SourceErrorFacts {
  /** Host and port, never user or password. */
  host: string
  status?: number
  /** What the service itself says; of a redirect where it leads. */
  said?: string
  seconds?: number
}

export interface SourceProblem {
  code: SourceErrorCode
  facts: SourceErrorFacts
}
