import { isProfile } from '../../../state/store.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

export const sourceView: ViewDefinition = {
  id: 'source',
  title: { en: 'Source', zh: '源码' },
  // A profile of names alone has no lines.
  accepts: (document) => isProfile(document) && document.info.files.bytes.length > 0,
  fields: [],
  requests({ view: { func }, profile: context }) {
    if (!context || func === '') return []
    const { sampleType, asked } = context
    return [{ slot: 'lines', call: 'lines', args: { sampleType, file: '', func, ...asked } }]
  },
  ...lazily(async () => (await import('./source-view.tsx')).SourceView),
}
