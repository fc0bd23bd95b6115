/** The views of a profile, in the order of their tabs. The first one is open when the address names none. */
import { type ComponentType, lazy } from 'react'
import { BOTTOM_UP } from '../../core/view/view-state.ts'
import type { Words } from '../words/index.ts'
import { FlameView } from './flame-view.tsx'

const FunctionView = lazy(async () => ({ default: (await import('./function/function-view.tsx')).FunctionView }))
const GraphView = lazy(async () => ({ default: (await import('./graph/graph-view.tsx')).GraphView }))
const LabelsView = lazy(async () => ({ default: (await import('./labels/labels-view.tsx')).LabelsView }))
const SourceView = lazy(async () => ({ default: (await import('./source/source-view.tsx')).SourceView }))
const TopView = lazy(async () => ({ default: (await import('./top/top-view.tsx')).TopView }))
const TreeView = lazy(async () => ({ default: (await import('./tree/tree-view.tsx')).TreeView }))

export interface View {
  /** As the address has it. */
  id: string
  title: (words: Words) => string
  Component: ComponentType
}

export const views: readonly [View, ...View[]] = [
  { id: 'flame', title: (words) => words.views.flame, Component: FlameView },
  { id: BOTTOM_UP, title: (words) => words.views['bottom-up'], Component: FlameView },
  { id: 'function', title: (words) => words.tables.function, Component: FunctionView },
  { id: 'top', title: (words) => words.tables.top, Component: TopView },
  { id: 'tree', title: (words) => words.tables.tree.title, Component: TreeView },
  { id: 'graph', title: (words) => words.tables.graph.title, Component: GraphView },
  { id: 'labels', title: (words) => words.tables.labels.title, Component: LabelsView },
  { id: 'source', title: (words) => words.tables.source.title, Component: SourceView },
]

export function viewOf(page: string): View {
  return views.find((v) => v.id === page) ?? views[0]
}

/** What ViewState.page holds for a view. */
export function pageOf(view: View): string {
  return view === views[0] ? '' : view.id
}
