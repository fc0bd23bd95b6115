/** What the view of reads of memory keeps in the address, and what it asks. */
import type { ReadsRequest, SaysRequest } from '../../../core/evidence/memstats/document.ts'
import { fieldValue, rowField, textField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** Memory that the process must not pass, as it was typed. */
export const limitField = textField('mem-limit', 40)

/** Row among all reads that is looked at. */
export const readField = rowField('mem-row')

const MOST_ROWS = 5000

export function memoryRequests({ view }: ViewContext): ViewRequest[] {
  const says: SaysRequest = { limit: fieldValue(view.fields, limitField).trim() }
  const rows: ReadsRequest = { most: MOST_ROWS }
  return [
    { slot: 'view:memory', call: 'ask', args: { question: 'memstats.rows', args: rows } },
    { slot: 'view:memory-says', call: 'ask', args: { question: 'memstats.says', args: says } },
  ]
}
