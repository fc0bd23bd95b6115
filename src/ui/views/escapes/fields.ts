/** What the escapes keep in the address. */
import type { EscapeKind } from '../../../core/evidence/escapes/table.ts'
import type { WhyId } from '../../../core/evidence/escapes/why.ts'
import { textField, type ViewField } from '../../../core/view/view-field.ts'

/** Text that the rows hold. */
export const textOfRows = textField('escapes', 200)

/** "FROM=TO", see parseMapping(). */
export const mappingField = textField('escapes-map', 500)

/** Id of the profile that weighs, '' = the one that fits. */
export const profileField = textField('escapes-by', 1000)

export const whyField: ViewField<WhyId | ''> = {
  key: 'escapes-why',
  default: '',
  // One that no row bears is a filter that nothing passes.
  parse: (text) => (/^[a-z]{1,20}$/.test(text) ? (text as WhyId) : undefined),
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
