/** The files that the build made, as they are or as it compressed them (scripts/compress.mjs). */
import { readdirSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { answerBytes } from './bytes.ts'
import { NOTHING_HERE, sentence } from './feature.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/** What a browser takes, best first; '' = nothing but the file as it is. */
export function bestEncoding(accepted: string): 'br' | 'gzip' | '' {
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : ''
}

const ENDINGS = { br: '.br', gzip: '.gz', '': '' }

/**
 * Answers for the files of a folder, by their paths from it with a slash in front. They are listed once, so no path leads
 * elsewhere; names that begin with a dot are left out. headersOf: further headers of what is at a path.
 */
export function builtFiles(folder: string, headersOf: (path: string) => Record<string, string>) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const paths = new Set(names.map((name) => `/${name.split(sep).join('/')}`).filter((path) => !path.includes('/.')))
  return async (request: Request): Promise<Response> => {
    const path = decodeURIComponent(new URL(request.url).pathname)
    const type = TYPES[extname(path)]
    if (!type || !paths.has(path)) return sentence(404, NOTHING_HERE)
    const best = bestEncoding(request.headers.get('accept-encoding') ?? '')
    const encoding = paths.has(path + ENDINGS[best]) ? best : ''
    return sendFile(request, join(folder, path + ENDINGS[encoding]), {
      'Content-Type': type,
      Vary: 'Accept-Encoding',
      ...(encoding === '' ? {} : { 'Content-Encoding': encoding }),
      ...headersOf(path),
    })
  }
}

/** A file may be gone, after an upgrade, or the system may have no room to open it: both are answered in words. */
async function sendFile(request: Request, file: string, headers: Record<string, string>): Promise<Response> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file)
    const { size, mtimeMs } = await handle.stat()
    const etag = `${size.toString(36)}-${mtimeMs.toString(36)}${headers['Content-Encoding'] ?? ''}`
    const from = handle
    return await answerBytes(request, { size, etag, read: (first, last) => readPart(from, first, last) }, headers)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? sentence(404, 'This file is gone: the app was built anew. Load the page again.', NOT_KEPT)
      : sentence(503, 'This file of the app cannot be read now. Try again in a while.', NOT_KEPT)
  } finally {
    await handle?.close()
  }
}

const NOT_KEPT = { 'Cache-Control': 'no-store' }

/** Read at once, since a stream that breaks could say so to nobody: the largest file is under a megabyte. */
async function readPart(from: FileHandle, first: number, last: number): Promise<ReadableStream<Uint8Array>> {
  const bytes = new Uint8Array(last - first + 1)
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await from.read(bytes, at, bytes.length - at, first + at)
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.')
    at += bytesRead
  }
  return new Blob([bytes]).stream()
}
