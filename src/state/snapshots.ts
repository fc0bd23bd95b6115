/**
 * Two goroutine profiles of one program, open at once: the later one's engine is given the earlier one, so that its
 * findings say what grew.
 */
import { sameProgram } from './same-program.ts'
import { currentProfile, get, type OpenedProfile, set } from './store.ts'

/** The last snapshot before this one: by the time of capture, where there is none by the order of opening. */
function earlierOf(profile: OpenedProfile, profiles: readonly OpenedProfile[]): OpenedProfile | null {
  if (profile.info.kind !== 'goroutine') return null
  const at = profiles.indexOf(profile)
  const before = profiles.filter((p, i) => {
    if (p === profile || p.info.kind !== 'goroutine' || !sameProgram(p, profile)) return false
    return p.info.timeNs === profile.info.timeNs ? i < at : p.info.timeNs < profile.info.timeNs
  })
  return before.sort((a, b) => a.info.timeNs - b.info.timeNs).at(-1) ?? null
}

let asked = ''

export async function compareSnapshots(): Promise<void> {
  const s = get()
  const profile = currentProfile(s)
  const earlier = profile && earlierOf(profile, s.profiles)
  const known = s.since && s.since.client === profile?.client ? s.since.id : ''
  if (!profile || (earlier?.id ?? '') === known) return
  const question = `${profile.id} ${earlier?.id ?? ''}`
  if (asked === question) return
  asked = question
  try {
    await profile.client.call('compare', { earlier: earlier?.file ?? null })
    if (asked === question)
      set({ since: earlier && { client: profile.client, id: earlier.id, name: earlier.info.name } })
  } catch {
    // One of the engines is gone: asked again when the reader next moves between profiles.
  }
  if (asked === question) asked = ''
}
