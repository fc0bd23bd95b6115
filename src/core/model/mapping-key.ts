import type { Mapping } from './profile.ts'

/** Mappings of as many pages are the same binary. */
const PAGE = 0x1000n

/** The same binary is one mapping wherever it was loaded, as pprof tells (Mapping.key of google/pprof profile/merge.go). */
export function mappingKey({
  start,
  limit,
  offset,
  buildId,
  file,
}: Pick<Mapping, 'start' | 'limit' | 'offset' | 'buildId' | 'file'>): string {
  const pages = (BigInt.asUintN(64, limit - start) + PAGE - 1n) / PAGE
  return [pages, BigInt.asUintN(64, offset), buildId || file].join('\0')
}
