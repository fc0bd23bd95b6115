/**
 * What this browser remembers: opened files (IndexedDB, so that links reopen) and the reader's choices. Everything copes
 * with a store that is absent, blocked or full: then only the remembering is lost.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Recent, SourceFile } from './store.ts'

/** Bytes of files kept in this browser; beyond it the oldest leave first. The first screen says so. */
export const KEEP_BUDGET = 200 * 1024 ** 2

interface Schema extends DBSchema {
  profiles: { key: string; value: Recent }
  files: { key: string; value: { id: string; file: Blob } }
  /** Source files that were given to read beside the lines of a profile. */
  sources: { key: string; value: { id: string; files: readonly SourceFile[] } }
}

const STORES = ['profiles', 'files', 'sources'] as const

/** public/theme.js reads the theme before the first paint. */
export type ChoiceKey = 'theme' | 'language' | 'source-link' | 'source-paths'

const isRecent = (row: unknown): row is Recent => {
  const r = row as Partial<Recent> | null
  return (
    typeof r?.id === 'string' && typeof r.name === 'string' && typeof r.size === 'number' && typeof r.date === 'number'
  )
}

export function browserStorage() {
  let opening: Promise<IDBPDatabase<Schema>> | null = null

  function database(): Promise<IDBPDatabase<Schema>> {
    opening ??= openDB<Schema>('hotzone', 2, {
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

  /** The file of a kept profile, or null. */
  async function keptFile(id: string): Promise<{ file: Blob; name: string } | null> {
    try {
      const db = await database()
      const [row, held] = await Promise.all([db.get('profiles', id), db.get('files', id)])
      return row && held ? { file: held.file, name: row.name } : null
    } catch {
      return null
    }
  }

  /** Keeps a profile and lets the oldest go until the budget holds. False when it could not be kept. */
  async function keep(row: Recent, file: Blob): Promise<boolean> {
    if (file.size > KEEP_BUDGET) return false
    try {
      const db = await database()
      const rows = (await db.getAll('profiles')).filter((r) => r.id !== row.id).sort((a, b) => b.date - a.date)
      let room = KEEP_BUDGET - file.size
      const leaving: string[] = []
      for (const r of rows) {
        room -= r.size
        if (room < 0) leaving.push(r.id)
      }
      const tx = db.transaction(STORES, 'readwrite')
      for (const id of leaving) for (const name of STORES) void tx.objectStore(name).delete(id)
      void tx.objectStore('profiles').put(row)
      void tx.objectStore('files').put({ id: row.id, file })
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
      const tx = (await database()).transaction(STORES, 'readwrite')
      for (const name of STORES) void tx.objectStore(name).delete(id)
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

  return { listKept, keptFile, keep, amendKept, forget, keepSources, keptSources, readChoice, writeChoice }
}

export type BrowserStorage = ReturnType<typeof browserStorage>
