/** A file with the name that it goes by: inside an archive or a folder its path there. */
export interface NamedFile {
  name: string
  file: Blob
}

/** "heap-2" before "heap-10". */
export function sortedByName<F extends { name: string }>(files: readonly F[]): F[] {
  return [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}
