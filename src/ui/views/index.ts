/** The views of a profile, in the order of their tabs. */
import type { ComponentType } from 'react'
import { BOTTOM_UP } from '../../core/view/view-state.ts'
import { words } from '../words/index.ts'
import { Workspace } from '../work/workspace.tsx'
import { FunctionView } from './function/function-view.tsx'
import { TopView } from './top/top-view.tsx'

export interface View {
  /** In the address; the first view has none. */
  id: string
  /** Asked for each time, since the language may change. */
  title: () => string
  Component: ComponentType
}

export const views: readonly [View, ...View[]] = [
  { id: '', title: () => words.views.flame, Component: Workspace },
  { id: BOTTOM_UP, title: () => words.views.bottomUp, Component: Workspace },
  { id: 'function', title: () => words.views.function, Component: FunctionView },
  { id: 'top', title: () => words.views.top, Component: TopView },
]
