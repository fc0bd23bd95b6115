/** All activities. Where two name a function, the first one counts. */
import type { Activity } from './activity.ts'
import { formats } from './rows/formats.ts'
import { means } from './rows/means.ts'
import { network } from './rows/network.ts'
import { operations } from './rows/operations.ts'
import { runtime } from './rows/runtime.ts'
import { storage } from './rows/storage.ts'

const rows = [...formats, ...network, ...storage, ...operations, ...means, ...runtime]

export type ActivityId = (typeof rows)[number]['id']

export const activities: readonly (Activity & { id: ActivityId })[] = rows
