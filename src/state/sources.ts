/** Source files that the reader gave. They belong to one profile, and are kept in this browser as long as that is. */
import { isSource } from '../core/documents/named-file.ts'
import { type SourcePaths, trimmedPath } from '../core/model/source-path.ts'
import type { BrowserStorage } from './storage.ts'
import { currentProfile, type OpenedProfile, type SourceFile, type Store } from './store.ts'

/** A folder may hold a whole disk. */
const MOST_FILES = 50_000

/** Bytes of source kept with a profile. */
const KEEP_BUDGET = 20_000_000

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Of a whole folder only what bears the name of a file of the profile. */
function worthKeeping({ files: known }: OpenedProfile, files: readonly SourceFile[]): SourceFile[] {
  const names = new Set(Array.from({ length: known.length }, (_, i) => baseName(known.get(i))))
  let room = KEEP_BUDGET
  return files.filter((f) => {
    if (!names.has(baseName(f.path)) || f.file.size > room) return false
    room -= f.file.size
    return true
  })
}

/** How many last steps two paths share. */
function commonEnd(a: string, b: string): number {
  const x = a.split('/')
  const y = b.split('/')
  let n = 0
  while (n < x.length && n < y.length && x[x.length - 1 - n] === y[y.length - 1 - n]) n++
  return n
}

/** The given file that stands for a path of the profile: the one whose path ends most like the trimmed one. */
export function sourceFor(files: readonly SourceFile[], path: string, paths: SourcePaths): SourceFile | null {
  const wanted = trimmedPath(path, paths)
  let best: SourceFile | null = null
  let most = 0
  for (const file of files) {
    const common = commonEnd(file.path, wanted)
    if (common > most) {
      most = common
      best = file
    }
  }
  return best
}

/** Files and folders of a drop or a choice: those of the files, by their paths, that are wanted. */
export async function readEntries(
  entries: readonly FileSystemEntry[],
  isWanted: (path: string) => boolean,
): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  const waiting = [...entries]
  for (let entry = waiting.pop(); entry && found.length < MOST_FILES; entry = waiting.pop()) {
    const path = entry.fullPath.replace(/^\//, '')
    if (entry.isFile) {
      if (!isWanted(path)) continue
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
      found.push({ path, file })
    } else if (!/(^|\/)(\.git|node_modules)$/.test(path)) {
      const reader = (entry as FileSystemDirectoryEntry).createReader()
      for (;;) {
        const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
        if (part.length === 0) break
        waiting.push(...part)
      }
    }
  }
  return found
}

/** What was said on an earlier visit of where the profile's paths lie. */
export function parseSourcePaths(text: string | null): SourcePaths {
  try {
    const { trim, source } = JSON.parse(text ?? '{}') as Partial<SourcePaths>
    if (typeof trim === 'string' && typeof source === 'string') return { trim, source }
  } catch {
    // Then paths stay as they are in the profile.
  }
  return { trim: '', source: '' }
}

interface Needs {
  store: Store
  storage: BrowserStorage
}

export function createSources({ store, storage }: Needs) {
  const { getState, setState } = store

  function addSources(files: readonly SourceFile[]): void {
    const profile = currentProfile(getState())
    if (!profile) return
    const added = files.filter((f) => isSource(f.path)).slice(0, MOST_FILES)
    const paths = new Set(added.map((f) => f.path))
    change(profile, [...added, ...(getState().sources[profile.id] ?? []).filter((f) => !paths.has(f.path))])
  }

  function forgetSources(): void {
    const profile = currentProfile(getState())
    if (profile) change(profile, [])
  }

  function change(profile: OpenedProfile, files: readonly SourceFile[]): void {
    setState((s) => ({ sources: { ...s.sources, [profile.id]: files } }))
    void storage.keepSources(profile.id, worthKeeping(profile, files))
  }

  /** Fetches what was kept for the profile, once. */
  async function recallSources({ id }: OpenedProfile): Promise<void> {
    if (getState().sources[id]) return
    const kept = await storage.keptSources(id)
    // What was given meanwhile is newer.
    setState((s) => (s.sources[id] ? {} : { sources: { ...s.sources, [id]: kept } }))
  }

  /**
   * True when a drop is source for the lines on screen: files that are no profiles by their names, and folders too where
   * it fell on the lines.
   */
  function takeSources(items: DataTransferItemList | undefined, onLines: boolean): boolean {
    const { view, panelOpen } = getState()
    if (view.inspector !== 'source' || !panelOpen || !items || !currentProfile(getState())) return false
    const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((e) => e !== null)
    if (entries.length === 0 || !entries.every((e) => (e.isDirectory ? onLines : isSource(e.name)))) return false
    void readEntries(entries, isSource).then(addSources)
    return true
  }

  function setSourceLink(sourceLink: string): void {
    setState({ sourceLink })
    storage.writeChoice('source-link', sourceLink)
  }

  function setSourcePaths(sourcePaths: SourcePaths): void {
    setState({ sourcePaths })
    storage.writeChoice('source-paths', JSON.stringify(sourcePaths))
  }

  return { addSources, forgetSources, recallSources, takeSources, setSourceLink, setSourcePaths }
}
