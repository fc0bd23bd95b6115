import { textField } from '../../../core/view/view-field.ts'

/** What is looked at, see row-key.ts. */
export const annotationField = textField('ta', 500)
