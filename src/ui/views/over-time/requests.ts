/** What the view of a series asks, and what of it stands in the address. */
import { plainQuery } from '../../../core/query/query-spec.ts'
import { fieldValue, textField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** A total that must not be reached, as it was typed. */
export const limitField = textField('series-limit', 40)

/** What growers are told by (groups.ts). */
export const groupField = textField('series-by', 9)

export function overTimeRequests({ view, profile }: ViewContext): ViewRequest[] {
  if (!profile) return []
  const { sampleType, query } = profile
  const limit = fieldValue(view.fields, limitField).trim()
  const { sides, scale, operations, width } = plainQuery
  // A series is of all profiles: which of them are compared, and how, asks nothing anew.
  const unsided = { ...query, sides, scale, operations, width }
  const args = { sampleType, limit, query: unsided, ...(view.own && { own: view.own }) }
  return [{ slot: 'series', call: 'series', args }]
}
