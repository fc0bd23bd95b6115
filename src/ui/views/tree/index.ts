import { lazy } from 'react'
import { acceptsAll, type ViewDefinition } from '../view-definition.ts'

export const treeView: ViewDefinition = {
  id: 'tree',
  title: { en: 'Tree', zh: '调用树' },
  accepts: acceptsAll,
  Component: lazy(async () => ({ default: (await import('./tree-view.tsx')).TreeView })),
}
