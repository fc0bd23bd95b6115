import { isProfile } from '../../../state/store.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

export const labelsView: ViewDefinition = {
  id: 'labels',
  title: { en: 'Labels', zh: '标签' },
  accepts: (document) => isProfile(document) && document.info.hasLabels,
  fields: [],
  requests({ view: { zoom }, profile: context }) {
    if (!context) return []
    const { sampleType, asked } = context
    const within = zoom.length > 0 ? { path: zoom } : {}
    return [{ slot: 'tags', call: 'tags', args: { sampleType, ...within, ...asked } }]
  },
  ...lazily(async () => (await import('./labels-view.tsx')).LabelsView),
}
