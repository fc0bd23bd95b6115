/** Objects inside objects that are looked into: an opened profile's tree lies deepest. */
const DEPTH = 3

/** The buffers of an answer's columns, to be handed over instead of copied; of lists, only those of columns. */
export function transferables(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const visit = (v: unknown, depth: number) => {
    if (ArrayBuffer.isView(v)) {
      if (v.buffer instanceof ArrayBuffer) buffers.add(v.buffer)
    } else if (Array.isArray(v)) {
      for (const inner of v) visit(inner, 0)
    } else if (depth > 0 && v !== null && typeof v === 'object') {
      for (const inner of Object.values(v)) visit(inner, depth - 1)
    }
  }
  visit(value, DEPTH)
  return [...buffers]
}
