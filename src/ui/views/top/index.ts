import { acceptsProfiles } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import { tableTab } from '../table-tab.ts'
import type { ViewDefinition } from '../view-definition.ts'
import { columnsField, rowsField, sortField, topRequests } from './requests.ts'

export const topView: ViewDefinition = {
  id: 'top',
  title: { en: 'Functions', zh: '函数' },
  tab: tableTab,
  accepts: acceptsProfiles,
  fields: [sortField, columnsField, rowsField],
  requests: topRequests,
  ...lazily(async () => (await import('./top-view.tsx')).TopView),
}
