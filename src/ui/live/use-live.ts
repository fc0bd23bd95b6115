/** What is captured, for the components of this folder. */
import { createContext, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Live, LiveState } from '../../state/live/live.ts'

const Context = createContext<Live | null>(null)

export const LiveProvider = Context.Provider

export function useLive(): Live {
  const live = useContext(Context)
  if (!live) throw new Error('no live')
  return live
}

export const useLiveState = <T>(select: (state: LiveState) => T): T => useStore(useLive().store, select)

const TICK_MS = 250

/** Seconds until a moment, in milliseconds since 1970; 0 when it is over. Renders again while it comes nearer. */
export function useSecondsUntil(moment: number | null): number {
  const [now, setNow] = useState(() => Date.now())
  const isComing = moment !== null && moment > now
  useEffect(() => {
    setNow(Date.now())
    if (moment === null) return
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [moment])
  return isComing ? Math.ceil((moment - now) / 1000) : 0
}
