/** What an execution trace of Go is told by, and of which version its form is. */

/** Bytes that tell it. */
export const HEAD = 16
/** The first version whose traces are read; go tool trace reads those before. */
export const FIRST_VERSION = 22

/** The NN of "go 1.NN trace", null where that does not stand there. head: the first bytes of a file, uncompressed. */
export function traceVersion(head: Uint8Array): number | null {
  const [, digits] = /^go 1\.(\d+) trace\0+$/.exec(String.fromCharCode(...head.subarray(0, HEAD))) ?? []
  return digits === undefined ? null : Number(digits)
}

export const isExecutionTrace = (head: Uint8Array): boolean => traceVersion(head) !== null
