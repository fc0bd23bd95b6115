/** Shows how far the opening of a file is, where that takes a while. */
import { Suspense, useEffect, useState } from 'react'
import { lazily } from '../parts/lazily.tsx'
import { useStore } from '../session.ts'

/** Files that open faster than this never show the card. */
const SHOW_AFTER_MS = 300

const card = lazily(async () => (await import('./opening-card.tsx')).OpeningCard)

export function OpeningWatch() {
  const opening = useStore((s) => s.opening)
  const busy = opening !== null
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!busy) {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [busy])
  return <Suspense>{opening && shown && <card.Component opening={opening} />}</Suspense>
}
