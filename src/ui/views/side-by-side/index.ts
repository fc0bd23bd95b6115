import { isProfile } from '../../../state/store.ts'
import { wholeTree } from '../../../state/whole-tree.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

export const sideBySideView: ViewDefinition = {
  id: 'side-by-side',
  title: { en: 'Side by side', zh: '并排' },
  accepts: (document) => isProfile(document) && document.info.sides !== null,
  fields: [],
  requests({ view: { order }, profile: context }) {
    if (!context) return []
    const { sampleType, asked } = context
    return [{ slot: 'sourceTrees', call: 'sourceTrees', args: { sampleType, ...wholeTree(order), ...asked } }]
  },
  ...lazily(async () => (await import('./side-by-side-view.tsx')).SideBySideView),
}
