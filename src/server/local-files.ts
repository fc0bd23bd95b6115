/** The files named on the command line, by their number. Nothing else of the disk can be reached. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { answerBytes } from './bytes.ts'
import { type Feature, NOTHING_HERE, sentence } from './feature.ts'

/** Where file n is served; its name may hold anything that a disk allows. */
export function localAddress(n: number, file: string): string {
  return `/local/${n}/${encodeURIComponent(basename(file))}`
}

/** files: read afresh on every request, at /local/<n>/<name>. */
export function localFiles(files: readonly string[]): Feature {
  return {
    routes: (app) =>
      void app.get('/local/*', (c) => {
        const path = decodeURIComponent(new URL(c.req.url).pathname)
        return sendFile(
          c.req.raw,
          files.find((file, n) => `/local/${n}/${basename(file)}` === path),
        )
      }),
  }
}

async function sendFile(request: Request, file: string | undefined): Promise<Response> {
  if (file === undefined) return sentence(404, NOTHING_HERE)
  let size: number
  let etag: string
  try {
    const info = await stat(file)
    if (!info.isFile()) return sentence(404, `${basename(file)} is not a file any more.`)
    size = info.size
    etag = `${info.ino.toString(36)}-${size.toString(36)}-${info.mtimeMs.toString(36)}`
  } catch {
    return sentence(404, `${basename(file)} cannot be read any more.`)
  }
  // `end` keeps the promise of Content-Length when the file grows meanwhile.
  const read = (start: number, end: number) =>
    Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream<Uint8Array>
  return answerBytes(request, { size, etag, read }, { 'Cache-Control': 'no-store' })
}
