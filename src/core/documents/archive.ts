/** Archives of files: zip and tar, gzipped or not. Comes when one is opened. */
import { Unzip, UnzipInflate } from 'fflate'
import { parseTar } from 'nanotar'
import { FormatError } from '../formats/format-error.ts'
import { type NamedFile, sortedByName } from './named-file.ts'

export { headOf } from './head.ts'

/** Bytes that an archive may have, uncompressed: 1 GiB. */
const MOST_BYTES = 2 ** 30
/** More files than any investigation has. */
const MOST_ENTRIES = 2000

/** What lies in a tar, at byte 257 of its first block. */
const USTAR = 'ustar'

/** Whether a file is an archive. head: its first bytes, uncompressed. */
export function archiveOf(head: Uint8Array): 'zip' | 'tar' | null {
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return 'zip'
  return String.fromCharCode(...head.subarray(257, 262)) === USTAR ? 'tar' : null
}

/** most: bytes that they may have together. The files of an archive, by name, without folders and without what systems hide in it. Throws FormatError. */
export async function filesOf(archive: Blob, kind: 'zip' | 'tar', most = MOST_BYTES): Promise<NamedFile[]> {
  const files = kind === 'zip' ? await unzip(archive, most) : await untar(archive, most)
  const named = files.filter(({ name }) => !/(^|\/)(\.|__MACOSX\/)/.test(name))
  if (named.length === 0) throw new FormatError('empty-archive', 'There is no file in this archive.')
  return sortedByName(named)
}

const tooLarge = (limit: number) =>
  new FormatError('too-large', `The files of this archive have more than ${limit} bytes, or are too many.`, { limit })

async function unzip(archive: Blob, most: number): Promise<NamedFile[]> {
  const files: NamedFile[] = []
  let bytes = 0
  let problem: Error | null = null
  const reader = new Unzip((entry) => {
    if (entry.name.endsWith('/') || problem) return
    if (files.length >= MOST_ENTRIES) problem = tooLarge(most)
    const pieces: Uint8Array<ArrayBuffer>[] = []
    entry.ondata = (error, piece, final) => {
      if (error) problem ??= new FormatError('zip', `The archive is damaged: ${error.message}`)
      bytes += piece?.length ?? 0
      if (bytes > most) problem ??= tooLarge(most)
      if (problem) return
      pieces.push(piece.slice())
      if (final) files.push({ name: entry.name, file: new Blob(pieces) })
    }
    try {
      entry.start()
    } catch (error) {
      problem ??= new FormatError(
        'zip',
        `The archive holds ${entry.name} in a way that cannot be read: ${String(error)}`,
      )
    }
  })
  reader.register(UnzipInflate)
  const stream = archive.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await stream.read()
      reader.push(value ?? new Uint8Array(0), done)
      if (problem) throw problem
      if (done) return files
    }
  } catch (error) {
    if (error instanceof FormatError) throw error
    throw new FormatError('zip', `The archive is damaged: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await stream.cancel().catch(() => undefined)
  }
}

async function untar(archive: Blob, most: number): Promise<NamedFile[]> {
  const bytes = await inflated(archive, most)
  try {
    return parseTar(bytes).flatMap(({ name, type, data }) =>
      data && (type === 'file' || type === undefined)
        ? [{ name, file: new Blob([data as Uint8Array<ArrayBuffer>]) }]
        : [],
    )
  } catch (error) {
    throw new FormatError('zip', `The archive is damaged: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function inflated(file: Blob, most: number): Promise<Uint8Array> {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const packed = a === 0x1f && b === 0x8b
  const stream = packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const reader = stream.getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > most) throw tooLarge(most)
      pieces.push(value as Uint8Array<ArrayBuffer>)
    }
  } catch (error) {
    if (error instanceof FormatError) throw error
    throw new FormatError('gzip-corrupt', `The archive is damaged: ${String(error)}`, { offset: length })
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}
