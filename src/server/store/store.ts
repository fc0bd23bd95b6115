/**
 * What is stored and for how long, over a BlobStore that several servers may share.
 *
 * Each upload of a content leaves a *hold*, an object whose name says all:
 * `holds/ab/cd/<id>/<hash of the delete token>.<seconds since 1970 when it ends>.<variant>`. A content is there for as long as
 * one of its holds is. So two uploads of one content do not know of each other, deleting one leaves the other, and no object
 * is ever read, changed and written back, which would need conditional writes.
 *
 * One content can come as different bytes: uncompressed, or as another gzip. They lie under a name of their own,
 * `blobs/ab/cd/<id>.<variant>`, the variant being the SHA-256 of the bytes as they were sent, so that nothing is ever
 * replaced; and all holds of a content name one variant, the one that came first. Uploads agree on it by *claims*
 * (`claims/ab/cd/<id>/<variant>.<random>`): an upload writes a claim, then lists claims, then holds, and writes its hold only
 * where all of them name its variant; then it takes its claim back. Of two that claim different variants at least one sees the
 * other's claim, or the hold that came of it. Who sees another variant takes that one or stays, by chance, and tries again,
 * so that a claim of a server that crashed holds up nobody.
 *
 * Bytes without a hold are removed later (`sweep`), never while an upload could rely on them: the sweeper leaves a mark
 * before it looks for holds; an upload that finds the mark, once its hold is written, waits for it, and puts its bytes again
 * where they are gone.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { STORED_ID } from '../../core/service/stored.ts'
import { type BlobStore, type StagedFile, type StoredBlob, StoreFailure } from './blobs.ts'

/** What is left without a hold is removed no earlier, whatever the clocks of several servers say. */
const GRACE_MS = 3_600_000

/** A sweeper that stopped half-way leaves its mark; it counts no longer than this. */
const LONGEST_MARK_MS = 60_000

/** Of one content: every request for it lists them. */
const MOST_HOLDS = 100

/** Times that an upload tries to agree with others. */
const MOST_TRIES = 30

/** A server that was killed leaves its claim; it counts no longer than this. */
const LONGEST_CLAIM_MS = 600_000

/** In a claim's name, the variant of a store of the first version, whose bytes have the name of the content alone. */
const FIRST_VERSION = '-'

/** A content and a variant of it, or a hold, in a form of which a million fit into memory; of two that look alike neither is swept. */
const noted = (id: string, variant: string) => `${id.slice(0, 8)}${variant.slice(0, 4)}`

/** Every object takes at least a block of a disk, and fills its last one by half on average. */
const BLOCK = 4096

/** What an object of so many bytes counts against the quota. */
export const charge = (size: number): number => Math.max(1, Math.ceil(size / BLOCK)) * BLOCK

interface Hold {
  key: string
  tokenHash: string
  /** 0 = never. */
  expires: number
  /** '' = of a store of the first version, which kept one. */
  variant: string
  /** Milliseconds since 1970. */
  begun: number
}

const fanOut = (id: string) => `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`
const blobKey = (id: string, variant: string) => `blobs/${fanOut(id)}${variant && `.${variant}`}`
const claimsOf = (id: string) => `claims/${fanOut(id)}/`
const holdsOf = (id: string) => `holds/${fanOut(id)}/`
/** Of the upload that left the hold. */
const pictureKey = (holdKey: string) => holdKey.replace(/^holds/, 'pictures').replace(/\.[^/]*$/, '')
const markKey = (id: string) => `sweeping/${id}`

function readHold({ key, modified }: StoredBlob): Hold | null {
  const [tokenHash = '', expires = '', variant = ''] = (key.split('/').at(-1) ?? '').split('.')
  return /^\d+$/.test(expires) ? { key, tokenHash, expires: Number(expires), variant, begun: modified } : null
}

const meanwhile = () =>
  new StoreFailure('unreachable', 'The same was stored or removed by others at this moment; send it again.')

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

export type Store = ReturnType<typeof createStore>

/** now: milliseconds since 1970. */
export function createStore(blobs: BlobStore, now: () => number = Date.now) {
  /** The oldest first. */
  async function holds(id: string): Promise<Hold[]> {
    const all: Hold[] = []
    for await (const blob of blobs.list(holdsOf(id))) {
      const hold = readHold(blob)
      if (hold) all.push(hold)
    }
    return all.sort((a, b) => a.begun - b.begun)
  }

  const lasts = ({ expires }: Hold) => expires === 0 || expires * 1000 > now()

  const isThere = async (id: string, variant: string) => (await blobs.head(blobKey(id, variant))) !== null

  /**
   * Stores a content under its name. seconds: 0 = for good. Resolves once a crash could not lose it.
   * added: what it counts against the quota, beyond what was there before.
   */
  async function put(id: string, file: StagedFile, name: string, seconds: number) {
    const token = randomBytes(32).toString('base64url')
    const expires = seconds === 0 ? 0 : Math.ceil(now() / 1000 + seconds)
    if ((await holds(id)).length >= MOST_HOLDS) {
      throw new StoreFailure('disk-full', `This is stored ${MOST_HOLDS} times already; its link opens it.`)
    }
    const note = new TextEncoder().encode(JSON.stringify({ name }))
    let added = charge(note.length)
    /** Whether the bytes of the variant are there, now that this upload's own are put where they were not. */
    const have = async (variant: string) => {
      if (await isThere(id, variant)) return true
      if (variant !== file.sha256) return false
      await blobs.put(blobKey(id, variant), file)
      added += charge(file.size)
      return true
    }
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const { variant, claimKey } = await claim(id, file.sha256, have)
      const key = `${holdsOf(id)}${hashOf(token)}.${expires}${variant && `.${variant}`}`
      try {
        await blobs.putBytes(key, note)
      } finally {
        await blobs.delete(claimKey)
      }
      await noSweeper(id)
      // A sweeper that looked before the hold was there may have taken what an earlier upload left.
      if (await have(variant)) {
        return { added, answer: { id, deleteToken: token, expires: expires === 0 ? null : expires } }
      }
      await blobs.delete(key)
    }
    throw meanwhile()
  }

  /**
   * Agrees with all other uploads of the content on the bytes that stand for it. have: see put. The claim stays until it is
   * deleted; it is good for a hold that is written at once.
   */
  async function claim(id: string, own: string, have: (variant: string) => Promise<boolean>) {
    let variant = own
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      variant = (await namedByHolds(id)) ?? variant
      if (!(await have(variant))) {
        variant = own
        await have(own)
      }
      const begun = now()
      const claimKey = `${claimsOf(id)}${variant || FIRST_VERSION}.${randomBytes(8).toString('hex')}`
      await blobs.putBytes(claimKey, new Uint8Array(0))
      const others = await claimed(id)
      // After the claims: one that is gone has become a hold.
      const named = await namedByHolds(id)
      if (named !== null) others.add(named)
      others.delete(variant)
      if (others.size === 0 && now() - begun < LONGEST_CLAIM_MS / 2) return { variant, claimKey }
      await blobs.delete(claimKey)
      const [other] = others
      if (other !== undefined && randomInt(2) === 0) variant = other
      await wait(randomInt(10 * (tries + 1)))
    }
    throw meanwhile()
  }

  async function claimed(id: string): Promise<Set<string>> {
    const variants = new Set<string>()
    for await (const { key, modified } of blobs.list(claimsOf(id))) {
      const [variant = ''] = (key.split('/').at(-1) ?? '').split('.')
      if (now() - modified < LONGEST_CLAIM_MS) variants.add(variant === FIRST_VERSION ? '' : variant)
    }
    return variants
  }

  /** The variant that the holds of a content name, whose bytes are there; null = no hold. */
  async function namedByHolds(id: string): Promise<string | null> {
    const variants = new Set((await holds(id)).map(({ variant }) => variant))
    for (const variant of variants) if (await isThere(id, variant)) return variant
    return null
  }

  /** Waits, once the hold is written, for a sweeper that may not have seen it. */
  async function noSweeper(id: string): Promise<void> {
    for (const begun = now(); now() - begun < LONGEST_MARK_MS; await wait(200)) {
      const mark = await blobs.head(markKey(id))
      if (!mark || now() - mark.modified > LONGEST_MARK_MS) return
    }
  }

  /**
   * Null where there is nothing, or nothing any more. variant: of the bytes that stand for the content. holdKey: of the oldest
   * hold, whose name and picture are shown. expires: null = never.
   */
  async function find(id: string) {
    if (!STORED_ID.test(id)) return null
    const lasting = (await holds(id)).filter(lasts)
    for (const { variant, key } of lasting) {
      const blob = await blobs.head(blobKey(id, variant))
      if (!blob) continue
      const ends = lasting.map(({ expires }) => expires)
      return { size: blob.size, variant, expires: ends.includes(0) ? null : Math.max(...ends), holdKey: key }
    }
    return null
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

  /** Removes what nobody holds any more. */
  async function sweep(): Promise<void> {
    const held = new Set<string>()
    for await (const blob of blobs.list('holds/')) {
      const hold = readHold(blob)
      if (!hold) continue
      if (hold.expires !== 0 && hold.expires * 1000 + GRACE_MS < now()) await end(hold)
      else held.add(noted(blob.key.split('/').at(-2) ?? '', hold.variant)).add(noted(hold.tokenHash, ''))
    }
    for await (const { key, modified } of blobs.list('blobs/')) {
      const [id = '', variant = ''] = (key.split('/').at(-1) ?? '').split('.')
      if (!held.has(noted(id, variant)) && now() - modified > GRACE_MS) await sweepOne(id)
    }
    for await (const { key, modified } of blobs.list('pictures/')) {
      if (!held.has(noted(key.slice(-43), '')) && now() - modified > GRACE_MS) await blobs.delete(key)
    }
    for (const folder of ['claims/', 'sweeping/']) {
      for await (const { key, modified } of blobs.list(folder)) {
        if (now() - modified > GRACE_MS) await blobs.delete(key)
      }
    }
  }

  /** Removes the variants of a content that no hold and no claim names. */
  async function sweepOne(id: string): Promise<void> {
    await blobs.putBytes(markKey(id), new Uint8Array(0))
    try {
      const named = await claimed(id)
      for (const { variant } of await holds(id)) named.add(variant)
      for await (const { key, modified } of blobs.list(`blobs/${id.slice(0, 2)}/${id.slice(2, 4)}/`)) {
        const [other = '', variant = ''] = (key.split('/').at(-1) ?? '').split('.')
        if (other === id && !named.has(variant) && now() - modified > GRACE_MS) await blobs.delete(key)
      }
    } finally {
      await blobs.delete(markKey(id))
    }
  }

  /** What all that is stored counts against the quota. */
  async function used(): Promise<number> {
    let bytes = 0
    for (const folder of ['blobs/', 'holds/', 'pictures/', 'claims/']) {
      for await (const { size } of blobs.list(folder)) bytes += charge(size)
    }
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
    read: (id: string, variant: string, first: number, last: number) =>
      blobs.get(blobKey(id, variant), { first, last }),
    findPicture: (holdKey: string) => blobs.head(pictureKey(holdKey)),
    readPicture: (holdKey: string, first: number, last: number) => blobs.get(pictureKey(holdKey), { first, last }),
    /** Resolves to what it counts against the quota, beyond the picture whose place it takes. */
    async putPicture(holdKey: string, bytes: Uint8Array): Promise<number> {
      const before = await blobs.head(pictureKey(holdKey))
      await blobs.putBytes(pictureKey(holdKey), bytes)
      return charge(bytes.length) - (before ? charge(before.size) : 0)
    },
  }
}
