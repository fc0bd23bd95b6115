import { traceOf } from '../../../core/trace/timeline/questions.ts'
import type { ViewField } from '../../../core/view/view-field.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { baseField, chosenField, openField, windowField } from './fields.ts'
import { timelineRequests } from './requests.ts'

export const timelineView: ViewDefinition = {
  id: 'timeline',
  title: { en: 'Timeline', zh: '时间线' },
  accepts: (document) => traceOf(document) !== undefined,
  fields: [windowField, chosenField, openField, baseField] as ViewField[],
  requests: timelineRequests,
  hasPanel: true,
  ...lazily(async () => (await import('./timeline-view.tsx')).TimelineView),
}
