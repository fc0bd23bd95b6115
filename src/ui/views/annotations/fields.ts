import { textField } from '../../../core/view/view-field.ts'

/** Characters of its text. */
export const LONGEST = 500

/** What is looked at, see row-key.ts. */
export const annotationField = textField('ta', LONGEST)
