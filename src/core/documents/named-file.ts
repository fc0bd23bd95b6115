/** A file with the name that it goes by: inside an archive or a folder its path there. */
export interface NamedFile {
  name: string
  file: Blob
}

const SOURCE = /\.(go|s|S|c|h|cc|cpp|hpp|rs|py|java|js|ts|proto|y)$/

/** Source code, by its name. */
export const isSource = (name: string): boolean => SOURCE.test(name)

/** Of a folder what an investigation is made of: source code has a view of its own, and hidden files are not meant. */
export const isEvidencePath = (path: string): boolean => !isSource(path) && !/(^|\/)\./.test(path)

/** "heap-2" before "heap-10". */
export function sortedByName<F extends { name: string }>(files: readonly F[]): F[] {
  return [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}
