/** Folders named on the command line. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { filesOf as archived, archiveOf, headOf } from '../core/documents/archive.ts'
import { MOST_FILES } from '../core/documents/document.ts'
import { isEvidencePath, type NamedFile, sortedByName } from '../core/documents/named-file.ts'
import { UsageError } from '../core/query/command-line.ts'

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** The files that are named, those in folders and in archives among them. Throws UsageError and FormatError. */
export async function inputFiles(paths: readonly string[]): Promise<NamedFile[]> {
  const files: NamedFile[] = []
  for (const path of filesIn(paths)) {
    const file = new Blob([readFileSync(path)])
    const kind = archiveOf(await headOf(file))
    files.push(...(kind ? await archived(file, kind) : [{ name: path, file }]))
  }
  return files
}

/** The files that are named, and in place of each folder those in it. Throws UsageError for more than an investigation holds. */
export function filesIn(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => (isFolder(path) ? filesOf(path) : [path]))
  if (files.length > MOST_FILES) {
    throw new UsageError(`${files.length} files are too many: an investigation has ${MOST_FILES} at most.`)
  }
  if (files.length === 0) throw new UsageError(`There is no file in ${paths.join(', ')}.`)
  return files
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  return sortedByName(names.filter(isEvidencePath).map((name) => ({ name }))).map(({ name }) => join(folder, name))
}
