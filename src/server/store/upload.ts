/** One upload: from the network to a temporary file, looked at and hashed as it comes, in bounded memory. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { constants, createGunzip, type Gunzip } from 'node:zlib'
import {
  INVESTIGATION_MARK,
  parseInvestigation,
  type StoredInvestigation,
  type StoreErrorCode,
} from '../../core/service/stored.ts'
import type { StagedFile } from './blobs.ts'
import { Content } from './content.ts'
import { failureOf } from './folder.ts'

export interface UploadLimits {
  /** Bytes as they are sent. */
  mostBytes: number
  /** Bytes once unpacked. */
  mostRawBytes: number
  /** Milliseconds without a byte. */
  idleMs: number
  /** Bytes a second, on average over the time that they were waited for. */
  leastRate: number
  /** Milliseconds of waiting before the rate counts. */
  rateAfterMs: number
}

/** Why an upload is not taken; nothing of it is left. */
export class Refused extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
  ) {
    super(message)
  }
}

export interface Staged {
  id: string
  file: StagedFile
  /** What it says, where it is one. */
  investigation: StoredInvestigation | null
}

/**
 * How much more than was sent may come out of gzip, beyond a small file: profiles and logs are 2 to 60 times as large, what
 * somebody made to keep a server busy a thousand times.
 */
const MOST_RATIO = 100
const SMALL_BYTES = 8 * 1024 ** 2

/** Most bytes of an investigation's text. */
const MOST_TEXT = 64 * 1024

const megabytes = (bytes: number) => `${Math.round((bytes / 1024 ** 2) * 10) / 10} MB`

/**
 * Reads the body into the file at `path`. grow: called with every piece before it is written; throws when there is no room.
 * Rejects with Refused, or with a StoreFailure when the disk fails; then the file is gone.
 */
export async function stage(
  body: IncomingMessage,
  path: string,
  limits: UploadLimits,
  grow: (bytes: number) => void,
): Promise<Staged> {
  try {
    return await read(body, path, limits, grow)
  } catch (error) {
    await rm(path, { force: true }).catch(() => {})
    throw error instanceof Refused ? error : failureOf(error)
  }
}

async function read(
  body: IncomingMessage,
  path: string,
  limits: UploadLimits,
  grow: (bytes: number) => void,
): Promise<Staged> {
  const { mostBytes, mostRawBytes } = limits
  const announced = Number(body.headers['content-length'] ?? 0)
  const tooLarge = () => new Refused('too-large', `This server takes ${megabytes(mostBytes)} at most.`)
  if (announced > mostBytes) throw tooLarge()
  const sent = createHash('sha256')
  const content = new Content()
  let size = 0
  const unpack = (raw: Uint8Array) => {
    if (content.hash.bytes + raw.length > mostRawBytes) {
      throw new Refused('unpacks-too-far', `This unpacks to more than ${megabytes(mostRawBytes)}.`)
    }
    if (content.hash.bytes > SMALL_BYTES && content.hash.bytes > size * MOST_RATIO) {
      throw new Refused('unpacks-too-far', `This unpacks to more than ${MOST_RATIO} times its size.`)
    }
    content.update(raw)
  }
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  let failed: Error | null = null
  out.on('error', (error) => {
    failed = error
  })
  let unzip: Unzip | null = null
  let first: Buffer | null = null
  try {
    for await (const piece of arriving(body, limits)) {
      size += piece.length
      if (size > mostBytes) throw tooLarge()
      grow(piece.length)
      sent.update(piece)
      if (!out.write(piece) && !failed) await once(out, 'drain')
      if (failed) throw failed
      // The mark of gzip may be cut.
      const beginning: Buffer = first ? piece : Buffer.concat([piece])
      if (!first) {
        first = beginning
        if (beginning[0] === 0x1f && (beginning.length < 2 || beginning[1] === 0x8b)) unzip = new Unzip(unpack)
      }
      if (unzip) await unzip.write(piece)
      else unpack(piece)
    }
    await unzip?.end()
    if (size === 0) throw new Refused('no-profile', 'Nothing was sent.')
    out.end()
    if (!out.writableFinished && !failed) await once(out, 'finish')
    if (failed) throw failed
  } catch (error) {
    out.destroy()
    unzip?.destroy()
    throw error
  }
  if (unzip && content.isOwn) {
    throw new Refused('damaged', 'What is sealed, and an investigation, is sent as it is, not inside gzip.')
  }
  if (content.kind() === 'none') {
    throw new Refused('no-profile', 'This is neither a profile nor another file that Hotzone reads.')
  }
  const file = { path, size, sha256: sent.digest('hex') }
  return { id: content.hash.finish(), file, investigation: await investigationIn(file) }
}

async function investigationIn({ path, size }: StagedFile): Promise<StoredInvestigation | null> {
  if (size > MOST_TEXT) return null
  const text = await readFile(path, 'utf8')
  if (!text.startsWith(INVESTIGATION_MARK)) return null
  const read = parseInvestigation(text)
  if (!read) throw new Refused('no-profile', 'This names itself an investigation and cannot be read as one.')
  return read
}

/** Pieces of the body. Rejects when it is cut off, and when nothing comes for too long, or too little. Leaves the connection open: who sends hears why. */
export async function* arriving(
  body: IncomingMessage,
  { idleMs, leastRate, rateAfterMs }: Pick<UploadLimits, 'idleMs' | 'leastRate' | 'rateAfterMs'>,
): AsyncGenerator<Buffer> {
  let received = 0
  let waited = 0
  const pieces = body.iterator({ destroyOnReturn: false })
  let stop: NodeJS.Timeout | undefined
  const slow = () =>
    new Promise<never>((_, reject) => {
      stop = setTimeout(() => reject(new Refused('slow', `Nothing was sent for ${idleMs / 1000} seconds.`)), idleMs)
    })
  try {
    for (;;) {
      const next = pieces.next()
      // It fails when the connection ends, which nobody waits for any more once it was too slow.
      next.catch(() => {})
      const asked = performance.now()
      const { done, value } = await Promise.race([next, slow()])
      clearTimeout(stop)
      if (done) break
      waited += performance.now() - asked
      received += (value as Buffer).length
      if (waited > rateAfterMs && received < (leastRate * waited) / 1000) {
        throw new Refused('slow', `This came at less than ${leastRate / 1000} kB a second.`)
      }
      yield value as Buffer
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('cut-off', 'The connection ended before all was sent.')
  } finally {
    clearTimeout(stop)
  }
  if (!body.complete) throw new Refused('cut-off', 'The connection ended before all was sent.')
}

/** Gunzip that waits for who takes its output. */
class Unzip {
  private readonly gunzip: Gunzip = createGunzip({ finishFlush: constants.Z_FINISH, chunkSize: 64 * 1024 })
  private failed: unknown = null
  private written = 0

  constructor(take: (raw: Uint8Array) => void) {
    this.gunzip.on('data', (raw: Buffer) => {
      try {
        if (this.failed === null) take(raw)
      } catch (error) {
        this.failed = error
        this.gunzip.destroy()
      }
    })
    this.gunzip.on('error', () => {
      this.failed ??= new Refused('damaged', 'This begins like gzip and cannot be unpacked.')
    })
  }

  async write(piece: Uint8Array): Promise<void> {
    if (this.failed === null) {
      this.written += piece.length
      await new Promise<void>((resolve) => {
        this.gunzip.once('close', resolve)
        this.gunzip.write(piece, () => {
          this.gunzip.off('close', resolve)
          resolve()
        })
      })
    }
    if (this.failed !== null) throw this.failed
  }

  async end(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.gunzip.once('close', resolve))
    this.gunzip.end()
    await ended
    // Node leaves some of what comes after the last member alone, readers in browsers do not.
    if (this.gunzip.bytesWritten < this.written) {
      this.failed ??= new Refused('damaged', 'There is something else after the compressed data.')
    }
    if (this.failed !== null) throw this.failed
  }

  destroy(): void {
    this.gunzip.destroy()
  }
}
