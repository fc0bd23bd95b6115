/** One component shows both: what is asked of the engine tells them apart. */
import { BOTTOM_UP_TABLE } from '../../../core/view/view-state.ts'
import { acceptsProfiles } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import { tableTab } from '../table-tab.ts'
import type { ViewDefinition } from '../view-definition.ts'

const both = {
  tab: tableTab,
  accepts: acceptsProfiles,
  fields: [],
  // The tree of the flame graph is all they need.
  requests: () => [],
  ...lazily(async () => (await import('./tree-view.tsx')).TreeView),
}

export const treeView: ViewDefinition = { id: 'tree', title: { en: 'Call tree', zh: '调用树' }, ...both }

export const bottomUpTableView: ViewDefinition = {
  id: BOTTOM_UP_TABLE,
  title: { en: 'Bottom-up', zh: '自底向上' },
  ...both,
}
