import { acceptsProfiles } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'

/** What pprof draws unless it is told otherwise. */
const PPROF_GRAPH = { cum: false, nodeCount: 80, nodeFraction: 0.005, edgeFraction: 0.001, visual: true } as const

export const graphView: ViewDefinition = {
  id: 'graph',
  title: { en: 'Graph', zh: '调用图' },
  accepts: acceptsProfiles,
  fields: [],
  requests({ view: { dropNegative }, profile: context }) {
    if (!context) return []
    const { sampleType, asked } = context
    const options = { ...PPROF_GRAPH, dropNegative }
    return [{ slot: 'graph', call: 'picture', args: { sampleType, options, ...asked } }]
  },
  ...lazily(async () => (await import('./graph-view.tsx')).GraphView),
}
