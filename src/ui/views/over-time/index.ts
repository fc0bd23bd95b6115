import { isProfile } from '../../../state/store.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { groupField, limitField, overTimeRequests } from './requests.ts'

export const overTimeView: ViewDefinition = {
  id: 'over-time',
  title: { en: 'Over time', zh: '随时间' },
  accepts: (document) => isProfile(document) && (document.info.sides?.length ?? 0) > 2,
  fields: [limitField, groupField],
  requests: overTimeRequests,
  ...lazily(async () => (await import('./over-time-view.tsx')).OverTimeView),
}
