/** A document of evidence: reads texts with every reader at once, so that a log may hold several kinds. */
import { documentId } from '../core/documents/document.ts'
import { EVIDENCE, type EvidenceInfo, type LineAccount, type PartId } from '../core/evidence/document.ts'
import { evidenceKinds } from '../core/evidence/kinds.ts'
import { LineSplitter } from '../core/evidence/lines.ts'
import type { EvidenceCode, EvidencePart, EvidenceReader, FileTable } from '../core/evidence/reader.ts'
import { FormatError } from '../core/formats/format-error.ts'
import { Engine } from './engine.ts'
import { EngineFailure } from './failure.ts'
import type { HeldDocument } from './kinds/kind.ts'
import { heldProfile } from './kinds/profile.ts'
import { knownError } from './known-error.ts'
import type { EngineError, OpenRequest, Progress } from './protocol.ts'
import { readText, type TextOptions } from './text.ts'

/** How much of a line a sentence can quote. */
const QUOTED = 60

/** What texts hold: the parts by name, and an account of their lines. */
interface Evidence {
  /** By source; '' = it could not be read. */
  sourceIds: readonly string[]
  failed: { name: string; error: EngineError }[]
  parts: ReadonlyMap<PartId, EvidencePart>
  info: EvidenceInfo
}

/**
 * Reads texts, one after the other, as streams. A file that cannot be read is left out and named as long as another one
 * can. Throws FormatError, and EngineFailure where nothing could be read.
 */
export async function readEvidence(
  sources: OpenRequest['sources'],
  onProgress: (progress: Progress) => void,
  options: TextOptions,
): Promise<Evidence> {
  const kinds = await Promise.all(evidenceKinds.map(async ({ part, load }) => ({ part, code: await load() })))
  const found = new Map<PartId, FileTable<unknown>[]>()
  const totalBytes = sources.reduce((sum, { file }) => sum + file.size, 0)
  const all: LineAccount = { lines: 0, leftOut: 0, firstLeftOut: '' }
  const sourceIds: string[] = []
  const failed: Evidence['failed'] = []
  let before = 0
  for (const { name, file } of sources) {
    let text = new TextReader(kinds)
    try {
      const id = await readText(file, options, {
        onText: (piece) => text.push(piece),
        onRestart() {
          text = new TextReader(kinds)
        },
        onBytes(read) {
          const bytes = before + read
          onProgress({ stage: 'decode', share: totalBytes > 0 ? bytes / totalBytes : 1, bytes, totalBytes })
        },
      })
      for (const { part, table } of text.end()) {
        const files = found.get(part) ?? []
        found.set(part, files)
        files.push({ name, table })
      }
      all.lines += text.account.lines
      all.leftOut += text.account.leftOut
      all.firstLeftOut ||= text.account.firstLeftOut
      sourceIds.push(id)
    } catch (thrown) {
      const error = knownError(thrown)
      if (!error || sources.length === 1) throw thrown
      failed.push({ name, error })
      sourceIds.push('')
    }
    before += file.size
  }
  const [only] = failed
  if (only && failed.length === sources.length) throw new EngineFailure(only.error)
  if (found.size === 0) {
    throw new FormatError('no-evidence', 'No evidence is in it.', { lines: all.lines, start: all.firstLeftOut })
  }
  const parts = new Map(
    kinds.flatMap(({ part, code }) => {
      const files = found.get(part)
      return files ? [[part, code.join(files)] as const] : []
    }),
  )
  const info = Object.fromEntries([...parts].map(([part, { info }]) => [part, info]))
  return { sourceIds, failed, parts, info: { parts: info, ...all } }
}

type Kinds = readonly { part: PartId; code: EvidenceCode<PartId, unknown> }[]

/** Hands the lines of one file to a reader of each kind. */
class TextReader {
  readonly account: LineAccount = { lines: 0, leftOut: 0, firstLeftOut: '' }
  private readonly readers: { part: PartId; reader: EvidenceReader<unknown> }[]
  private readonly splitter = new LineSplitter((line, number) => this.line(line, number))

  constructor(kinds: Kinds) {
    this.readers = kinds.map(({ part, code }) => ({ part, reader: code.newReader() }))
  }

  push(piece: string): void {
    this.splitter.push(piece)
  }

  end(): { part: PartId; table: unknown }[] {
    this.splitter.end()
    return this.readers.flatMap(({ part, reader }) => {
      const table = reader.end()
      return table === null ? [] : [{ part, table }]
    })
  }

  private line(line: string, number: number): void {
    // Every reader sees every line: where the lines of others begin, its own may end.
    let taken = false
    for (const { reader } of this.readers) if (reader.line(line, number)) taken = true
    if (line.trim() === '') return
    this.account.lines++
    if (taken) return
    if (this.account.leftOut++ === 0) {
      this.account.firstLeftOut = line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line
    }
  }
}

export async function openEvidence(
  { sources, first }: OpenRequest,
  onProgress: (progress: Progress) => void,
  options: TextOptions,
): Promise<HeldDocument> {
  const { sourceIds, failed, parts, info } = await readEvidence(sources, onProgress, options)
  const name = sources.flatMap(({ name }, i) => (sourceIds[i] === '' ? [] : [name])).join(' + ')
  const id = documentId(
    EVIDENCE,
    sourceIds.filter((id) => id !== ''),
  )
  const profile = [...parts.values()].find((part) => part.profile)?.profile?.()
  // Stacks that a text holds answer what a profile is asked.
  let held: HeldDocument | null = null
  if (profile && profile.samples.length > 0) {
    const engine = new Engine()
    const fileBytes = sources.reduce((sum, { file }) => sum + file.size, 0)
    const about = await engine.hold(profile, { reads: [], name, fileBytes })
    held = heldProfile(engine, EVIDENCE, { ...about, ...info, id, rawBytes: fileBytes }, first, onProgress)
  }
  return {
    opened: {
      head: { id, kind: EVIDENCE, name, program: '', time: 0 },
      info,
      first: null,
      ...held?.opened,
      sourceIds,
      failed,
    },
    answer(request) {
      if (held && request.call !== 'ask') return held.answer(request)
      if (request.call === 'ask') {
        // "part.question", as evidenceRequest() writes it.
        const [part, question] = request.args.question.split('.')
        const held = parts.get(part as PartId)
        if (held && question) return held.answer(question, request.args.args)
      }
      throw new EngineFailure({ code: 'internal', message: `This evidence has no ${request.call}.`, facts: {} })
    },
  }
}
