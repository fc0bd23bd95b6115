import { traceOf } from '../../../core/trace/timeline/questions.ts'
import { lazily } from '../../parts/lazily.tsx'
import { during } from '../timeline/requests.ts'
import type { ViewDefinition } from '../view-definition.ts'
import { annotationField } from './fields.ts'

/** Lines of the log that are shown. */
const MOST_LOGS = 2000

export const annotationsView: ViewDefinition = {
  id: 'annotations',
  title: { en: 'Annotations', zh: '标注' },
  accepts(document) {
    const timeline = traceOf(document)?.timeline
    return timeline !== undefined && timeline.tasks.name.length + timeline.regions.name.length + timeline.logs > 0
  },
  fields: [annotationField],
  requests({ view }) {
    const time = during(view)
    return [
      { slot: 'view:trace-answers', call: 'ask', args: { question: 'trace.answers', args: { during: time } } },
      {
        slot: 'view:trace-logs',
        call: 'ask',
        args: { question: 'trace.logs', args: { during: time, most: MOST_LOGS } },
      },
    ]
  },
  hasPanel: true,
  ...lazily(async () => (await import('./annotations-view.tsx')).AnnotationsView),
}
