/** What the list of changes keeps in the address, and what it asks. */
import type { Change, ChangeOrder, ChangesRequest } from '../../../core/compare/changes.ts'
import { fieldValue, textField, type ViewField } from '../../../core/view/view-field.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

const oneOf = <T extends string>(key: string, values: readonly T[], first: T): ViewField<T> => ({
  key,
  default: first,
  parse: (text) => values.find((value) => value === text),
  format: (value) => (value === first ? null : value),
})

export const measureField = oneOf<ChangesRequest['measure']>('chm', ['flat', 'cum'], 'flat')

export const changeField = oneOf<Change | ''>('chk', ['', 'new', 'gone', 'grown', 'shrunk'], '')

/** Column that the list is sorted by, with "-" in front for smallest first. */
export const orderField = textField('chs', 20)

/** Text that the rows hold. */
export const rowsField = textField('cht', 2000)

export function readOrder(text: string): { by: ChangeOrder; desc: boolean } {
  const [, minus = '', by = 'difference'] = /^(-?)(difference|share|base|current|name)$/.exec(text) ?? []
  // The expression lets no other name through.
  return { by: by as ChangeOrder, desc: minus === '' }
}

export function changesRequests({ view, profile: context }: ViewContext): ViewRequest[] {
  if (!context) return []
  const { sampleType, asked } = context
  const of = <T>(field: ViewField<T>) => fieldValue(view.fields, field)
  const args = {
    sampleType,
    measure: of(measureField),
    change: of(changeField),
    text: of(rowsField),
    ...readOrder(of(orderField)),
    ...asked,
  }
  return [{ slot: 'changes', call: 'changes', args }]
}
