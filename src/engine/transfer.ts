/** The buffers of an answer's columns, to be handed over instead of copied. One level of objects deep. */
export function transferables(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const visit = (v: unknown, depth: number) => {
    if (ArrayBuffer.isView(v)) {
      if (v.buffer instanceof ArrayBuffer) buffers.add(v.buffer)
    } else if (depth > 0 && v !== null && typeof v === 'object') {
      for (const inner of Object.values(v)) visit(inner, depth - 1)
    }
  }
  visit(value, 2)
  return [...buffers]
}
