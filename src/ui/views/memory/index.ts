import { partOf } from '../../../core/evidence/document.ts'
import type { ViewField } from '../../../core/view/view-field.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { limitField, memoryRequests, readField } from './requests.ts'

export const memoryView: ViewDefinition = {
  id: 'memory',
  title: { en: 'Memory', zh: '内存' },
  accepts: (document) => partOf(document, 'memstats') !== undefined,
  fields: [limitField, readField] as ViewField[],
  requests: memoryRequests,
  ...lazily(async () => (await import('./memory-view.tsx')).MemoryView),
}
