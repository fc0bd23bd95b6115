/** Profiles of one program that are open together. Comes when there are two. */
import { COMPARISON } from '../core/documents/document.ts'
import { alike } from './comparing.ts'
import { createPaired } from './paired.ts'
import type { Request } from './requests.ts'
import { createSameProgram } from './same-program.ts'
import { createSnapshots } from './snapshots.ts'
import { currentProfile, type OpenedProfile, profilesOf, type Store } from './store.ts'

export function createJoining({ store, request }: { store: Store; request: Request }) {
  const sameProgram = createSameProgram()
  const { comparePair } = createPaired({ store, request, sameProgram })
  const { compareSnapshots } = createSnapshots({ store, request, sameProgram })

  /** Asks what the one on screen and the others say together. */
  function join(): void {
    void comparePair()
    void compareSnapshots()
  }

  /** The profiles that can be compared with the one on screen, and itself. */
  function alikeNow(): OpenedProfile[] {
    const profile = currentProfile(store.getState())
    return profile && profile.kind !== COMPARISON ? alike(profile, profilesOf(store.getState()), sameProgram) : []
  }

  return { join, alikeNow }
}
