const UNKNOWN = '<unknown>'

/** What pprof prints for a frame that nobody gave a name: the last part of its binary's path, or that it is unknown. */
export function namelessIn(binary: string): string {
  if (binary === '') return UNKNOWN
  return `[${binary.slice(Math.max(binary.lastIndexOf('/'), binary.lastIndexOf('\\')) + 1)}]`
}

/** Whether a name is what namelessIn() made: many functions have it, none is called so. */
export const isNameless = (name: string): boolean => name === UNKNOWN || (name.startsWith('[') && name.endsWith(']'))
