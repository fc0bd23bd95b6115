import { acceptsProfiles } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

export const treeView: ViewDefinition = {
  id: 'tree',
  title: { en: 'Tree', zh: '调用树' },
  accepts: acceptsProfiles,
  fields: [],
  // The tree of the flame graph is all it needs.
  requests: () => [],
  ...lazily(async () => (await import('./tree-view.tsx')).TreeView),
}
