/** Whether two profiles are of one program. */
import { isOwnPackage, packageOf } from '../model/go-name.ts'
import { ownPaths } from '../model/own-paths.ts'
import type { Profile } from '../model/profile.ts'

/**
 * By the build id of the binary, else by the functions of the program's own packages: half of those of the profile
 * with fewer are in the other one too. null: nothing tells.
 */
export function isSameProgram(a: Profile, b: Profile): boolean | null {
  // The first mapping is the program; the others are libraries, which programs share.
  const [build, other] = [a, b].map(({ meta }) => meta.mappings[0]?.buildId ?? '')
  if (build !== '' && build === other) return true
  const own = [...ownPaths(a), ...ownPaths(b)]
  const [few, many] = [ownFunctions(a, own), ownFunctions(b, own)].sort((x, y) => x.size - y.size)
  if (!few || !many || few.size === 0) return null
  return [...few].filter((name) => many.has(name)).length * 2 >= few.size
}

function ownFunctions({ functions, strings }: Profile, own: readonly string[]): Set<string> {
  const names = new Set<string>()
  for (let f = 0; f < functions.length; f++) {
    const name = strings.get(functions.name[f])
    if (isOwnPackage(packageOf(name), own)) names.add(name)
  }
  return names
}
