import { lazy } from 'react'
import type { ViewDefinition } from '../view-definition.ts'

export const sourceView: ViewDefinition = {
  id: 'source',
  title: { en: 'Source', zh: '源码' },
  // A profile of names alone has no lines.
  accepts: (info) => info.files.bytes.length > 0,
  Component: lazy(async () => ({ default: (await import('./source-view.tsx')).SourceView })),
}
