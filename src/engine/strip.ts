/** One file of a document that has several, as it is shared: a profile without what strips it, see ExportInput. */
import type { ReadOptions } from '../core/formats/index.ts'
import { Engine } from './engine.ts'
import { kindOf } from './kinds/index.ts'
import type { DocumentKind } from './kinds/kind.ts'
import { profileKind } from './kinds/profile.ts'
import { knownError } from './known-error.ts'
import type { FileRequest } from './protocol.ts'

/** Whether a file is read as a profile, told from its beginning. Logs, dumps, traces and results of benchmarks are not. */
export async function isProfileFile(known: readonly DocumentKind[], source: FileRequest): Promise<boolean> {
  return (await kindOf(known, null, source))?.id === profileKind.id
}

/** In pprof's format, not compressed. Null for what is no profile, and for one that cannot be read. */
export async function strip(
  known: readonly DocumentKind[],
  source: FileRequest,
  options: Partial<ReadOptions>,
): Promise<{ bytes: Uint8Array<ArrayBuffer> } | null> {
  if (!(await isProfileFile(known, source))) return null
  const engine = new Engine()
  try {
    const { name, file } = source
    const { defaultSampleType } = await engine.open({ name, source: file }, () => undefined, options)
    const asked = { exporter: 'pprof' as const, name, sampleType: defaultSampleType, order: 'size' as const }
    const { bytes } = await engine.export({ ...asked, stripped: true })
    return { bytes }
  } catch (error) {
    if (knownError(error)) return null
    throw error
  }
}
