/**
 * Links to what the server of this page stores: `?p=` names the content itself; `?stored=` what is stored, where that is
 * another one: sealed bytes, whose key is in the fragment (`key=`), or an investigation.
 */
import { parseDocumentId } from '../core/documents/document.ts'
import { parseInvestigation, STORE_PATH, STORED_ID } from '../core/service/stored.ts'
import type { Link } from '../core/view/permalink.ts'
import { EngineFailure } from '../engine/client.ts'
import type { Address } from './address.ts'
import type { GivenSource } from './documents.ts'
import { fetchProfile } from './fetch-profile.ts'
import { linkedId } from './linked-id.ts'
import type { Notices } from './notices.ts'
import type { Opening } from './opening.ts'
import type { Job } from './queue.ts'
import { isSealed, unseal } from './sealing.ts'
import { serverOffer } from './server.ts'
import type { OpenDocument, Source } from './store.ts'

interface Needs {
  signal: AbortSignal
  /** Address of the page. */
  href: string
  carry: Address['carry']
  opening: Pick<Opening, 'openFetched'>
  notify: Notices['notify']
}

const valueIn = (pairs: readonly (readonly [string, string])[], key: string) =>
  pairs.find(([name]) => name === key)?.[1] ?? ''

const without = (pairs: readonly [string, string][], key: string) => pairs.filter(([name]) => name !== key)

/** Null where the link leads to nothing that is stored here. */
export async function openStored(link: Link, needs: Needs): Promise<OpenDocument | null> {
  const stored = valueIn(link.unknownQuery, 'stored')
  if (stored === '') return openContents(link, needs)
  const { carry, opening, signal, href, notify } = needs
  const { view, names } = link
  // From here on the document's own address says it, or `sealed` does.
  carry({ unknownQuery: without(link.unknownQuery, 'stored') })
  if (!STORED_ID.test(stored)) {
    notify({ kind: 'link-note', note: { code: 'unreadable', key: 'stored' } })
    return null
  }
  const key = valueIn(link.unknownFragment, 'key')
  let wasSealed = false
  const get = async (id: string, job: Job) => {
    const got = await openedFile(id, key, href, job)
    wasSealed ||= got.sealed !== undefined
    return got
  }
  const all = async (job: Job): Promise<{ sources: GivenSource[]; kind: string | null }> => {
    const { file, sealed } = await get(stored, job)
    const investigation = file.size < 65_536 ? parseInvestigation(await file.text()) : null
    if (!investigation)
      return { sources: [{ name: names[0] ?? 'profile.pb.gz', file, address: null, sealed }], kind: null }
    const sources: GivenSource[] = []
    for (const part of investigation.files) {
      sources.push({ name: part.name, ...(await get(part.stored ?? part.id, job)), address: null })
    }
    return { sources, kind: investigation.kind || null }
  }
  const opened = await opening.openFetched(names[0] ?? stored.slice(0, 8), all, { view, signal })
  if (opened && wasSealed) carry({ sealed: { [opened.id]: { stored, key } } })
  return opened
}

/** The files of the document that the link names, where all of them are stored. */
async function openContents(link: Link, { opening, signal, href, notify }: Needs) {
  const { view, names } = link
  const wanted = parseDocumentId(view.profile)
  if (!wanted || !serverOffer()?.store) return null
  const ids = wanted.sources
  const isStored = async (id: string) =>
    (await fetch(addressOf(id, href), { method: 'HEAD', signal, cache: 'no-store' })).ok
  try {
    if (!(await Promise.all(ids.map(isStored))).every(Boolean)) return null
  } catch {
    // Without a connection the link's other ways are left.
    return null
  }
  const keys = valueIn(link.unknownFragment, 'key').split('.')
  const nameOf = (i: number) => (names.length === ids.length && names[i]) || 'profile.pb.gz'
  const all = async (job: Job) => {
    const sources: GivenSource[] = []
    for (const [i, id] of ids.entries()) {
      sources.push({ name: nameOf(i), ...(await openedFile(id, keys[i] ?? '', href, job)), address: null })
    }
    return { sources, kind: wanted.kind }
  }
  const opened = await opening.openFetched(ids.map((_, i) => nameOf(i)).join(' + '), all, { view, signal })
  if (opened && ![opened.id, linkedId(opened)].includes(view.profile))
    notify({ kind: 'source-changed', name: opened.name })
  return opened
}

/** What is stored, unsealed where it is sealed. */
async function openedFile(
  stored: string,
  key: string,
  href: string,
  job: Job,
): Promise<Pick<Source, 'file' | 'sealed'>> {
  const file = await download(stored, href, job)
  return (await isSealed(file)) ? { file: await unseal(file, key), sealed: { stored, key } } : { file }
}

const addressOf = (id: string, href: string) => new URL(STORE_PATH + id, href)

async function download(id: string, href: string, job: Job): Promise<Blob> {
  const abort = new AbortController()
  job.stop = () => abort.abort()
  const onBytes = (bytes: number, totalBytes: number) =>
    job.progress({ stage: 'read', share: totalBytes > 0 ? bytes / totalBytes : 0, bytes, totalBytes })
  try {
    return (await fetchProfile(addressOf(id, href), href, abort.signal, onBytes)).file
  } catch (thrown) {
    if (!(thrown instanceof EngineFailure) || thrown.error.facts.status !== 404) throw thrown
    throw new EngineFailure({ code: 'fetch', message: 'not stored any more', facts: { reason: 'not-stored' } })
  }
}
