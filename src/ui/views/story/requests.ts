/** What the story keeps in the address, and what it asks. */
import type { StoryRequest } from '../../../core/story/document.ts'
import { type FieldValues, fieldValue, type ViewField } from '../../../core/view/view-field.ts'

/** "2026-01-31T12:00:00", in UTC as the axis is; '' = not said. */
export const beganField: ViewField<string> = {
  key: 'gc-began',
  default: '',
  parse: (text) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text) ? text : undefined),
  format: (value) => (value === '' ? null : value),
}

export function storyRequest(values: FieldValues): StoryRequest {
  const time = Date.parse(`${fieldValue(values, beganField)}Z`)
  return { began: Number.isNaN(time) ? null : time }
}
