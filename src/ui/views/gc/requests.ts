/** What the view of a GC log keeps in the address, and what it asks. */
import type { CycleOrder, CyclesRequest } from '../../../core/evidence/gctrace/cycles.ts'
import { fieldValue, type ViewField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

export const ORDERS: readonly CycleOrder[] = ['', 'live', 'end', 'goal', 'sweepTerm', 'mark', 'markTerm', 'assist']

export const orderField: ViewField<CycleOrder> = {
  key: 'gc-order',
  default: '',
  parse: (text) => ORDERS.find((order) => order === text),
  format: (value) => (value === '' ? null : value),
}

/** Row of the log that is looked at, -1 = none. */
export const cycleField: ViewField<number> = {
  key: 'gc-row',
  default: -1,
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  format: (value) => (value < 0 ? null : String(value)),
}

/** Whether more rows of long logs are shown. */
export const moreField: ViewField<boolean> = {
  key: 'gc-more',
  default: false,
  parse: (text) => (text === '1' ? true : undefined),
  format: (value) => (value ? '1' : null),
}

/** Rows before somebody asks for more, and then. */
const FEW_ROWS = 5000
const MOST_ROWS = 100_000

export function gcRequests({ view }: ViewContext): ViewRequest[] {
  const most = fieldValue(view.fields, moreField) ? MOST_ROWS : FEW_ROWS
  const args: CyclesRequest = { order: fieldValue(view.fields, orderField), most }
  return [
    { slot: 'view:gc', call: 'ask', args: { question: 'gctrace.cycles', args } },
    { slot: 'view:gc-chart', call: 'ask', args: { question: 'gctrace.chart', args: null } },
  ]
}
