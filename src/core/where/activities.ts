/** All activities. Where two name a function, the first one counts. */
import type { Activity } from './activity.ts'
import { formats } from './rows/formats.ts'
import { language } from './rows/language.ts'
import { services } from './rows/services.ts'

const rows = [...formats, ...services, ...language]

export type ActivityId = (typeof rows)[number]['id']

export const activities: readonly (Activity & { id: ActivityId })[] = rows
