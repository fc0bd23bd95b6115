import { INVESTIGATION } from '../../../core/documents/document.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

export const storyView: ViewDefinition = {
  id: 'story',
  title: { en: 'Story', zh: '排查结论' },
  accepts: ({ kind }) => kind === INVESTIGATION,
  fields: [],
  requests: () => [{ slot: 'view:story', call: 'ask', args: { question: 'story', args: null } }],
  ...lazily(async () => (await import('./story-view.tsx')).StoryView),
}
