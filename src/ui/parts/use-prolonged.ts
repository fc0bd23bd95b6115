import { useEffect, useState } from 'react'

/** Shorter waits are not shown: they would only flicker. */
const PROLONGED_MS = 150

/** True once `waiting` has been true for a while. */
export function useProlonged(waiting: boolean): boolean {
  const [prolonged, setProlonged] = useState(false)
  useEffect(() => {
    if (!waiting) {
      setProlonged(false)
      return
    }
    const timer = setTimeout(() => setProlonged(true), PROLONGED_MS)
    return () => clearTimeout(timer)
  }, [waiting])
  return prolonged
}
