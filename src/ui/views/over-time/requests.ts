/** What the view of a series asks, and what of it stands in the address. */
import { plainQuery } from '../../../core/query/query-spec.ts'
import { fieldValue, textField, type ViewField } from '../../../core/view/view-field.ts'
import { asking } from '../../../state/answers.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

export const LEAST_SNAPSHOTS = 3

/** What growers are told by. */
export const GROUPS = ['growers', 'functions', 'lines', 'labels'] as const
export type Group = (typeof GROUPS)[number]

/** A total that must not be reached, as it was typed. */
export const limitField = textField('series-limit', 40)

export const groupField: ViewField<Group> = {
  key: 'series-by',
  default: 'growers',
  parse: (text) => GROUPS.find((group) => group === text),
  format: (group) => (group === 'growers' ? null : group),
}

export function overTimeRequests({ view, profile }: ViewContext): ViewRequest[] {
  if (!profile) return []
  const { sampleType, query } = profile
  const limit = fieldValue(view.fields, limitField).trim()
  const { sides, scale, operations, width } = plainQuery
  // A series is of all profiles: which of them are compared, and how, asks nothing anew.
  const asked = asking({ ...query, sides, scale, operations, width })
  const args = { sampleType, ...asked, ...(view.own ? { own: view.own } : {}), ...(limit === '' ? {} : { limit }) }
  return [{ slot: 'series', call: 'series', args }]
}
