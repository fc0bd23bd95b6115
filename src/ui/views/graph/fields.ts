/** What the call graph keeps in the address, and what it asks. */
import { fieldValue, type ViewField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** How many functions are drawn at most; the first is pprof's own number. */
export const NODE_COUNTS = [80, 20, 40, 160, 320] as const

export const nodeCountField: ViewField<number> = {
  key: 'graph-nodes',
  default: NODE_COUNTS[0],
  parse: (text) => NODE_COUNTS.find((count) => String(count) === text),
  format: (value) => (value === NODE_COUNTS[0] ? null : String(value)),
}

export const MOST_ADDED = 200

/** Name hashes of functions that were added to the graph, written in base 36. */
export const addedField: ViewField<readonly number[]> = {
  key: 'graph-add',
  default: [],
  parse(text) {
    const hashes = text.split('.').map((part) => (/^[0-9a-z]{1,7}$/.test(part) ? Number.parseInt(part, 36) : -1))
    return hashes.length <= MOST_ADDED && hashes.every((hash) => hash >= 0) ? hashes : undefined
  },
  format: (value) => (value.length === 0 ? null : value.map((hash) => hash.toString(36)).join('.')),
}

/** With more of them, heaviest first, as far as a link can keep them. */
export const withAdded = (added: readonly number[], more: readonly number[]): readonly number[] =>
  [...new Set([...added, ...more])].slice(0, MOST_ADDED)

/** What pprof draws unless it is told otherwise. */
const PPROF_GRAPH = { cum: false, nodeFraction: 0.005, edgeFraction: 0.001, visual: true } as const

export function graphRequests({ view: { dropNegative, fields }, profile: context }: ViewContext): ViewRequest[] {
  if (!context) return []
  const { sampleType, asked } = context
  const options = { ...PPROF_GRAPH, nodeCount: fieldValue(fields, nodeCountField), dropNegative }
  const also = fieldValue(fields, addedField)
  const args = { sampleType, options, ...(also.length > 0 ? { also } : {}), ...asked }
  return [{ slot: 'graph', call: 'graph', args }]
}
