/** The kinds of documents, in the order in which a file is tried. */
import { headOf } from '../../core/documents/head.ts'
import { benchmarkKind } from './benchmark.ts'
import { comparisonKind } from './comparison.ts'
import { evidenceKind } from './evidence.ts'
import { investigationKind } from './investigation.ts'
import type { DocumentKind } from './kind.ts'
import { profileKind } from './profile.ts'
import { traceKind } from './trace.ts'

export const kinds: readonly DocumentKind[] = [
  traceKind,
  benchmarkKind,
  evidenceKind,
  comparisonKind,
  investigationKind,
  profileKind,
]

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
