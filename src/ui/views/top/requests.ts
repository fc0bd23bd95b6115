/** What the table of functions keeps in the address, and what it asks. */
import { objectsOf, type TopSort } from '../../../core/query/top.ts'
import { fieldValue, namesField, textField } from '../../../core/view/view-field.ts'
import { type ProfileInfo, sampleTypeName } from '../../../state/store.ts'
import type { ViewContext, ViewRequest } from '../../../state/view-spec.ts'

/** Column that the table is sorted by, with "-" in front for smallest first; '' = self, largest first. See readSort. */
export const sortField = textField('sort', 80)

/** Sample types with columns of their own. */
export const columnsField = namesField('cols', 16, 80)

/** Text that the rows hold. */
export const rowsField = textField('rows', 2000)

/** "flat", "cum", "mean" or "name", of the present sample type or, behind a dot, of another; "-" = ascending. */
export function readSort(text: string, info: ProfileInfo, sampleType: number): TopSort {
  const [, minus, by, name] = /^(-?)(flat|cum|mean|name)(?:\.(.*))?$/.exec(text) ?? ['', '', 'flat', undefined]
  const asked = name === undefined ? -1 : info.sampleTypes.findIndex((_, i) => sampleTypeName(info, i) === name)
  const type = asked < 0 ? sampleType : asked
  const measure = by as TopSort['by']
  if (measure === 'mean' && objectsOf(info.sampleTypes, type) < 0) return { by: 'flat', sampleType, desc: true }
  return { by: measure, sampleType: type, desc: minus === '' }
}

export function topRequests({ view, profile: context }: ViewContext): ViewRequest[] {
  if (!context) return []
  const { profile, sampleType, asked } = context
  const sort = readSort(fieldValue(view.fields, sortField), profile.info, sampleType)
  const text = fieldValue(view.fields, rowsField)
  const { dropNegative } = view
  return [{ slot: 'top', call: 'top', args: { sampleType, sort, text, dropNegative, ...asked } }]
}
