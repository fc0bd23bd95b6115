/** A line that `go test -bench` writes: a name, a count of iterations, and a value with its unit. */
const RESULT = /^Benchmark\S*[ \t]+\d+[ \t]+[-+.\w]+[ \t]+[^\s\d]/m
/** What it writes before the first of them. Other lines may stand between, so that the head holds only these. */
const HEAD = /^goos: \S+\r?\ngoarch: \S+\r?\npkg: /m
/** `go test -json`, of which these are the events. */
const EVENT = /^\{"(Time|ImportPath)":"[^"]*","Action":"/

/** Whether a file is text of `go test -bench`. head: its first bytes. */
export function isBenchmarkText(head: Uint8Array): boolean {
  // UTF-16, which PowerShell writes, has a zero beside each of these letters, and a mark of two bytes in front.
  const text = String.fromCharCode(...head).replace(/^\xff\xfe|\0/g, '')
  return [RESULT, HEAD, EVENT].some((mark) => mark.test(text))
}
