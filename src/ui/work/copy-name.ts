/** Rows of a menu that copy what a function is called. */
import { useEffect, useState } from 'react'
import type { OpenedProfile } from '../../state/store.ts'
import { copyText } from '../clipboard.ts'
import type { MenuRow } from '../parts/menu.tsx'
import { useSession } from '../session.ts'
import type { Words } from '../words/index.ts'

/** Names in the binary of the functions shown as `name`, once the engine has said them; none when they are called so. */
export function useOriginals(profile: OpenedProfile | undefined, name: string): readonly string[] {
  const { originalsOf } = useSession()
  const [originals, setOriginals] = useState<readonly string[]>([])
  useEffect(() => {
    let here = true
    setOriginals([])
    // A failure is told where the profile is drawn.
    if (profile && name !== '')
      originalsOf(profile, name).then(
        (found) => here && setOriginals(found),
        () => undefined,
      )
    return () => {
      here = false
    }
  }, [profile, name, originalsOf])
  return originals
}

/** The name is copied as the binary has it, which is what other tools look for; as shown where that is another. */
export function copyNameRows(words: Words, shown: string, originals: readonly string[]): MenuRow[] {
  const w = words.context
  if (originals.length === 0) {
    return [{ kind: 'item', label: w.copyName, disabled: shown === '', run: () => void copyText(shown) }]
  }
  return [
    { kind: 'item', label: w.copyName, run: () => void copyText(originals.join('\n')) },
    { kind: 'item', label: w.copyShownName, run: () => void copyText(shown) },
  ]
}
