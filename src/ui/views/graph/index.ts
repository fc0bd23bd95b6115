import { acceptsProfiles } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { addedField, graphRequests, nodeCountField } from './fields.ts'

export const graphView: ViewDefinition = {
  id: 'graph',
  title: { en: 'Graph', zh: '调用图' },
  accepts: acceptsProfiles,
  fields: [nodeCountField, addedField] as ViewDefinition['fields'],
  requests: graphRequests,
  ...lazily(async () => (await import('./graph-view.tsx')).GraphView),
}
