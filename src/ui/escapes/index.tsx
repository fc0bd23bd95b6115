/** Where compiler output is open beside a profile: what it says comes with its own code, and only then. */
import { lazy, Suspense } from 'react'
import { escapesFor } from '../../state/escapes.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useStore } from '../session.ts'

const OfFunction = lazy(async () => ({ default: (await import('./beside.tsx')).EscapesOfFunction }))
const OfLine = lazy(async () => ({ default: (await import('./beside.tsx')).EscapesOfLine }))

const useIsTold = (profile: OpenedProfile) => useStore((s) => escapesFor(profile.id, s.documents) !== null)

/** name: of a function, '' = none. */
export function EscapesOfFunction({ profile, name }: { profile: OpenedProfile; name: string }) {
  const told = useIsTold(profile)
  return (
    told &&
    name !== '' && (
      <Suspense>
        <OfFunction profile={profile} name={name} />
      </Suspense>
    )
  )
}

export function EscapesOfLine(props: { profile: OpenedProfile; file: string; line: number }) {
  const told = useIsTold(props.profile)
  return (
    told && (
      <Suspense>
        <OfLine {...props} />
      </Suspense>
    )
  )
}
