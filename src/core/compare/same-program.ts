/** Whether two profiles are of one program. */
import { isOwnPackage, packageOf } from '../model/go-name.ts'
import { ownPaths } from '../model/own-paths.ts'
import type { Profile } from '../model/profile.ts'

/** What a program is told by: its build id, '' where nothing says it, and the functions of its own packages. */
export interface ProgramSigns {
  buildId: string
  own: ReadonlySet<string>
}

/** own: import paths of the program's own packages. */
export function ownFunctions(names: Iterable<string>, own: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const name of names) if (isOwnPackage(packageOf(name), own)) found.add(name)
  return found
}

/**
 * By the build id of the binary, else by the functions of the program's own packages: half of those of the profile
 * with fewer are in the other one too. null: nothing tells.
 */
export function areOneProgram(a: ProgramSigns, b: ProgramSigns): boolean | null {
  if (a.buildId !== '' && a.buildId === b.buildId) return true
  const [few, many] = a.own.size < b.own.size ? [a.own, b.own] : [b.own, a.own]
  if (few.size === 0) return null
  let shared = 0
  for (const name of few) if (many.has(name)) shared++
  return shared * 2 >= few.size
}

export function isSameProgram(a: Profile, b: Profile): boolean | null {
  const own = [...ownPaths(a), ...ownPaths(b)]
  return areOneProgram(signsOf(a, own), signsOf(b, own))
}

function signsOf({ functions, strings, meta }: Profile, own: readonly string[]): ProgramSigns {
  const names = Array.from(functions.name, (name) => strings.get(name))
  // The first mapping is the program; the others are libraries, which programs share.
  return { buildId: meta.mappings[0]?.buildId ?? '', own: ownFunctions(names, own) }
}
