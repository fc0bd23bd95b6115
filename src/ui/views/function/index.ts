import { lazy } from 'react'
import { acceptsAll, type ViewDefinition } from '../view-definition.ts'

export const functionView: ViewDefinition = {
  id: 'function',
  title: { en: 'Function', zh: '函数' },
  accepts: acceptsAll,
  Component: lazy(async () => ({ default: (await import('./function-view.tsx')).FunctionView })),
}
