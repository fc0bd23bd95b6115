/** The session that the page shows, for components. What is no component gets it handed. */
import { createContext, useContext } from 'react'
import { useStore as useZustand } from 'zustand'
import type { Pointed, Session } from '../state/session.ts'
import type { AppState } from '../state/store.ts'

const Context = createContext<Session | null>(null)

export const SessionProvider = Context.Provider

export function useSession(): Session {
  const session = useContext(Context)
  if (!session) throw new Error('no session')
  return session
}

/** Renders again when what `select` picks changes. */
export function useStore<T>(select: (state: AppState) => T): T {
  return useZustand(useSession().store, select)
}

/** The same for the box under the pointer and the selected one. */
export function usePointed<T>(select: (state: Pointed) => T): T {
  return useZustand(useSession().pointed, select)
}
