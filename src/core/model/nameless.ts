/** What pprof prints for a frame that nobody gave a name: the last part of its binary's path, or that it is unknown. */
export function namelessIn(binary: string): string {
  if (binary === '') return '<unknown>'
  return `[${binary.slice(Math.max(binary.lastIndexOf('/'), binary.lastIndexOf('\\')) + 1)}]`
}
