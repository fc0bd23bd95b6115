import { rowField } from '../../../core/view/view-field.ts'

/** Row of the table that is looked at. */
export const annotationField = rowField('ta')
