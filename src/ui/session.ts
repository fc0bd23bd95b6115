/** The session that the page shows and the views that there are, for components. What is no component gets them handed. */
import { createContext, useContext } from 'react'
import { useStore as useZustand } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { fieldValue, type ViewField } from '../core/view/view-field.ts'
import type { ViewState } from '../core/view/view-state.ts'
import type { Pointed, Session } from '../state/session.ts'
import type { AppState } from '../state/store.ts'
import type { ViewDefinition } from './views/view-definition.ts'

export interface Page {
  session: Session
  /** In the order of their tabs. */
  views: readonly ViewDefinition[]
}

const Context = createContext<Page | null>(null)

export const PageProvider = Context.Provider

function usePage(): Page {
  const page = useContext(Context)
  if (!page) throw new Error('no session')
  return page
}

export const useSession = (): Session => usePage().session

export const useViews = (): readonly ViewDefinition[] => usePage().views

/** Renders again when what `select` picks changes. */
export function useStore<T>(select: (state: AppState) => T): T {
  return useZustand(useSession().store, select)
}

/** Some fields of the view. Renders again when one of them changes: not while the graph is panned, unless it asks for that. */
export function useView<K extends keyof ViewState>(...keys: K[]): Pick<ViewState, K> {
  const pick = useShallow(({ view }: AppState) => {
    const some: Partial<ViewState> = {}
    for (const key of keys) some[key] = view[key]
    return some as Pick<ViewState, K>
  })
  return useStore(pick)
}

/** The value of a field of one view. */
export function useField<T>(field: ViewField<T>): T {
  return useStore((s) => fieldValue(s.view.fields, field))
}

/** As useStore, of the box under the pointer and the selected one. */
export function usePointed<T>(select: (state: Pointed) => T): T {
  return useZustand(useSession().pointed, select)
}
