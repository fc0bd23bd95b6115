/** What the tables of benchmarks keep in the address, and what they ask. */
import type { Order, TableRequest } from '../../../core/benchmark/table.ts'
import { MOST_SOURCES } from '../../../core/documents/document.ts'
import {
  choiceField,
  type FieldValues,
  fieldValue,
  namesField,
  textField,
  type ViewField,
} from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** Row of the file that the others are compared with. */
export const baseField: ViewField<number> = {
  key: 'bench-base',
  default: 0,
  parse: (text) => (/^\d{1,2}$/.test(text) && Number(text) < MOST_SOURCES ? Number(text) : undefined),
  format: (value) => (value === 0 ? null : String(value)),
}

export const orderField: ViewField<Order> = choiceField('bench-order', ['file', 'name', 'change'])

/** Keys of the configuration by which results are not told apart. */
export const ignoreField = namesField('bench-ignore', 32, 80)

/** Text that the names hold. */
export const nameField = textField('bench-rows', 200)

/** Whether more rows of long tables are shown. */
export const moreField: ViewField<boolean> = {
  key: 'bench-more',
  default: false,
  parse: (text) => (text === '1' ? true : undefined),
  format: (value) => (value ? '1' : null),
}

export const fields: readonly ViewField[] = [baseField, orderField, ignoreField, nameField, moreField] as ViewField[]

/** Rows before somebody asks for more, and then. */
const FEW_ROWS = 500
const MOST_ROWS = 5000

export const tableRequest = (values: FieldValues): TableRequest => ({
  base: fieldValue(values, baseField),
  order: fieldValue(values, orderField),
  ignore: fieldValue(values, ignoreField),
  text: fieldValue(values, nameField),
  most: fieldValue(values, moreField) ? MOST_ROWS : FEW_ROWS,
})

export const benchmarkRequests = ({ view }: ViewContext): ViewRequest[] => [
  { slot: 'view:benchmarks', call: 'ask', args: { question: 'tables', args: tableRequest(view.fields) } },
]
