/**
 * Objects and bytes from those that a heap sampler, one in `rate` bytes, happened to see: each is divided by how likely
 * it was to be seen. Whole numbers, cut as pprof and the Go runtime cut them unless said otherwise.
 */
export function unsampled(count: number, bytes: number, rate: number, whole = Math.trunc): [number, number] {
  if (count === 0 || bytes === 0) return [0, 0]
  if (rate <= 1) return [count, bytes]
  const factor = 1 / (1 - Math.exp(-(bytes / count) / rate))
  return [whole(count * factor), whole(bytes * factor)]
}
