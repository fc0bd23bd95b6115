/** The views of a profile, in the order of their tabs. */
import type { ComponentType } from 'react'
import { words } from '../words/index.ts'
import { Workspace } from '../work/workspace.tsx'
import { FunctionView } from './function/function-view.tsx'
import { TopView } from './top/top-view.tsx'
import { TreeView } from './tree/tree-view.tsx'

export interface View {
  /** In the address. */
  id: string
  title: string
  Component: ComponentType
}

export const views: readonly View[] = [
  { id: '', title: words.views.flame, Component: Workspace },
  { id: 'function', title: words.views.function, Component: FunctionView },
  { id: 'top', title: words.views.top, Component: TopView },
  { id: 'tree', title: words.views.tree.title, Component: TreeView },
]
