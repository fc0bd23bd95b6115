/** Keeps what is on screen in the store of this page's server, as it is, stripped or sealed, and deletes it later. */
import { INVESTIGATION } from '../core/documents/document.ts'
import { ContentHash } from '../core/formats/content-hash.ts'
import {
  DELETE_TOKEN_HEADER,
  KEEP_HEADER,
  NAME_HEADER,
  STORE_PATH,
  type StoredAnswer,
  type StoredInvestigation,
  type StoreError,
  type StoreErrorCode,
} from '../core/service/stored.ts'
import { emptyLink, formatLink, type Link } from '../core/view/permalink.ts'
import { querySpecOf } from '../core/view/view-state.ts'
import { gzip } from './exporting.ts'
import { newKey, seal } from './sealing.ts'
import type { Session } from './session.ts'
import { browserStorage } from './storage.ts'
import { currentDocument, currentProfile, type OpenDocument, sampleTypeRow } from './store.ts'

export interface ShareOptions {
  sealed: boolean
  /** A profile without labels, build ids, comments, and the folders of files. */
  stripped: boolean
  /** Only what the filters leave of a profile. */
  filtered: boolean
  /** Seconds that it is kept; 0 = as long as the server allows. */
  seconds: number
  /** A picture for programs that look at links; null = none. */
  picture: Blob | null
}

/** Something that was stored from this browser. */
export interface SharedRow {
  /** What is stored, the last one the one that the link names. */
  parts: { id: string; token: string }[]
  name: string
  link: string
  /** Seconds since 1970; null = never. */
  expires: number | null
  sealed: boolean
}

/** What the store answered; code 'network' where nothing answered. */
export class ShareFailure extends Error {
  constructor(
    readonly code: StoreErrorCode | 'network',
    message: string,
  ) {
    super(message)
  }
}

interface Part {
  /** Of the content, as it opens. */
  id: string
  name: string
  file: Blob
}

const MOST_ROWS = 100

export function createSharing({ get, askOnce, addressOf }: Session) {
  const storage = browserStorage()
  const home = () => new URL(STORE_PATH, document.baseURI)

  /** What was stored from here and is not known to have ended, newest first. */
  function shared(): SharedRow[] {
    try {
      const rows = JSON.parse(storage.readChoice('shared') ?? '[]') as SharedRow[]
      return rows.filter(({ parts, expires }) => parts.length > 0 && (expires === null || expires * 1000 > Date.now()))
    } catch {
      return []
    }
  }

  const keepRows = (rows: readonly SharedRow[]) =>
    storage.writeChoice('shared', JSON.stringify(rows.slice(0, MOST_ROWS)))

  async function ask(path: string, init: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await fetch(new URL(path, home()), { ...init, referrerPolicy: 'no-referrer' })
    } catch (thrown) {
      throw new ShareFailure('network', String(thrown))
    }
    if (response.ok) return response
    const said = (await response.json().catch(() => null)) as StoreError | null
    // A proxy in front of the server has words of its own.
    const code = said?.error ?? (response.status === 413 ? 'too-large' : 'store-failed')
    throw new ShareFailure(code, said?.message ?? `HTTP ${response.status}`)
  }

  async function put(file: Blob, name: string, seconds: number): Promise<StoredAnswer> {
    const headers: Record<string, string> = { 'Content-Type': 'application/octet-stream' }
    if (name !== '') headers[NAME_HEADER] = encodeURIComponent(name.slice(0, 255).replace(/\p{Surrogate}/gu, '\uFFFD'))
    if (seconds > 0) headers[KEEP_HEADER] = String(seconds)
    const response = await ask(await contentId(file), { method: 'PUT', body: file, headers })
    return (await response.json()) as StoredAnswer
  }

  /** The profile on screen in pprof's format. */
  async function exportProfile(filtered: boolean, stripped: boolean): Promise<Blob> {
    const { view, ...state } = get()
    const profile = currentProfile(state)
    if (!profile) throw new Error('no profile is open')
    const { bytes } = await askOnce(profile, 'export', {
      exporter: 'pprof',
      name: profile.name,
      sampleType: sampleTypeRow(profile.info, view.sampleType),
      order: view.order,
      stripped,
      ...(filtered ? { query: querySpecOf(view) } : {}),
    })
    return gzip(bytes)
  }

  async function partsOf(shown: OpenDocument, { stripped, filtered }: ShareOptions): Promise<Part[]> {
    const [only] = shown.sources
    if (shown.sources.length > 1 || !only || !(stripped || filtered)) return [...shown.sources]
    const file = await exportProfile(filtered, stripped)
    return [{ id: await contentId(file), name: only.name, file }]
  }

  /** Stores the document on screen. Resolves to the row of it, whose link is for everybody. Rejects with ShareFailure. */
  async function share(options: ShareOptions): Promise<SharedRow> {
    const state = get()
    const shown = currentDocument(state)
    if (!shown) throw new Error('nothing is open')
    const { sealed, filtered, seconds } = options
    const key = sealed ? newKey() : ''
    const parts = await partsOf(shown, options)
    const answers: StoredAnswer[] = []
    try {
      for (const { name, file } of parts) {
        answers.push(await put(sealed ? await seal(file, key) : file, sealed ? '' : name, seconds))
      }
      // What the filters left needs them no more.
      const view = { ...state.view, profile: '', ...(filtered ? { filters: [], transforms: [] } : {}) }
      const link = emptyLink(view)
      link.names = parts.map(({ name }) => name)
      const [only] = parts
      if (parts.length === 1 && shown.kind !== INVESTIGATION && only && !sealed) {
        link.view = { ...view, profile: only.id }
      } else {
        let named = answers[0] as StoredAnswer
        if (parts.length > 1 || shown.kind === INVESTIGATION) {
          // The text names the files: a link of fifty would be too long.
          link.names = [shown.name]
          const text = new Blob([JSON.stringify(listOf(shown, parts, answers, link, sealed))])
          named = await put(sealed ? await seal(text, key) : text, sealed ? '' : shown.name, seconds)
          answers.push(named)
        }
        link.unknownQuery = [['stored', named.id]]
        if (sealed) link.unknownFragment = [['key', key]]
      }
      const row: SharedRow = {
        parts: answers.map(({ id, deleteToken }) => ({ id, token: deleteToken })),
        name: shown.name,
        link: addressOf(link),
        expires: soonest(answers),
        sealed,
      }
      keepRows([row, ...shared()])
      if (options.picture && !sealed) await putPicture(answers.at(-1) as StoredAnswer, options.picture)
      return row
    } catch (thrown) {
      // Half of it is of no use to anybody.
      await Promise.allSettled(answers.map(({ id, deleteToken }) => removePart(id, deleteToken)))
      throw thrown
    }
  }

  /** A link without a picture is as good. */
  async function putPicture({ id, deleteToken }: StoredAnswer, picture: Blob): Promise<void> {
    const headers = { 'Content-Type': 'image/png', [DELETE_TOKEN_HEADER]: deleteToken }
    await ask(`${id}/picture`, { method: 'PUT', body: picture, headers }).catch(() => {})
  }

  async function removePart(id: string, token: string): Promise<void> {
    try {
      await ask(id, { method: 'DELETE', headers: { [DELETE_TOKEN_HEADER]: token } })
    } catch (thrown) {
      // Gone is gone, whoever removed it.
      if (!(thrown instanceof ShareFailure) || !['not-here', 'wrong-token'].includes(thrown.code)) throw thrown
    }
  }

  /** Deletes what a row stands for. Rejects with ShareFailure; then the row stays. */
  async function unshare(row: SharedRow): Promise<void> {
    // What the link names goes first: then the link leads nowhere, whatever happens to the rest.
    for (const { id, token } of row.parts.toReversed()) await removePart(id, token)
    keepRows(shared().filter(({ link }) => link !== row.link))
  }

  return { share, shared, unshare }
}

function listOf(
  shown: OpenDocument,
  parts: readonly Part[],
  answers: readonly StoredAnswer[],
  link: Link,
  sealed: boolean,
): StoredInvestigation {
  return {
    hotzone: 'investigation',
    version: 1,
    kind: shown.kind,
    files: parts.map(({ id, name }, i) => ({
      id,
      name: name.slice(0, 255),
      ...(sealed ? { stored: answers[i]?.id ?? '' } : {}),
    })),
    view: formatLink(link).hash.replace(/^#/, '').slice(0, 20_000),
  }
}

function soonest(answers: readonly StoredAnswer[]): number | null {
  const ends = answers.flatMap(({ expires }) => expires ?? [])
  return ends.length > 0 ? Math.min(...ends) : null
}

/** Of what is in the file: gzip is undone first. */
async function contentId(file: Blob): Promise<string> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  const stream = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const hash = new ContentHash(file.size)
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return hash.finish()
    await hash.update(value)
  }
}
