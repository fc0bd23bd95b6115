import { partOf } from '../../../core/evidence/document.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { goroutineRequests, moreField, textOfRows } from './requests.ts'

export const goroutinesView: ViewDefinition = {
  id: 'goroutines',
  title: { en: 'Goroutines', zh: 'goroutine 列表' },
  accepts: (document) => partOf(document, 'goroutines') !== undefined,
  fields: [textOfRows, moreField] as ViewDefinition['fields'],
  requests: goroutineRequests,
  ...lazily(async () => (await import('./goroutines-view.tsx')).GoroutinesView),
}
