import { partOf } from '../../../core/evidence/document.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { allField, kindField, mappingField, profileField, textOfRows, whyField } from './fields.ts'

export const escapesView: ViewDefinition = {
  id: 'escapes',
  title: { en: 'Escapes', zh: '逃逸' },
  accepts: (document) => partOf(document, 'escapes') !== undefined,
  fields: [textOfRows, whyField, kindField, allField, mappingField, profileField] as ViewDefinition['fields'],
  requests: () => [],
  ...lazily(async () => (await import('./escapes-view.tsx')).EscapesView),
}
