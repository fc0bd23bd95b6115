/**
 * Places that a text names, joined to the lines of a profile. Compilers and profiles write one file in several ways
 * ("./decode.go", "/home/me/app/decode.go", "example.com/app/decode.go"): the longest end that two paths share tells.
 */

/** The beginning of paths of the text, and what stands there in the profile. */
export interface PathMapping {
  from: string
  to: string
}

export interface Matched {
  /** File of the text → file of the profile; those that are not found are left out. */
  files: ReadonlyMap<string, string>
  /** The mapping that most files share, null = the paths are equal, or none is found. */
  guess: PathMapping | null
  /** Files of the text that the profile does not have, or has several of. */
  missing: readonly string[]
}

const clean = (path: string) => path.replace(/\\/g, '/').replace(/^(?:\.\/)+/, '')

const elements = (path: string) =>
  clean(path)
    .split('/')
    .filter((part) => part !== '')

/**
 * named: files of the text, each with the import path of its package where that is known ('' = not). mapping: given by the
 * reader, instead of guessing.
 */
export function matchFiles(
  named: readonly { file: string; package: string }[],
  profile: readonly string[],
  mapping: PathMapping | null = null,
): Matched {
  const files = new Map<string, string>()
  const exact = new Map(profile.map((file) => [clean(file), file]))
  /** By last element. */
  const byName = new Map<string, { file: string; parts: string[] }[]>()
  for (const file of profile) {
    const parts = elements(file)
    const name = parts.at(-1) ?? ''
    const known = byName.get(name) ?? []
    byName.set(name, [...known, { file, parts }])
  }
  const unsure: { file: string; candidates: string[] }[] = []
  for (const { file, package: path } of named) {
    if (files.has(file)) continue
    if (mapping) {
      const mapped = clean(file).startsWith(clean(mapping.from))
        ? clean(mapping.to) + clean(file).slice(clean(mapping.from).length)
        : clean(file)
      const found = exact.get(mapped)
      if (found !== undefined) files.set(file, found)
      continue
    }
    const same = exact.get(clean(file))
    if (same !== undefined && elements(file).length > 1) {
      files.set(file, same)
      continue
    }
    const candidates = likeliest(file, path, byName)
    if (candidates.length === 1) files.set(file, candidates[0] as string)
    else if (candidates.length > 1) unsure.push({ file, candidates })
  }
  const guess = mapping ?? commonMapping(files)
  // Of files of one name that lies where the others do.
  for (const { file, candidates } of unsure) {
    const fitting = guess ? candidates.filter((found) => sameMapping(mappingOf(file, found), guess)) : []
    if (fitting.length === 1) files.set(file, fitting[0] as string)
  }
  const missing = [...new Set(named.map(({ file }) => file))].filter((file) => !files.has(file))
  return { files, guess, missing }
}

/** Files of the profile that share the longest end with the path, or with its package and name. */
function likeliest(
  file: string,
  path: string,
  byName: ReadonlyMap<string, { file: string; parts: string[] }[]>,
): string[] {
  const own = elements(file)
  const name = own.at(-1) ?? ''
  // A relative path is that of the folder in which the build ran; with -trimpath files bear the import path.
  const imported = path === '' ? own : [...path.split('/'), name]
  let longest = 0
  let found: string[] = []
  for (const candidate of byName.get(name) ?? []) {
    const shared = Math.max(sharedEnd(own, candidate.parts), sharedEnd(imported, candidate.parts))
    // Of a path of several elements the name alone tells nothing.
    if (shared < longest || (shared === 1 && own.length > 1 && imported.length > 1 && !own[0]?.includes('.'))) continue
    if (shared > longest) found = []
    longest = shared
    found.push(candidate.file)
  }
  return found
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++
  return count
}

function mappingOf(file: string, found: string): PathMapping {
  const [a, b] = [clean(file), clean(found)]
  const shared = elements(a)
    .slice(elements(a).length - sharedEnd(elements(a), elements(b)))
    .join('/')
  return { from: a.slice(0, a.length - shared.length), to: b.slice(0, b.length - shared.length) }
}

const sameMapping = (a: PathMapping, b: PathMapping) => a.from === b.from && a.to === b.to

function commonMapping(files: ReadonlyMap<string, string>): PathMapping | null {
  const votes = new Map<string, { mapping: PathMapping; count: number }>()
  for (const [file, found] of files) {
    const mapping = mappingOf(file, found)
    if (mapping.from === mapping.to) continue
    const key = `${mapping.from}\0${mapping.to}`
    votes.set(key, { mapping, count: (votes.get(key)?.count ?? 0) + 1 })
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0]?.mapping ?? null
}
