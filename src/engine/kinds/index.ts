/** The kinds of documents, in the order in which a file is tried. */
import { benchmarkKind } from './benchmark.ts'
import { comparisonKind } from './comparison.ts'
import { evidenceKind } from './evidence.ts'
import type { DocumentKind } from './kind.ts'
import { profileKind } from './profile.ts'

export const kinds: readonly DocumentKind[] = [benchmarkKind, evidenceKind, comparisonKind, profileKind]

/** Bytes that a kind is told by. */
const HEAD_BYTES = 4096

/** The kind that a request names, or that knows its first file. */
export async function kindOf(
  all: readonly DocumentKind[],
  kind: string | null,
  { name, file }: { name: string; file: Blob },
): Promise<DocumentKind | undefined> {
  if (kind !== null) return all.find(({ id }) => id === kind)
  // Nothing is read twice where there is nothing to choose.
  const told = all.filter(({ detect }) => detect)
  if (told.length === 1) return told[0]
  const head = await headOf(file)
  for (const kind of told) if (await kind.detect?.(head, name)) return kind
  return all.find(({ detect }) => !detect)
}

/** The first bytes of what a file holds. Of damaged data as many as there are. */
async function headOf(file: Blob): Promise<Uint8Array> {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (a !== 0x1f || b !== 0x8b) return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const head = new Uint8Array(HEAD_BYTES)
  let length = 0
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    while (length < HEAD_BYTES) {
      const { done, value } = await reader.read()
      if (done) break
      head.set(value.subarray(0, HEAD_BYTES - length), length)
      length += Math.min(value.length, HEAD_BYTES - length)
    }
    await reader.cancel()
  } catch {
    // Whoever reads the file says what is wrong with it.
  }
  return head.subarray(0, length)
}
