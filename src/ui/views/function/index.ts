import { acceptsProfiles } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

export const functionView: ViewDefinition = {
  id: 'function',
  title: { en: 'Function', zh: '函数' },
  accepts: acceptsProfiles,
  fields: [],
  requests({ view: { order, func }, profile: context }) {
    if (!context || func === '') return []
    const { sampleType, asked } = context
    return [{ slot: 'sandwich', call: 'sandwich', args: { sampleType, order, name: func, ...asked } }]
  },
  ...lazily(async () => (await import('./function-view.tsx')).FunctionView),
}
