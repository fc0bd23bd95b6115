/** Files → the profile that the engine answers about. */
import { FormatError } from '../core/formats/format-error.ts'
import { type ReadOptions, type ReadResult, readProfile } from '../core/formats/index.ts'
import type { Profile } from '../core/model/profile.ts'
import { EngineFailure } from './failure.ts'
import type { EngineError, Progress } from './protocol.ts'

/** Files that are being read although nobody has asked for them yet. */
const ahead = new WeakMap<Blob, { result: Promise<ReadResult>; onProgress: (p: Progress) => void }>()

/** Begins to read a file, so that readFile of the same Blob goes on from there. */
export function readAhead(source: Blob, options?: Partial<ReadOptions>): void {
  const begun = { onProgress: (_: Progress) => {}, result: read(source, (p) => begun.onProgress(p), options) }
  // Whoever asks for the file hears what is wrong with it.
  begun.result.catch(() => {})
  ahead.set(source, begun)
}

/** Throws EngineFailure. */
export function readFile(
  source: Blob,
  onProgress: (p: Progress) => void,
  options?: Partial<ReadOptions>,
): Promise<ReadResult> {
  const begun = ahead.get(source)
  if (!begun) return read(source, onProgress, options)
  ahead.delete(source)
  begun.onProgress = onProgress
  return begun.result
}

async function read(
  source: Blob,
  onProgress: (p: Progress) => void,
  options?: Partial<ReadOptions>,
): Promise<ReadResult> {
  try {
    return await readProfile(source, {
      seed: (Math.random() * 2 ** 32) | 0,
      onBytes: (bytes, totalBytes) => onProgress({ stage: 'decode', share: bytes / totalBytes, bytes, totalBytes }),
      ...options,
    })
  } catch (error) {
    if (error instanceof FormatError) {
      throw new EngineFailure({ code: error.code, message: error.message, facts: error.facts })
    }
    throw error
  }
}

/** One file after the other. Throws EngineFailure. */
export async function readAll(
  files: readonly Blob[],
  onProgress: (p: Progress) => void,
  options?: Partial<ReadOptions>,
): Promise<ReadResult[]> {
  const reads: ReadResult[] = []
  for (const file of files) reads.push(await readFile(file, onProgress, options))
  return reads
}

/**
 * The same of files some of which may be left out: onUnread is told the row of each that cannot be read, as long as there
 * are two that can. Throws EngineFailure.
 */
export async function readSome(
  files: readonly Blob[],
  onProgress: (p: Progress) => void,
  onUnread: (row: number, error: EngineError) => void,
  options?: Partial<ReadOptions>,
): Promise<ReadResult[]> {
  const reads: ReadResult[] = []
  const unread: [row: number, failure: EngineFailure][] = []
  for (const [row, file] of files.entries()) {
    try {
      reads.push(await readFile(file, onProgress, options))
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error
      unread.push([row, error])
    }
  }
  const [first] = unread
  if (first && reads.length < 2) throw first[1]
  for (const [row, { error }] of unread) onUnread(row, error)
  return reads
}

/** Several files as one, as pprof adds them up. Throws EngineFailure. */
export async function merged(profiles: readonly Profile[]): Promise<Profile> {
  if (profiles.length === 1 && profiles[0]) return profiles[0]
  const { MergeError, mergeProfiles } = await import('../core/compare/merge.ts')
  try {
    return mergeProfiles(profiles)
  } catch (error) {
    if (!(error instanceof MergeError)) throw error
    throw new EngineFailure({ code: 'cannot-merge', message: error.message, facts: {} })
  }
}

/** Without the frames that the file asks to leave out. Few ask: what does it comes when one does. */
export async function shown(profile: Profile): Promise<Profile> {
  if (profile.meta.dropFrames === '') return profile
  const { dropFrames } = await import('../core/query/drop-frames.ts')
  return dropFrames(profile)
}
