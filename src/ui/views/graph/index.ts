import { lazy } from 'react'
import { acceptsAll, type ViewDefinition } from '../view-definition.ts'

export const graphView: ViewDefinition = {
  id: 'graph',
  title: { en: 'Graph', zh: '调用图' },
  accepts: acceptsAll,
  Component: lazy(async () => ({ default: (await import('./graph-view.tsx')).GraphView })),
}
