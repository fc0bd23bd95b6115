/** Texts of `go test -bench`, one to twenty: each is a column. What reads them comes when there is one. */
import { isBenchmarkText } from '../../core/benchmark/detect.ts'
import { MAX_RAW_BYTES } from '../../core/formats/index.ts'
import { unpack } from '../../core/formats/unpack.ts'
import type { DocumentKind } from './kind.ts'

export const benchmarkKind: DocumentKind = {
  id: 'benchmark',
  detect: isBenchmarkText,
  read: async (request, onProgress, options) =>
    (await import('../benchmarks.ts')).readBenchmarks(request, onProgress, {
      unpack,
      maxRawBytes: MAX_RAW_BYTES,
      ...options,
    }),
}
