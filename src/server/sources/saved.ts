/** Captures that lie on disk since earlier, saved by this command or by `go tool pprof` (captures.ts), to be opened without the service. */
import { constants } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { SavedCaptures, SavedFile } from '../../core/live/protocol.ts'
import type { Bytes } from '../bytes.ts'
import { keptFolder } from './captures.ts'

/** Rows of the list. */
const MOST_LISTED = 200
/** Files that are looked at. */
const MOST_LOOKED_AT = 10_000

/** Names that saveCapture() and pprof give: no folder, no drive, nothing hidden. */
const NAME = /^[^./\\:\p{Cc}][^/\\:\p{Cc}]{0,250}\.\d{3,5}\.(pb\.gz|out|txt|json)$/u

/** The newest first. */
export async function savedCaptures(env = process.env): Promise<SavedCaptures> {
  const folder = keptFolder(env)
  const looked = await Promise.all((await namesIn(folder)).map((name) => fileOf(folder, name)))
  const files = looked.filter((file) => file !== null)
  files.sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1))
  return { folder, files: files.slice(0, MOST_LISTED), leftOut: Math.max(0, files.length - MOST_LISTED) }
}

/** None where nothing was saved yet. */
async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(folder)) {
      if (NAME.test(name)) names.push(name)
      if (names.length === MOST_LOOKED_AT) break
    }
  } catch {
    // It is made with the first capture.
  }
  return names
}

/** Null for what is no file, links among that: they could lead out of the folder. */
async function fileOf(folder: string, name: string): Promise<SavedFile | null> {
  try {
    const stats = await lstat(join(folder, name))
    return stats.isFile() ? { name, time: Math.round(stats.mtimeMs), size: stats.size } : null
  } catch {
    return null
  }
}

/** A file of the list, to be sent; null where there is none of that name. */
export async function savedFile(name: string, env = process.env): Promise<Bytes | null> {
  const folder = keptFolder(env)
  const file = NAME.test(name) ? await fileOf(folder, name) : null
  if (!file) return null
  const { size, time } = file
  return {
    size,
    etag: `${size.toString(36)}-${time.toString(36)}`,
    // One that grows is sent as it was.
    read: (first, last) => readPart(join(folder, name), first, last),
  }
}

/** Rejects where it went meanwhile or may not be read, and where what was a file a moment ago is a link or a pipe now. */
async function readPart(path: string, first: number, last: number): Promise<ReadableStream<Uint8Array>> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const handle = await open(path, flags)
  if ((await handle.stat()).isFile())
    return Readable.toWeb(handle.createReadStream({ start: first, end: last })) as ReadableStream<Uint8Array>
  await handle.close()
  throw new Error(`${path} is no file any more.`)
}
