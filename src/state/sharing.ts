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
import { type Send, sendFromBrowser } from './uploading.ts'

export interface ShareOptions {
  sealed: boolean
  /** Profiles without labels, build ids, comments, and the folders of files; of several files only what is a profile. */
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
  /** '' = of an upload that did not end, some of whose files are stored. */
  link: string
  /** Seconds since 1970; null = never. */
  expires: number | null
  sealed: boolean
}

/** How far an upload is. */
export interface ShareProgress {
  /** Files are made ready, sent, and then the list of several files is sent. */
  stage: 'prepare' | 'send' | 'finish'
  /** That have gone. */
  bytes: number
  /** Of all files, as they are sent. */
  totalBytes: number
  /** 0 to 1, of the bytes. */
  share: number
}

export interface ShareControl {
  /** Gives it up: what was stored by then is deleted. */
  signal?: AbortSignal
  onProgress?(progress: ShareProgress): void
}

/**
 * What the store answered. 'network': nothing answered. 'cancelled': given up, nothing of it is stored; 'cancelled-left':
 * given up, and what was stored by then could not be deleted; it is in the list.
 */
export type ShareFailureCode = StoreErrorCode | 'network' | 'cancelled' | 'cancelled-left'

export class ShareFailure extends Error {
  constructor(
    readonly code: ShareFailureCode,
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

/** Tokens are never the same twice; of an upload that goes on the first one stays. */
const isSame = (a: SharedRow, b: SharedRow) => a.parts[0]?.token === b.parts[0]?.token

/** send: how bodies are sent; a test has its own. */
export function createSharing({ get, askOnce, addressOf }: Session, send: Send = sendFromBrowser) {
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

  /** As it is now: whatever happens next, what is stored can be deleted from here. */
  const keepRow = (row: SharedRow) => keepRows([row, ...shared().filter((other) => !isSame(other, row))])
  const dropRow = (row: SharedRow) => keepRows(shared().filter((other) => !isSame(other, row)))

  async function ask(path: string, init: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await fetch(new URL(path, home()), { ...init, referrerPolicy: 'no-referrer' })
    } catch (thrown) {
      throw new ShareFailure('network', String(thrown))
    }
    if (response.ok) return response
    throw refusal(response.status, await response.text().catch(() => ''))
  }

  /** signal: see Sending. */
  async function put(
    file: Blob,
    name: string,
    seconds: number,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<StoredAnswer> {
    const headers: Record<string, string> = { 'Content-Type': 'application/octet-stream' }
    if (name !== '') headers[NAME_HEADER] = encodeURIComponent(name.slice(0, 255).replace(/\p{Surrogate}/gu, '\uFFFD'))
    if (seconds > 0) headers[KEEP_HEADER] = String(seconds)
    const url = new URL(await contentId(file, signal), home())
    const { status, text } = await send(url, { headers, body: file, signal, onBytes }).catch((thrown) => {
      throw signal.aborted ? thrown : new ShareFailure('network', String(thrown))
    })
    if (status !== 201) throw refusal(status, text)
    return JSON.parse(text) as StoredAnswer
  }

  /** The profile on screen in pprof's format. */
  async function exportProfile(filtered: boolean, stripped: boolean, signal: AbortSignal): Promise<Blob> {
    const { view, ...state } = get()
    const profile = currentProfile(state)
    if (!profile) throw new Error('no profile is open')
    const args = {
      exporter: 'pprof' as const,
      name: profile.name,
      sampleType: sampleTypeRow(profile.info, view.sampleType),
      order: view.order,
      stripped,
      ...(filtered ? { query: querySpecOf(view) } : {}),
    }
    return gzip((await askOnce(profile, 'export', args, signal)).bytes)
  }

  /** The profiles among the files: nobody could strip the others, which hold names and paths too. */
  async function strippedParts(shown: OpenDocument, signal: AbortSignal): Promise<Part[]> {
    const parts: Part[] = []
    // One after the other: each may be large.
    for (const { name, file } of shown.sources) {
      const profile = await askOnce(shown, 'strip', { name, file }, signal)
      if (!profile) continue
      const packed = await gzip(profile.bytes)
      parts.push({ id: await contentId(packed, signal), name, file: packed })
    }
    if (parts.length === 0) throw new ShareFailure('no-profile', 'None of the files is a profile.')
    return parts
  }

  /** Ids of the files that are no profiles: nothing of them leaves where profiles are stripped. */
  async function notProfiles(shown: OpenDocument): Promise<Set<string>> {
    const found = new Set<string>()
    for (const { id, name, file } of shown.sources) {
      if (!(await askOnce(shown, 'isProfile', { name, file }))) found.add(id)
    }
    return found
  }

  async function partsOf(
    shown: OpenDocument,
    { stripped, filtered }: ShareOptions,
    signal: AbortSignal,
  ): Promise<Part[]> {
    const [only, ...others] = shown.sources
    if (!only || !(stripped || filtered)) return [...shown.sources]
    if (others.length > 0) return stripped ? strippedParts(shown, signal) : [...shown.sources]
    const file = await exportProfile(filtered, stripped, signal)
    return [{ id: await contentId(file, signal), name: only.name, file }]
  }

  /** Stores the document on screen. Resolves to the row of it, whose link is for everybody. Rejects with ShareFailure; then nothing of it is stored, or what is left is in the list. */
  async function share(
    options: ShareOptions,
    { signal = new AbortController().signal, onProgress = () => {} }: ShareControl = {},
  ): Promise<SharedRow> {
    const state = get()
    const shown = currentDocument(state)
    if (!shown) throw new Error('nothing is open')
    const { sealed, filtered, seconds } = options
    const key = sealed ? newKey() : ''
    const answers: StoredAnswer[] = []
    const rowOf = (stored: readonly StoredAnswer[], link: string): SharedRow => ({
      parts: stored.map(({ id, deleteToken }) => ({ id, token: deleteToken })),
      name: shown.name,
      link,
      expires: soonest(stored),
      sealed,
    })
    const store = async (file: Blob, name: string, onBytes: (bytes: number) => void = () => {}) => {
      signal.throwIfAborted()
      const body = sealed ? await seal(file, key) : file
      const answer = await put(body, sealed ? '' : name, seconds, signal, onBytes)
      answers.push(answer)
      keepRow(rowOf(answers, ''))
      signal.throwIfAborted()
      return answer
    }
    try {
      onProgress({ stage: 'prepare', bytes: 0, totalBytes: 0, share: 0 })
      const parts = await partsOf(shown, options, signal)
      const totalBytes = parts.reduce((sum, { file }) => sum + file.size, 0)
      const gone = (stage: 'send' | 'finish', bytes: number) =>
        onProgress({ stage, bytes, totalBytes, share: totalBytes > 0 ? bytes / totalBytes : 1 })
      let before = 0
      for (const { name, file } of parts) {
        const start = before
        gone('send', start)
        // What seals a file adds to it a little.
        await store(file, name, (bytes) => gone('send', start + Math.min(bytes, file.size)))
        before += file.size
      }
      gone('finish', totalBytes)
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
          named = await store(text, shown.name)
        }
        link.unknownQuery = [['stored', named.id]]
        if (sealed) link.unknownFragment = [['key', key]]
      }
      if (options.picture && !sealed) await putPicture(answers.at(-1) as StoredAnswer, options.picture)
      signal.throwIfAborted()
      const row = rowOf(answers, addressOf(link))
      keepRow(row)
      return row
    } catch (thrown) {
      // Half of it is of no use to anybody.
      const removed = await Promise.allSettled(answers.map(({ id, deleteToken }) => removePart(id, deleteToken)))
      const left = answers.filter((_, i) => removed[i]?.status === 'rejected')
      if (answers.length > 0) dropRow(rowOf(answers, ''))
      if (left.length > 0) keepRow(rowOf(left, ''))
      if (!signal.aborted) throw thrown
      throw new ShareFailure(left.length > 0 ? 'cancelled-left' : 'cancelled', 'The upload was cancelled.')
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
    dropRow(row)
  }

  return { share, shared, unshare, notProfiles }
}

function refusal(status: number, body: string): ShareFailure {
  let said: StoreError | null = null
  try {
    said = JSON.parse(body) as StoreError
  } catch {
    // A proxy in front of the server has words of its own.
  }
  const code = said?.error ?? (status === 413 ? 'too-large' : 'store-failed')
  return new ShareFailure(code, said?.message ?? `HTTP ${status}`)
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
async function contentId(file: Blob, signal: AbortSignal): Promise<string> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  const stream = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const hash = new ContentHash(file.size)
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return hash.finish()
    signal.throwIfAborted()
    await hash.update(value)
  }
}
