/** Where the file of a profile's path lies here, as pprof's -trim_path and -source_path say it. */

export interface SourcePaths {
  /** Beginnings that are cut off the profile's paths; several are separated by ":" or ";". */
  trim: string
  /** Folders that the rest lies in, separated likewise. */
  source: string
}

/** Bazel's sandboxes, which pprof always cuts off. */
const ALWAYS = ['/proc/self/cwd/./', '/proc/self/cwd/']

/** A colon behind a single letter is a drive's. */
const split = (list: string) =>
  list
    .split(/;|(?<!(?:^|[;:])[A-Za-z]):/)
    .map((part) => part.trim().replaceAll('\\', '/'))
    .filter((part) => part !== '')

/** The path without what was cut off (pprof's trimPath, internal/report/source.go). */
export function trimmedPath(path: string, { trim, source }: SourcePaths): string {
  const plain = path.replaceAll('\\', '/')
  if (split(trim).length === 0) {
    // Without a beginning to cut, the name of a source folder in the path says where to.
    for (const folder of split(source)) {
      const wanted = `/${folder.replace(/\/+$/, '').split('/').at(-1)}/`
      const at = plain.indexOf(wanted)
      if (wanted !== '//' && at >= 0) return plain.slice(at + wanted.length)
    }
  }
  for (const part of [...split(trim), ...ALWAYS]) {
    const start = part.endsWith('/') ? part : `${part}/`
    if (plain.startsWith(start)) return plain.slice(start.length)
  }
  return path
}

/** The path on this machine, for links to an editor: the first source folder holds what was not cut off. */
export function localPath(path: string, paths: SourcePaths): string {
  const rest = trimmedPath(path, paths)
  const [folder] = split(paths.source)
  if (folder === undefined || rest.startsWith('/') || /^[A-Za-z]:\//.test(rest)) return rest
  return `${folder.replace(/\/+$/, '')}/${rest}`
}
