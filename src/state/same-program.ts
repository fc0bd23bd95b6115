/** Whether two profiles are of one program, by its build or by the user's functions that they hold. */
import { isOwnPackage, packageOf } from '../core/model/go-name.ts'
import type { OpenedProfile } from './store.ts'

export function createSameProgram() {
  const ownNames = new WeakMap<OpenedProfile['names'], ReadonlySet<string>>()

  /** Functions of the program's own packages. */
  function ownOf({ info, names }: OpenedProfile): ReadonlySet<string> {
    let own = ownNames.get(names)
    if (!own) {
      const list: string[] = []
      for (let f = 0; f < names.length; f++) {
        const name = names.get(f)
        if (isOwnPackage(packageOf(name), info.own)) list.push(name)
      }
      own = new Set(list)
      ownNames.set(names, own)
    }
    return own
  }

  /** Of one build, or half of the functions of the smaller one are in the other one too. */
  function sameProgram(a: OpenedProfile, b: OpenedProfile): boolean {
    if (a.info.buildId !== '' && a.info.buildId === b.info.buildId) return true
    const [few, many] = [ownOf(a), ownOf(b)].sort((x, y) => x.size - y.size)
    if (!few || !many || few.size === 0) return false
    return [...few].filter((name) => many.has(name)).length * 2 >= few.size
  }

  return sameProgram
}

export type SameProgram = ReturnType<typeof createSameProgram>
