/** Texts that commands read as evidence: files, or standard input. */
import { openAsBlob, readFileSync } from 'node:fs'
import type { EvidenceParts, LineAccount, PartId } from '../core/evidence/document.ts'
import type { EvidencePart } from '../core/evidence/reader.ts'
import { MAX_RAW_BYTES } from '../core/formats/index.ts'
import { unpack } from '../core/formats/unpack.ts'
import { readEvidence } from '../engine/evidence.ts'

interface Read<P extends PartId> extends LineAccount {
  info: EvidenceParts[P]
  /** Answers a question of the part. */
  ask(question: string, args?: unknown): unknown
  /** A file could not be read, and the others were. */
  failed: boolean
}

/**
 * What the files hold of one kind. Files that cannot be read are told on stderr. Throws Error where nothing could be read,
 * and, with `none`, where nothing of the kind is there.
 */
export async function readPart<P extends PartId>(files: readonly string[], part: P, none: string): Promise<Read<P>> {
  const sources = await Promise.all(
    files.map(async (name) => ({ name, file: name === '-' ? new Blob([readFileSync(0)]) : await openAsBlob(name) })),
  )
  const { parts, failed, info } = await readEvidence(sources, () => undefined, { unpack, maxRawBytes: MAX_RAW_BYTES })
  for (const { name, error } of failed) process.stderr.write(`hotzone: ${name}: ${error.message}\n`)
  // Parts are kept under their own ids.
  const found = parts.get(part) as EvidencePart<P> | undefined
  if (!found) throw new Error(none)
  const { lines, leftOut, firstLeftOut } = info
  return {
    info: found.info,
    ask: (question, args) => found.answer(question, args),
    failed: failed.length > 0,
    lines,
    leftOut,
    firstLeftOut,
  }
}
