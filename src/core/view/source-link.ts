/** Links that open a line of source in an editor or on a code host, made from a template and the path in the profile. */

export interface LinkTemplate {
  id: string
  /** {path} as the profile has it without its first slash, {line}; on code hosts {repo}, {ref} and {file} read from the path. */
  template: string
}

/** '' = no links. A template of the reader's own is kept as it is typed. */
export const LINK_TEMPLATES: readonly LinkTemplate[] = [
  { id: 'vscode', template: 'vscode://file/{path}:{line}' },
  { id: 'idea', template: 'idea://open?file=/{path}&line={line}' },
  { id: 'github', template: 'https://{repo}/blob/{ref}/{file}#L{line}' },
  { id: 'gitlab', template: 'https://{repo}/-/blob/{ref}/{file}#L{line}' },
]

export interface SourcePlace {
  /** "github.com/a/b"; '' when the path does not tell. */
  repo: string
  /** Tag or branch. */
  ref: string
  /** Path inside the repository. */
  file: string
}

/** v0.0.0-20240102030405-abcdef123456 names a commit, v2.0.0+incompatible a tag. */
function refOf(version: string): string {
  const commit = /-([0-9a-f]{12})$/.exec(version)
  return commit?.[1] ?? version.replace(/\+incompatible$/, '')
}

/** The module cache escapes capital letters: "!azure" is "Azure". */
const unescapeCase = (path: string) => path.replace(/!([a-z])/g, (_, c: string) => c.toUpperCase())

/** Where a path of the profile stands in its repository, as far as the path says so. */
export function placeOf(path: string, goVersion: string | null): SourcePlace {
  const cached = /(?:^|\/pkg\/mod\/)([^/@]+\.[^/@]+\/[^@]+)@([^/]+)\/(.+)$/.exec(path)
  if (cached) {
    const [, module = '', version = '', rest = ''] = cached
    const parts = unescapeCase(module).split('/')
    // The repository is host/owner/name; a module below it is a folder, and /v2 is none.
    const folder = parts.slice(3).filter((p) => !/^v\d+$/.test(p))
    return { repo: parts.slice(0, 3).join('/'), ref: refOf(version), file: [...folder, rest].join('/') }
  }
  const std = /\/(?:go|go[\d.]+|golang)\/(src\/(?!.*\.[a-z]+\/).+)$/.exec(path)
  // Built with -trimpath: the standard library's paths begin with its packages, which have no dots.
  if (!std && goVersion !== null && /^[a-z][a-z0-9]*\/.+\.(go|s)$/.test(path)) {
    return { repo: 'github.com/golang/go', ref: `go${goVersion}`, file: `src/${path}` }
  }
  if (std && goVersion !== null) return { repo: 'github.com/golang/go', ref: `go${goVersion}`, file: std[1] ?? '' }
  return { repo: '', ref: '', file: '' }
}

const SAFE = /^(https?|vscode|vscode-insiders|cursor|zed|idea|goland|jetbrains):\/\//

/** The address of a line; null where the template needs what the path does not say, or is none that may be followed. */
export function sourceLink(template: string, path: string, line: number, goVersion: string | null): string | null {
  if (!SAFE.test(template) || path === '') return null
  const place = placeOf(path, goVersion)
  let missing = false
  const link = template.replace(/\{(path|line|repo|ref|file)\}/g, (_, key: keyof SourcePlace | 'path' | 'line') => {
    if (key === 'line') return String(Math.max(1, line))
    const value = key === 'path' ? path.replace(/^\//, '') : place[key]
    if (value === '') missing = true
    return value.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')
  })
  return missing ? null : link
}
