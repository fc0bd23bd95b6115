/** What an execution trace of Go is told by. */
const HEADER = /^go 1\.\d+ trace\0/

/** head: the first bytes of a file, uncompressed. */
export const isExecutionTrace = (head: Uint8Array): boolean => HEADER.test(String.fromCharCode(...head.subarray(0, 16)))
