/** What a view is to the rest of the page: one row of the list in index.ts. */
import type { ComponentType } from 'react'
import { isBottomUp } from '../../core/view/view-state.ts'
import type { OpenDocument } from '../../state/store.ts'
import type { ViewSpec } from '../../state/view-spec.ts'
import type { Messages } from '../words/message-types.ts'

export interface ViewDefinition extends ViewSpec {
  /** On its tab, or on the switch of a tab that it shares. All else that it says comes with its component. */
  title: Messages<string>
  /** The tab that it shares with others: the same object in each of them. Left out = a tab of its own. */
  tab?: { title: Messages<string> }
  /** No inspector stands beside it: it has a panel of its own, or shows no functions. */
  hasPanel?: true
  /** Its code is loaded when it is first opened (parts/lazily.tsx). */
  Component: ComponentType
  /** Loads it ahead of need. */
  preload?(): Promise<void>
}

export interface Tab {
  title: Messages<string>
  /** At least one, the first one to open. */
  views: readonly [ViewDefinition, ...ViewDefinition[]]
}

/** The tabs of a document, in the order of their first views. */
export function tabsOf(views: readonly ViewDefinition[], document: OpenDocument): Tab[] {
  const tabs = new Map<object, Tab>()
  for (const view of views.filter(({ accepts }) => accepts(document))) {
    const key = view.tab ?? view
    const tab = tabs.get(key)
    tabs.set(key, { title: (view.tab ?? view).title, views: tab ? [...tab.views, view] : [view] })
  }
  return [...tabs.values()]
}

/** The view that a press on a tab opens: callers stay below callees, and the other way round, where it has such a view. */
export function viewOfTab({ views }: Tab, isTurned: boolean): ViewDefinition {
  return views.find(({ id }) => isBottomUp({ page: id }) === isTurned) ?? views[0]
}
