/** The store over HTTP: PUT, GET, HEAD and DELETE below /store/. There is no list of what it holds. */
import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import {
  DELETE_TOKEN_HEADER,
  EXPIRES_HEADER,
  KEEP_HEADER,
  NAME_HEADER,
  STORE_PATH,
  STORED_ID,
  type StoredInvestigation,
  type StoreError,
  type StoreErrorCode,
} from '../../core/service/stored.ts'
import { answerBytes } from '../bytes.ts'
import type { App, Feature } from '../feature.ts'
import { isForeign } from '../guard.ts'
import { type BlobStore, StoreFailure } from './blobs.ts'
import { charge, createStore, type Store } from './store.ts'
import { arriving, Refused, stage, type UploadLimits } from './upload.ts'

export interface StoreLimits extends UploadLimits {
  /** Bytes of everything together; 0 = no limit. */
  quota: number
  /** Longest time that something is kept, in seconds; 0 = for good. */
  mostSeconds: number
  /** Uploads at one time; more wait for an answer of 503. */
  mostUploads: number
}

export const DEFAULT_LIMITS: StoreLimits = {
  mostBytes: 64 * 1024 ** 2,
  mostRawBytes: 512 * 1024 ** 2,
  idleMs: 20_000,
  leastRate: 8000,
  rateAfterMs: 30_000,
  quota: 10 * 1024 ** 3,
  mostSeconds: 30 * 86_400,
  mostUploads: 256,
}

interface StoreFeatureOptions {
  blobs: BlobStore
  limits: StoreLimits
  /** A title and a picture for programs that look at links. */
  previews?: boolean
  /** Told of what a person who runs the server should know. */
  warn?: (sentence: string) => void
}

const SWEEP_MS = 600_000
const MOST_PICTURE_BYTES = 512 * 1024

const STATUS: Readonly<Record<StoreErrorCode, number>> = {
  address: 400,
  foreign: 403,
  'too-large': 413,
  'unpacks-too-far': 413,
  'no-profile': 415,
  'wrong-hash': 422,
  damaged: 422,
  'parts-missing': 422,
  full: 507,
  slow: 408,
  'cut-off': 400,
  'store-failed': 503,
  'not-here': 404,
  'wrong-token': 403,
}

function refuse(code: StoreErrorCode, message: string): Response {
  const body: StoreError = { error: code, message }
  return Response.json(body, {
    status: STATUS[code],
    headers: { 'Cache-Control': 'no-store', ...(STATUS[code] === 503 && { 'Retry-After': '5' }) },
  })
}

export interface StoreFeature extends Feature {
  store: Store
  /** What all that is stored counts against the quota, as far as this server knows; those of other servers count from the next sweep on. */
  used(): number
  /** Uploads that are under way. */
  uploads(): number
}

/** Stored bytes are never a page: whatever they hold, nothing of it runs. */
const INERT = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Content-Disposition': 'attachment',
  // Deleted is deleted: whoever has it asks whether it is still there.
  'Cache-Control': 'private, no-cache',
}

export async function storeFeature({
  blobs,
  limits,
  previews = false,
  warn = () => {},
}: StoreFeatureOptions): Promise<StoreFeature> {
  const store = createStore(blobs)
  let used = 0
  let underWay = 0
  /** Of uploads that are under way: it counts before it is stored. */
  let incoming = 0

  /** Counts bytes that come until `leave` is called. Throws where there is no room for them. */
  function arrival() {
    let counted = 0
    return {
      grow(bytes: number): void {
        counted += bytes
        incoming += bytes
        if (limits.quota > 0 && used + incoming > limits.quota) throw new Refused('full', 'The store is full.')
      },
      leave(): void {
        incoming -= counted
      },
    }
  }

  const failed = (error: unknown): Response => {
    if (error instanceof Refused) return refuse(error.code, error.message)
    if (!(error instanceof StoreFailure)) throw error
    warn(error.message)
    return error.code === 'disk-full' ? refuse('full', error.message) : refuse('store-failed', error.message)
  }

  /** Since the start. */
  let added = 0
  const add = (bytes: number) => {
    used += bytes
    added += bytes
  }

  async function measure(): Promise<void> {
    const before = added
    // What was added meanwhile may have been seen or not; until the next time it rather counts twice than not at all.
    used = (await store.used()) + added - before
  }

  async function lookThrough(...steps: (() => Promise<void>)[]): Promise<void> {
    try {
      for (const step of steps) await step()
    } catch (error) {
      warn(`The store could not be looked through: ${(error as Error).message}`)
    }
  }
  await lookThrough(measure)
  const timer = setInterval(() => void lookThrough(store.sweep, measure), SWEEP_MS)
  timer.unref()

  function seconds(c: Context): number {
    const text = c.req.header(KEEP_HEADER) ?? String(limits.mostSeconds)
    if (!/^\d{1,10}$/.test(text))
      throw new Refused('address', `${KEEP_HEADER} takes whole seconds, of ten digits at most.`)
    const asked = Number(text)
    if (limits.mostSeconds === 0) return asked
    return asked === 0 ? limits.mostSeconds : Math.min(asked, limits.mostSeconds)
  }

  async function upload(c: Context, body: IncomingMessage, id: string): Promise<Response> {
    const { outgoing } = c.env as Connection
    const path = await blobs.stagingPath()
    const { grow, leave } = arrival()
    try {
      const keep = seconds(c)
      // The hold, and what the last block of the content is filled up with.
      grow(2 * charge(1))
      const staged = await stage(body, path, limits, grow)
      if (staged.id !== id) {
        throw new Refused('wrong-hash', `What was sent is ${staged.id}, not ${id}: it was changed on the way.`)
      }
      if (staged.investigation) await allParts(staged.investigation)
      const { added, answer } = await store.put(id, staged.file, nameIn(c), keep)
      add(added)
      takenBackUnlessHeard(outgoing, id, answer.deleteToken)
      return Response.json(answer, { status: 201, headers: { 'Cache-Control': 'no-store' } })
    } finally {
      leave()
      await rm(path, { force: true }).catch(() => {})
    }
  }

  /** Nobody could delete an upload whose sender left before the answer: it ends at once. */
  function takenBackUnlessHeard(outgoing: ServerResponse, id: string, token: string): void {
    const takeBack = () => {
      if (outgoing.writableFinished) return
      store.remove(id, token).catch((error: Error) => warn(`An upload that was given up stays: ${error.message}`))
    }
    if (outgoing.closed) takeBack()
    else outgoing.once('close', takeBack)
  }

  async function allParts({ files }: StoredInvestigation): Promise<void> {
    for (const { id, stored, name } of files) {
      if (!(await store.find(stored ?? id))) {
        throw new Refused('parts-missing', `${name || id} is not stored; an investigation comes after its files.`)
      }
    }
  }

  async function send(c: Context, id: string): Promise<Response> {
    const found = await store.find(id)
    if (!found) return notHere()
    const read = async (first: number, last: number) =>
      partOf(await store.read(id, found.variant, first, last), found.size)
    const expires: Record<string, string> = found.expires === null ? {} : { [EXPIRES_HEADER]: String(found.expires) }
    return answerBytes(
      c.req.raw,
      { size: found.size, etag: `${id}${found.variant.slice(0, 16)}`, read },
      { ...INERT, ...expires },
    )
  }

  async function putPicture(c: Context, body: IncomingMessage, id: string): Promise<Response> {
    if (!previews) return refuse('not-here', 'This server keeps no pictures.')
    const token = c.req.header(DELETE_TOKEN_HEADER) ?? ''
    const holdKey = await store.holdOf(id, token)
    if (holdKey === null) return refuse('wrong-token', 'Only who stored this may add a picture to it.')
    const parts: Buffer[] = []
    let size = 0
    const { grow, leave } = arrival()
    try {
      grow(charge(1))
      for await (const part of arriving(body, limits)) {
        size += part.length
        if (size > MOST_PICTURE_BYTES) throw new Refused('too-large', 'This picture is too large.')
        grow(part.length)
        parts.push(part)
      }
      const bytes = Buffer.concat(parts)
      if (!bytes.subarray(0, 8).equals(PNG)) throw new Refused('no-profile', 'This is no PNG.')
      add(await store.putPicture(holdKey, bytes))
    } finally {
      leave()
    }
    return new Response(null, { status: 204 })
  }

  async function sendPicture(c: Context, id: string): Promise<Response> {
    const found = previews && (await store.find(id))
    const picture = found && (await store.findPicture(found.holdKey))
    if (!picture) return refuse('not-here', 'There is no picture.')
    const { size, modified } = picture
    const read = async (first: number, last: number) =>
      partOf(await store.readPicture(found.holdKey, first, last), size)
    return answerBytes(
      c.req.raw,
      { size, etag: `${size.toString(36)}-${modified.toString(36)}`, read },
      {
        'Content-Type': 'image/png',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        // Programs of other sites show it.
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': 'no-cache',
      },
    )
  }

  function routes(app: App): void {
    app.use(`/${STORE_PATH}*`, async (c, next) => {
      // Programs that look at links, and nobody else, fetch pictures from elsewhere.
      const isPicture = c.req.method === 'GET' && c.req.path.endsWith('/picture')
      if (!isForeign(c.req.raw.headers) || isPicture) return next()
      return refuse('foreign', 'Pages of other sites may not use this store.')
    })
    const inWords = (answer: (c: Context, id: string) => Promise<Response>) => async (c: Context) => {
      try {
        return await answer(c, idOf(c))
      } catch (error) {
        return leaveRest(c, failed(error))
      }
    }
    const idOf = (c: Context) => {
      const id = c.req.param('id') ?? ''
      if (!STORED_ID.test(id)) throw new Refused('address', 'What is stored has a name of 43 letters, digits, - and _.')
      return id
    }
    const body = (c: Context) => (c.env as Connection).incoming
    const counted = async (c: Context, id: string) => {
      if (underWay >= limits.mostUploads) {
        throw new StoreFailure('unreachable', 'Too many uploads at one time; try again in a moment.')
      }
      underWay++
      try {
        return await upload(c, body(c), id)
      } finally {
        underWay--
      }
    }
    const remove = async (c: Context, id: string) => {
      const outcome = await store.remove(id, c.req.header(DELETE_TOKEN_HEADER) ?? '')
      if (outcome === 'removed') return new Response(null, { status: 204 })
      return outcome === 'not-here' ? notHere() : refuse('wrong-token', 'This token deletes nothing here.')
    }
    app.put(`/${STORE_PATH}:id`, inWords(counted))
    app.get(`/${STORE_PATH}:id`, inWords(send))
    app.delete(`/${STORE_PATH}:id`, inWords(remove))
    app.put(
      `/${STORE_PATH}:id/picture`,
      inWords((c, id) => putPicture(c, body(c), id)),
    )
    app.get(
      `/${STORE_PATH}:id/picture`,
      inWords((c, id) => sendPicture(c, id)),
    )
    app.all(`/${STORE_PATH}*`, () => refuse('address', 'The store knows PUT, GET, HEAD and DELETE of a name.'))
  }

  return {
    store,
    routes,
    offer: { store: { mostBytes: limits.mostBytes, mostSeconds: limits.mostSeconds, previews } },
    used: () => used,
    uploads: () => underWay,
    close: () => clearInterval(timer),
  }
}

/** What the server of Node gives with a request. */
interface Connection {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

/** A part of what was just found to have this size; throws a StoreFailure where it is gone, or another, by now. */
function partOf(part: Awaited<ReturnType<BlobStore['get']>>, size: number): ReadableStream<Uint8Array> {
  if (part?.size !== size) {
    part?.stream.destroy()
    throw new StoreFailure('unreachable', 'What is stored could not be read at this moment.')
  }
  return Readable.toWeb(part.stream) as ReadableStream<Uint8Array>
}

const notHere = () => refuse('not-here', 'Nothing is stored under this name, or nothing any more.')

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Text for people, of any letters, of a length that fits into a list. */
function nameIn(c: Context): string {
  try {
    return decodeURIComponent(c.req.header(NAME_HEADER) ?? '')
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, 255)
  } catch {
    return ''
  }
}

/** Milliseconds that a refused body is still taken, so that whoever sends it hears the answer. */
const FAREWELL_MS = 1000

/** What is still coming of a refused body is thrown away, for a moment; then the connection ends. */
function leaveRest(c: Context, answer: Response): Response {
  const { incoming, outgoing } = c.env as Connection
  const { socket } = incoming
  if (incoming.complete || !socket) return answer
  answer.headers.set('Connection', 'close')
  incoming.resume()
  const end = () => socket.destroy()
  outgoing.once('finish', () => setTimeout(end, FAREWELL_MS).unref())
  return answer
}
