/** What the timeline keeps in the address. The time that is chosen is part of the query, since it changes numbers. */
import type { TimeWindow } from '../../../core/trace/timeline/camera.ts'
import { type Lane, laneKey, parseLaneKey } from '../../../core/trace/timeline/lane.ts'
import { namesField, textField, type ViewField } from '../../../core/view/view-field.ts'

/** What is in view, null = all of it. In whole nanoseconds since the first event. */
export const windowField: ViewField<TimeWindow | null> = {
  key: 'tw',
  default: null,
  parse: (text) => {
    const [, from, to] = /^(-?\d{1,15})~(-?\d{1,15})$/.exec(text) ?? []
    return to !== undefined && Number(from) < Number(to) ? { from: Number(from), to: Number(to) } : undefined
  },
  format: (window) => window && `${Math.round(window.from)}~${Math.round(window.to)}`,
}

/** The time that another one is to be compared with, written as that of a query; '' = none is. */
export const baseField = textField('tb', 31)

/** What is selected: an interval of a goroutine or a range, and the lane that it was chosen in. */
export interface Chosen {
  table: 'interval' | 'range'
  row: number
  lane: Lane
}

export const chosenField: ViewField<Chosen | null> = {
  key: 'span',
  default: null,
  parse: (text) => {
    const [, table, row, key = ''] = /^([ir])(\d{1,9})\.(.+)$/.exec(text) ?? []
    const lane = parseLaneKey(key)
    return lane ? { table: table === 'i' ? 'interval' : 'range', row: Number(row), lane } : undefined
  },
  format: (chosen) => chosen && `${chosen.table[0]}${chosen.row}.${laneKey(chosen.lane)}`,
}

/** A link with more of them would not be read. */
const MOST_OPEN = 64

/** Groups that show their members, by laneKey(). */
export const openField = namesField('to', MOST_OPEN, 24)

/** With one more; without the one that was opened first where there are too many. */
export const withOpen = (groups: readonly string[], key: string): readonly string[] =>
  groups.includes(key) ? groups : [...groups, key].slice(-MOST_OPEN)
