/** What the view of a GC log keeps in the address, and what it asks. */
import { CYCLE_ORDERS, type CyclesRequest } from '../../../core/evidence/gctrace/orders.ts'
import { choiceField, fieldValue, rowField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

export const orderField = choiceField('gc-order', CYCLE_ORDERS)

/** Row of the log that is looked at. */
export const cycleField = rowField('gc-row')

/** Rows of the table: the largest by any column are among them. */
const MOST_ROWS = 20_000

export function gcRequests({ view }: ViewContext): ViewRequest[] {
  const args: CyclesRequest = { order: fieldValue(view.fields, orderField), most: MOST_ROWS }
  return [
    { slot: 'view:gc', call: 'ask', args: { question: 'gctrace.cycles', args } },
    { slot: 'view:gc-chart', call: 'ask', args: { question: 'gctrace.chart', args: null } },
  ]
}
