/** Source files that the reader gave, for as long as the page is open; they belong to one profile. */
import { currentProfile, get, type SourceFile, set } from './store.ts'

const sourceLike = /\.(go|s|S|c|h|cc|cpp|hpp|rs|py|java|js|ts|proto|y)$/
/** A folder may hold a whole disk. */
const MOST_FILES = 50_000

export const isSource = (name: string) => sourceLike.test(name)

export function addSources(files: readonly SourceFile[]): void {
  const profile = currentProfile()
  if (!profile) return
  const added = files.filter((f) => isSource(f.path)).slice(0, MOST_FILES)
  set((s) => ({ sources: { ...s.sources, [profile.id]: [...added, ...(s.sources[profile.id] ?? [])] } }))
}

/** How many last steps two paths share. */
function commonEnd(a: string, b: string): number {
  const x = a.split('/')
  const y = b.split('/')
  let n = 0
  while (n < x.length && n < y.length && x[x.length - 1 - n] === y[y.length - 1 - n]) n++
  return n
}

/** The given file that stands for a path of the profile: the one whose path ends most like it, as -trim_path would. */
export function sourceFor(files: readonly SourceFile[], path: string): SourceFile | null {
  let best: SourceFile | null = null
  let most = 0
  for (const file of files) {
    const common = commonEnd(file.path, path)
    if (common > most) {
      most = common
      best = file
    }
  }
  return best
}

const LINK_KEY = 'hotzone.source-link'

/** Template of links to source lines; '' = none. */
export function readSourceLink(): string {
  try {
    return localStorage.getItem(LINK_KEY) ?? ''
  } catch {
    return ''
  }
}

export function setSourceLink(sourceLink: string): void {
  set({ sourceLink })
  try {
    localStorage.setItem(LINK_KEY, sourceLink)
  } catch {
    // Then it is remembered until the page is left.
  }
}

/** Files and folders of a drop or a choice. */
export async function readEntries(entries: readonly FileSystemEntry[]): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  const waiting = [...entries]
  for (let entry = waiting.pop(); entry && found.length < MOST_FILES; entry = waiting.pop()) {
    const path = entry.fullPath.replace(/^\//, '')
    if (entry.isFile) {
      if (!isSource(path)) continue
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

/** True when a drop is source for the view on screen: a folder, or files that are no profiles by their names. */
export function takeSources(items: DataTransferItemList | undefined): boolean {
  if (get().view.page !== 'source' || !items) return false
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((e) => e !== null)
  if (entries.length === 0 || !entries.every((e) => e.isDirectory || isSource(e.name))) return false
  void readEntries(entries).then(addSources)
  return true
}
