/**
 * What is stored and for how long, over a BlobStore that several servers may share.
 *
 * The bytes of a content lie once, under its name: `blobs/ab/cd/<id>`, as they came first: other bytes of the same content
 * (uncompressed, or another gzip of it) do not take their place. Each upload of it leaves a *hold*, an object whose
 * name says all: `holds/ab/cd/<id>/<hash of the delete token>.<seconds since 1970 when it ends>`. A content is there for as long as one of its holds is. So two
 * uploads of one content do not know of each other, deleting one leaves the other, and no object is ever read, changed and
 * written back, which would need conditional writes.
 *
 * Bytes without a hold are removed later (`sweep`), never while an upload could rely on them: the sweeper leaves a mark
 * before it looks for holds; an upload that finds the mark, once its hold is written, waits for it, and puts its bytes again
 * where they are gone.
 */
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { STORED_ID } from '../../core/service/stored.ts'
import { type BlobStore, type StagedFile, StoreFailure } from './blobs.ts'

/** What is left without a hold is removed no earlier, whatever the clocks of several servers say. */
const GRACE_MS = 3_600_000

/** A sweeper that stopped half-way leaves its mark; it counts no longer than this. */
const LONGEST_MARK_MS = 60_000

/** Of one content: every request for it lists them. */
const MOST_HOLDS = 100

interface Hold {
  key: string
  tokenHash: string
  /** 0 = never. */
  expires: number
  /** Milliseconds since 1970. */
  begun: number
}

const fanOut = (id: string) => `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`
const blobKey = (id: string) => `blobs/${fanOut(id)}`
const holdsOf = (id: string) => `holds/${fanOut(id)}/`
const picturesOf = (id: string) => `pictures/${fanOut(id)}/`
/** Of the upload that left the hold. */
const pictureKey = (holdKey: string) => holdKey.replace(/^holds/, 'pictures').replace(/\.\d+$/, '')
const markKey = (id: string) => `sweeping/${id}`

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

export type Store = ReturnType<typeof createStore>

/** now: milliseconds since 1970. */
export function createStore(blobs: BlobStore, now: () => number = Date.now) {
  /** The oldest first. */
  async function holds(id: string): Promise<Hold[]> {
    const all: Hold[] = []
    for await (const { key, modified } of blobs.list(holdsOf(id))) {
      const [tokenHash = '', expires = ''] = (key.split('/').at(-1) ?? '').split('.')
      if (/^\d+$/.test(expires)) all.push({ key, tokenHash, expires: Number(expires), begun: modified })
    }
    return all.sort((a, b) => a.begun - b.begun)
  }

  const lasts = ({ expires }: Hold) => expires === 0 || expires * 1000 > now()

  /** Null where there is nothing, or nothing any more. key: of the oldest hold, whose name and picture are shown. */
  async function held(id: string): Promise<{ expires: number | null; key: string } | null> {
    const lasting = (await holds(id)).filter(lasts)
    const [first] = lasting
    if (!first) return null
    const ends = lasting.map(({ expires }) => expires)
    return { expires: ends.includes(0) ? null : Math.max(...ends), key: first.key }
  }

  /**
   * Stores a content under its name. seconds: 0 = for good. Resolves once a crash could not lose it.
   * added: bytes that were not there before.
   */
  async function put(id: string, file: StagedFile, name: string, seconds: number) {
    const token = randomBytes(32).toString('base64url')
    const expires = seconds === 0 ? 0 : Math.ceil(now() / 1000 + seconds)
    if ((await holds(id)).length >= MOST_HOLDS) {
      throw new StoreFailure('disk-full', `This is stored ${MOST_HOLDS} times already; its link opens it.`)
    }
    let added = 0
    const putNew = async () => {
      if (await blobs.head(blobKey(id))) return
      await blobs.put(blobKey(id), file)
      added = file.size
    }
    await putNew()
    const key = `${holdsOf(id)}${hashOf(token)}.${expires}`
    await blobs.putBytes(key, new TextEncoder().encode(JSON.stringify({ name })))
    await noSweeper(id)
    // A sweeper that looked before the hold was there may have taken what an earlier upload left.
    if (added === 0) await putNew()
    if (!(await blobs.head(blobKey(id)))) {
      throw new StoreFailure(
        'unreachable',
        'What an earlier upload left was being removed at this moment; send it again.',
      )
    }
    return { added, answer: { id, deleteToken: token, expires: expires === 0 ? null : expires } }
  }

  /** Waits, once the hold is written, for a sweeper that may not have seen it. */
  async function noSweeper(id: string): Promise<void> {
    for (const begun = now(); now() - begun < LONGEST_MARK_MS; await wait(200)) {
      const mark = await blobs.head(markKey(id))
      if (!mark || now() - mark.modified > LONGEST_MARK_MS) return
    }
  }

  async function find(id: string): Promise<{ size: number; expires: number | null; holdKey: string } | null> {
    if (!STORED_ID.test(id)) return null
    const hold = await held(id)
    const blob = hold && (await blobs.head(blobKey(id)))
    return blob ? { size: blob.size, expires: hold.expires, holdKey: hold.key } : null
  }

  async function nameOf(holdKey: string): Promise<string> {
    const found = await blobs.get(holdKey)
    if (!found) return ''
    const parts: Buffer[] = []
    for await (const part of found.stream) parts.push(part as Buffer)
    try {
      return String((JSON.parse(Buffer.concat(parts).toString()) as { name?: unknown }).name ?? '')
    } catch {
      return ''
    }
  }

  /** Ends the hold that the token belongs to. */
  async function remove(id: string, token: string): Promise<'removed' | 'wrong-token' | 'not-here'> {
    if (!STORED_ID.test(id)) return 'not-here'
    const all = await holds(id)
    if (all.length === 0) return 'not-here'
    const wanted = hashOf(token)
    const own = all.find(({ tokenHash }) => tokenHash === wanted)
    if (!own) return 'wrong-token'
    await end(own)
    return 'removed'
  }

  async function end({ key }: Hold): Promise<void> {
    await blobs.delete(key)
    await blobs.delete(pictureKey(key))
  }

  /** Key of the hold that the token belongs to; null = of none of this content. */
  async function holdOf(id: string, token: string): Promise<string | null> {
    if (!STORED_ID.test(id)) return null
    const wanted = hashOf(token)
    return (await holds(id)).find((hold) => hold.tokenHash === wanted && lasts(hold))?.key ?? null
  }

  /** Removes what nobody holds any more. Resolves to the bytes that are left. */
  async function sweep(): Promise<number> {
    let left = 0
    for await (const { key, size, modified } of blobs.list('blobs/')) {
      const id = key.split('/').at(-1) ?? ''
      const all = await holds(id)
      const ended = all.filter(({ expires }) => expires !== 0 && expires * 1000 + GRACE_MS < now())
      for (const hold of ended) await end(hold)
      if (all.length > ended.length || now() - modified < GRACE_MS || !(await sweepOne(id))) left += size
    }
    return left
  }

  async function sweepOne(id: string): Promise<boolean> {
    await blobs.putBytes(markKey(id), new Uint8Array(0))
    try {
      const blob = await blobs.head(blobKey(id))
      if ((await holds(id)).length > 0 || (blob && now() - blob.modified < GRACE_MS)) return false
      await blobs.delete(blobKey(id))
      for await (const { key } of blobs.list(picturesOf(id))) await blobs.delete(key)
      return true
    } finally {
      await blobs.delete(markKey(id))
    }
  }

  async function used(): Promise<number> {
    let bytes = 0
    for await (const { size } of blobs.list('blobs/')) bytes += size
    return bytes
  }

  return {
    blobs,
    put,
    find,
    nameOf,
    remove,
    holdOf,
    sweep,
    used,
    read: (id: string, first: number, last: number) => blobs.get(blobKey(id), { first, last }),
    hasPicture: async (holdKey: string) => (await blobs.head(pictureKey(holdKey))) !== null,
    readPicture: (holdKey: string) => blobs.get(pictureKey(holdKey)),
    putPicture: (holdKey: string, bytes: Uint8Array) => blobs.putBytes(pictureKey(holdKey), bytes),
  }
}
