/** What the escapes keep in the address, and what they ask. */
import type { EscapeRequest } from '../../../core/evidence/escapes/document.ts'
import type { EscapeKind } from '../../../core/evidence/escapes/table.ts'
import { type WhyId, whyIds } from '../../../core/evidence/escapes/why.ts'
import { type FieldValues, fieldValue, textField, type ViewField } from '../../../core/view/view-field.ts'
import { weighedBy, weighing } from '../../../state/escapes.ts'
import type { OpenDocument } from '../../../state/store.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** Text that the rows hold. */
export const textOfRows = textField('escapes', 200)

/** "FROM=TO", see parseMapping(). */
export const mappingField = textField('escapes-map', 500)

/** Id of the profile that weighs, '' = the one that fits. */
export const profileField = textField('escapes-by', 1000)

export const whyField: ViewField<WhyId | ''> = {
  key: 'escapes-why',
  default: '',
  parse: (text) => whyIds.find((id) => id === text),
  format: (value) => (value === '' ? null : value),
}

const KINDS: readonly EscapeKind[] = ['escapes', 'moved', 'stays', 'leaks']

/** Left out = what is on the heap. */
export const kindField: ViewField<EscapeKind | ''> = {
  key: 'escapes-kind',
  default: '',
  parse: (text) => KINDS.find((kind) => kind === text),
  format: (value) => (value === '' ? null : value),
}

/** Whether escapes without weight, and more rows of long tables, are shown. */
export const allField: ViewField<boolean> = {
  key: 'escapes-all',
  default: false,
  parse: (text) => (text === '1' ? true : undefined),
  format: (value) => (value ? '1' : null),
}

const FEW_ROWS = 300
const MOST_ROWS = 5000

export function escapeRequest(
  values: FieldValues,
  document: OpenDocument,
  documents: readonly OpenDocument[],
): EscapeRequest {
  const wanted = fieldValue(values, profileField)
  const fitting = weighing(document, documents)
  const profile = fitting.find(({ id }) => id === wanted) ?? fitting[0]
  const kind = fieldValue(values, kindField)
  return {
    ...(kind === '' ? {} : { kinds: [kind] }),
    why: fieldValue(values, whyField),
    text: fieldValue(values, textOfRows),
    mapping: fieldValue(values, mappingField),
    most: fieldValue(values, allField) ? MOST_ROWS : FEW_ROWS,
    profile: profile ? weighedBy(profile) : null,
  }
}

export const escapeRequests = ({ view, document, documents }: ViewContext): ViewRequest[] => [
  {
    slot: 'view:escapes',
    call: 'ask',
    args: { question: 'escapes.table', args: escapeRequest(view.fields, document, documents) },
  },
]
