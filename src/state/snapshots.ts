/**
 * Two goroutine or heap profiles of one program, open at once: the later one's engine is given the earlier one, so that
 * its findings and its lines say what grew.
 */
import type { Request } from './requests.ts'
import type { SameProgram } from './same-program.ts'
import { currentProfile, type OpenedProfile, profilesOf, type Store } from './store.ts'

interface Needs {
  store: Store
  request: Request
  sameProgram: SameProgram
}

export function createSnapshots({ store, request, sameProgram }: Needs) {
  const { getState, setState } = store
  let asked = ''

  /** The last snapshot before this one: by the time of capture, where there is none by the order of opening. */
  function earlierOf(profile: OpenedProfile, profiles: readonly OpenedProfile[]): OpenedProfile | null {
    const { kind } = profile.info
    if (kind !== 'goroutine' && kind !== 'heap') return null
    const at = profiles.indexOf(profile)
    const before = profiles.filter((p, i) => {
      if (p === profile || p.info.kind !== kind || !sameProgram(p, profile)) return false
      return p.info.timeNs === profile.info.timeNs ? i < at : p.info.timeNs < profile.info.timeNs
    })
    return before.sort((a, b) => a.info.timeNs - b.info.timeNs).at(-1) ?? null
  }

  async function compareSnapshots(): Promise<void> {
    const s = getState()
    const profile = currentProfile(s)
    const earlier = profile && earlierOf(profile, profilesOf(s))
    const known = s.since && s.since.client === profile?.client ? s.since.id : ''
    if (!profile || (earlier?.id ?? '') === known) return
    const question = `${profile.id} ${earlier?.id ?? ''}`
    if (asked === question) return
    asked = question
    try {
      await request(profile.client, 'compare', { earlier: earlier?.sources[0]?.file ?? null })
      if (asked === question)
        setState({ since: earlier && { client: profile.client, id: earlier.id, name: earlier.name } })
    } catch {
      // One of the engines is gone: asked again when the reader next moves between profiles.
    }
    if (asked === question) asked = ''
  }

  return { compareSnapshots }
}
