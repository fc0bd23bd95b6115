import { useEffect, useState } from 'react'

/** What takes longer than this is said to be late; shorter waits would only flicker. */
const LATE_MS = 150

/** True once `waiting` has held for a while. */
export function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!waiting) {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), LATE_MS)
    return () => clearTimeout(timer)
  }, [waiting])
  return late
}
