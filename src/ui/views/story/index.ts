import { INVESTIGATION } from '../../../core/documents/document.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { beganField, storyRequest } from './requests.ts'

export const storyView: ViewDefinition = {
  id: 'story',
  title: { en: 'Story', zh: '排查结论' },
  accepts: ({ kind }) => kind === INVESTIGATION,
  fields: [beganField],
  requests: ({ view }) => [
    { slot: 'view:story', call: 'ask', args: { question: 'story', args: storyRequest(view.fields) } },
  ],
  ...lazily(async () => (await import('./story-view.tsx')).StoryView),
}
