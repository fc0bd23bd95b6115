import { partOf } from '../../../core/evidence/document.ts'
import type { ViewField } from '../../../core/view/view-field.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { cycleField, gcRequests, orderField } from './requests.ts'

export const gcView: ViewDefinition = {
  id: 'gc',
  title: { en: 'GC', zh: '垃圾回收' },
  accepts: (document) => partOf(document, 'gctrace') !== undefined,
  fields: [orderField, cycleField] as ViewField[],
  requests: gcRequests,
  ...lazily(async () => (await import('./gc-view.tsx')).GcView),
}
