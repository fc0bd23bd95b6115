import { lazy } from 'react'
import type { ViewDefinition } from '../view-definition.ts'

export const labelsView: ViewDefinition = {
  id: 'labels',
  title: { en: 'Labels', zh: '标签' },
  accepts: (info) => info.hasLabels,
  Component: lazy(async () => ({ default: (await import('./labels-view.tsx')).LabelsView })),
}
