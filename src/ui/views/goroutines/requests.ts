/** What the goroutines keep in the address, and what they ask. */
import type { GroupRequest } from '../../../core/evidence/goroutines/groups.ts'
import { type FieldValues, fieldValue, textField, type ViewField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** Text that the rows hold. */
export const textOfRows = textField('goroutines', 200)

/** Whether more rows of long tables are shown. */
export const moreField: ViewField<boolean> = {
  key: 'goroutines-more',
  default: false,
  parse: (text) => (text === '1' ? true : undefined),
  format: (value) => (value ? '1' : null),
}

const FEW_ROWS = 200
const MOST_ROWS = 5000

const groupRequest = (values: FieldValues): GroupRequest => ({
  text: fieldValue(values, textOfRows),
  most: fieldValue(values, moreField) ? MOST_ROWS : FEW_ROWS,
})

export const goroutineRequests = ({ view }: ViewContext): ViewRequest[] => [
  { slot: 'view:goroutines', call: 'ask', args: { question: 'goroutines.summary', args: null } },
  {
    slot: 'view:goroutine-groups',
    call: 'ask',
    args: { question: 'goroutines.groups', args: groupRequest(view.fields) },
  },
]
