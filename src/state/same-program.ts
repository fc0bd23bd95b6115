/** Whether two open profiles are of one program; what tells it is looked for once. */
import { areOneProgram, ownFunctions, type ProgramSigns } from '../core/compare/same-program.ts'
import type { OpenedProfile } from './store.ts'

export function createSameProgram() {
  const known = new WeakMap<OpenedProfile['names'], ProgramSigns>()

  function signsOf({ info, names }: OpenedProfile): ProgramSigns {
    let signs = known.get(names)
    if (!signs) {
      const all = Array.from({ length: names.length }, (_, f) => names.get(f))
      signs = { buildId: info.buildId, own: ownFunctions(all, info.own) }
      known.set(names, signs)
    }
    return signs
  }

  return (a: OpenedProfile, b: OpenedProfile): boolean => areOneProgram(signsOf(a), signsOf(b)) === true
}

export type SameProgram = ReturnType<typeof createSameProgram>
