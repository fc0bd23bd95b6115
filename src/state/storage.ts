/**
 * What this browser remembers: opened files (IndexedDB, so that links reopen) and the reader's choices. Everything copes
 * with a store that is absent, blocked or full: then only the remembering is lost.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { parseDocumentId } from '../core/documents/document.ts'
import { type Begun, DATABASE, takeFile } from '../early/begun.ts'
import type { Recent, Sealed, SourceFile } from './store.ts'

/** Bytes of files kept in this browser; beyond it the oldest leave first. The first screen says so. */
export const KEEP_BUDGET = 200 * 1024 ** 2

interface Schema extends DBSchema {
  profiles: { key: string; value: Recent }
  files: { key: string; value: { id: string; file: Blob } }
  /** Source files that were given to read beside the lines of a profile. */
  sources: { key: string; value: { id: string; files: readonly SourceFile[] } }
}

const STORES = ['profiles', 'files', 'sources'] as const
type StoreName = (typeof STORES)[number]

/** early/start.ts reads theme and language before the first paint. */
export type ChoiceKey = 'column-widths' | 'shared' | 'theme' | 'language' | 'source-link' | 'source-paths'

const isRecent = (row: unknown): row is Recent => {
  const r = row as Partial<Recent> | null
  return (
    typeof r?.id === 'string' && typeof r.name === 'string' && typeof r.size === 'number' && typeof r.date === 'number'
  )
}

interface OpenFile {
  id: string
  name: string
  file: Blob
  sealed?: Sealed | undefined
}

export interface KeptDocument {
  name: string
  kind: string | null
  sources: { name: string; file: Blob; sealed?: Sealed | undefined }[]
  whole: boolean
}

const sourcesOf = ({ id, name, sources }: Recent): NonNullable<Recent['sources']> => sources ?? [{ id, name }]

/** Takes documents out of the store, with the files that no other one needs. */
function remove(
  tx: IDBPTransaction<Schema, ArrayLike<StoreName>, 'readwrite'>,
  leaving: readonly Recent[],
  staying: readonly Recent[],
): void {
  const needed = new Set(staying.flatMap((row) => sourcesOf(row).map(({ id }) => id)))
  for (const row of leaving) {
    void tx.objectStore('profiles').delete(row.id)
    void tx.objectStore('sources').delete(row.id)
    for (const { id } of sourcesOf(row)) if (!needed.has(id)) void tx.objectStore('files').delete(id)
  }
}

/** begun: files that were looked up before. */
export function browserStorage(begun: Begun | null = null) {
  let opening: Promise<IDBPDatabase<Schema>> | null = null

  function database(): Promise<IDBPDatabase<Schema>> {
    opening ??= openDB<Schema>(DATABASE.name, DATABASE.version, {
      upgrade(db) {
        for (const name of STORES)
          if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, { keyPath: 'id' })
      },
      // Another tab wants a newer layout: let go, and open again when next asked.
      blocking: () => void opening?.then((db) => db.close()).finally(() => (opening = null)),
      terminated: () => (opening = null),
    })
    opening.catch(() => (opening = null))
    return opening
  }

  /** Kept profiles, newest first; null when this browser keeps none for us. */
  async function listKept(): Promise<Recent[] | null> {
    try {
      const rows = await (await database()).getAll('profiles')
      return rows.filter(isRecent).sort((a, b) => b.date - a.date)
    } catch {
      return null
    }
  }

  /** Nothing where it is not kept, or where this browser keeps nothing: files that are at hand do without. */
  async function keptRow<Name extends 'profiles' | 'files'>(
    store: Name,
    id: string,
  ): Promise<Schema[Name]['value'] | undefined> {
    try {
      return await (await database()).get(store, id)
    } catch {
      return undefined
    }
  }

  async function fileAt(id: string, open: readonly OpenFile[]): Promise<Blob | undefined> {
    const here = open.find((other) => other.id === id)?.file ?? (await takeFile(begun, id)?.body)?.file
    return here ?? (await keptRow('files', id))?.file
  }

  /** Of files those that are neither kept nor open. */
  async function lacking<File extends { id: string }>(
    files: readonly File[],
    open: readonly OpenFile[],
  ): Promise<File[]> {
    const found = await Promise.all(files.map(({ id }) => fileAt(id, open)))
    return files.filter((_, i) => found[i] === undefined)
  }

  /** The id of a document that a link names by what is stored sealed (see Source), as far as this browser knows. */
  async function unsealedId(link: string, open: readonly OpenFile[]): Promise<string> {
    let id = link
    const isKnown = async (source: string) =>
      open.some((file) => file.id === source) || (await keptRow('files', source)) !== undefined
    for (const stored of parseDocumentId(link)?.sources ?? []) {
      if (begun?.files.has(stored) || (await isKnown(stored))) continue
      const files = [...open, ...((await listKept()) ?? []).flatMap(sourcesOf)]
      const found = files.find(({ sealed }) => sealed?.stored === stored)
      if (found) id = id.replaceAll(stored, found.id)
    }
    return id
  }

  /**
   * The files of a document that was kept, or of one that can be made of files that were; null where one is missing.
   * open: files that are at hand, which need not be kept. whole: the document itself was kept. kind: null where the files
   * decide.
   */
  async function keptDocument(link: string, open: readonly OpenFile[] = []): Promise<KeptDocument | null> {
    const id = parseDocumentId(link) ? await unsealedId(link, open) : link
    const asked = parseDocumentId(id)
    if (!asked) return null
    const row = await keptRow('profiles', id)
    const sources = row ? sourcesOf(row) : asked.sources.map((source) => ({ id: source, name: '', sealed: undefined }))
    const found = await Promise.all(
      sources.map(async ({ id: source, name, sealed }) => {
        const at = open.find((other) => other.id === source)
        const file = await fileAt(source, open)
        if (!file) return undefined
        const row = name && at ? undefined : await keptRow('profiles', source)
        return {
          name: name || at?.name || row?.name || 'profile',
          file,
          sealed: sealed ?? at?.sealed ?? row?.sources?.[0]?.sealed,
        }
      }),
    )
    const here = found.filter((source) => source !== undefined)
    if (here.length < sources.length) return null
    const name = row?.name ?? here.map((source) => source.name).join(' + ')
    return { name, kind: asked.kind, sources: here, whole: row !== undefined }
  }

  /** Keeps a document and lets the oldest go until the budget holds. False when it could not be kept. */
  async function keep(row: Recent, files: readonly { id: string; file: Blob }[]): Promise<boolean> {
    if (row.size > KEEP_BUDGET) return false
    try {
      const db = await database()
      const rows = (await db.getAll('profiles')).filter((r) => r.id !== row.id).sort((a, b) => b.date - a.date)
      let room = KEEP_BUDGET - row.size
      const staying: Recent[] = [row]
      const leaving: Recent[] = []
      for (const r of rows) {
        room -= r.size
        if (room < 0) leaving.push(r)
        else staying.push(r)
      }
      const tx = db.transaction(STORES, 'readwrite')
      remove(tx, leaving, staying)
      void tx.objectStore('profiles').put(row)
      for (const { id, file } of files) void tx.objectStore('files').put({ id, file })
      await tx.done
      return true
    } catch {
      return false
    }
  }

  /** Adds what was learnt later (the hottest zone) to a kept row. */
  async function amendKept(id: string, patch: Partial<Recent>): Promise<void> {
    try {
      const db = await database()
      const row = await db.get('profiles', id)
      if (row) await db.put('profiles', { ...row, ...patch })
    } catch {
      // Only the headline of the list stays plain.
    }
  }

  async function forget(id: string): Promise<void> {
    try {
      const db = await database()
      const rows = await db.getAll('profiles')
      const tx = db.transaction(STORES, 'readwrite')
      remove(
        tx,
        rows.filter((row) => row.id === id),
        rows.filter((row) => row.id !== id),
      )
      await tx.done
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }

  /** Keeps what stands for a kept profile's sources; none = forgets them. They leave with the profile. */
  async function keepSources(id: string, files: readonly SourceFile[]): Promise<void> {
    try {
      const tx = (await database()).transaction(STORES, 'readwrite')
      if (files.length === 0) void tx.objectStore('sources').delete(id)
      else if (await tx.objectStore('profiles').getKey(id)) void tx.objectStore('sources').put({ id, files })
      await tx.done
    } catch {
      // They stay until the page is left.
    }
  }

  async function keptSources(id: string): Promise<readonly SourceFile[]> {
    try {
      return (await (await database()).get('sources', id))?.files ?? []
    } catch {
      return []
    }
  }

  /** A choice of the reader; null = none was made, or none can be kept. */
  function readChoice(key: ChoiceKey): string | null {
    try {
      return localStorage.getItem(`hotzone.${key}`)
    } catch {
      return null
    }
  }

  function writeChoice(key: ChoiceKey, text: string): void {
    try {
      localStorage.setItem(`hotzone.${key}`, text)
    } catch {
      // The choice holds until the page is left.
    }
  }

  return { listKept, keptDocument, lacking, keep, amendKept, forget, keepSources, keptSources, readChoice, writeChoice }
}

export type BrowserStorage = ReturnType<typeof browserStorage>
