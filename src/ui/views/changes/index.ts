import { isProfile } from '../../../state/store.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { changeField, changesRequests, measureField, orderField, rowsField } from './requests.ts'

export const changesView: ViewDefinition = {
  id: 'changes',
  title: { en: 'Changes', zh: '变化' },
  accepts: (document) => isProfile(document) && document.info.sides !== null,
  fields: [measureField, changeField, orderField, rowsField],
  requests: changesRequests,
  ...lazily(async () => (await import('./changes-view.tsx')).ChangesView),
}
