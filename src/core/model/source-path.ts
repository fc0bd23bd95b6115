/** What is left of a profile's paths, and where their files lie here, as pprof's -trim_path and -source_path say it. */

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

/** Cuts off paths what is to be cut off (pprof's trimPath, internal/report/source.go). */
export function pathTrimmer({ trim, source }: SourcePaths): (path: string) => string {
  const beginnings = split(trim)
  // Without a beginning to cut, the name of a source folder in the path says where to.
  const folders =
    beginnings.length > 0 ? [] : split(source).map((folder) => folder.replace(/\/+$/, '').split('/').at(-1))
  const names = folders.filter((name) => name !== '').map((name) => `/${name}/`)
  const starts = [...beginnings, ...ALWAYS].map((start) => (start.endsWith('/') ? start : `${start}/`))
  return (path) => {
    const plain = path.replaceAll('\\', '/')
    for (const name of names) {
      const at = plain.indexOf(name)
      if (at >= 0) return plain.slice(at + name.length)
    }
    const start = starts.find((s) => plain.startsWith(s))
    return start === undefined ? path : plain.slice(start.length)
  }
}

export const trimmedPath = (path: string, paths: SourcePaths): string => pathTrimmer(paths)(path)

/** The path on this machine, for links to an editor: the first source folder holds what was not cut off. */
export function localPath(path: string, paths: SourcePaths): string {
  const rest = trimmedPath(path, paths)
  const [folder] = split(paths.source)
  if (folder === undefined || rest.startsWith('/') || /^[A-Za-z]:\//.test(rest)) return rest
  return `${folder.replace(/\/+$/, '')}/${rest}`
}
