import { lazy } from 'react'
import { acceptsAll, type ViewDefinition } from '../view-definition.ts'

export const topView: ViewDefinition = {
  id: 'top',
  title: { en: 'Top', zh: '排行' },
  accepts: acceptsAll,
  Component: lazy(async () => ({ default: (await import('./top-view.tsx')).TopView })),
}
