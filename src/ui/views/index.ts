/** The views of a profile, in the order of their tabs. The first one is open when the address names none. */
import type { ComponentType } from 'react'
import { BOTTOM_UP } from '../../core/view/view-state.ts'
import { words } from '../words/index.ts'
import { FlameView } from './flame-view.tsx'
import { FunctionView } from './function/function-view.tsx'
import { GraphView } from './graph/graph-view.tsx'
import { LabelsView } from './labels/labels-view.tsx'
import { SourceView } from './source/source-view.tsx'
import { TopView } from './top/top-view.tsx'
import { TreeView } from './tree/tree-view.tsx'

export interface View {
  /** As the address has it. */
  id: string
  /** In the language of the moment. */
  title: () => string
  Component: ComponentType
}

export const views: readonly [View, ...View[]] = [
  { id: 'flame', title: () => words.views.flame, Component: FlameView },
  { id: BOTTOM_UP, title: () => words.views['bottom-up'], Component: FlameView },
  { id: 'function', title: () => words.tables.function, Component: FunctionView },
  { id: 'top', title: () => words.tables.top, Component: TopView },
  { id: 'tree', title: () => words.tables.tree.title, Component: TreeView },
  { id: 'graph', title: () => words.tables.graph.title, Component: GraphView },
  { id: 'labels', title: () => words.tables.labels.title, Component: LabelsView },
  { id: 'source', title: () => words.tables.source.title, Component: SourceView },
]

export function viewOf(page: string): View {
  return views.find((v) => v.id === page) ?? views[0]
}

/** What ViewState.page holds for a view. */
export function pageOf(view: View): string {
  return view === views[0] ? '' : view.id
}
