/** Limits of `hotzone check` as they are written, and which of them can be checked at all. */
import { formatRowName, READINGS, type RowName } from '../core/query/row-name.ts'
import { activities } from '../core/where/activities.ts'
import { rules } from '../core/zones/index.ts'
import { en } from '../core/zones/words/en.ts'
import type { Zone, ZoneReport } from '../core/zones/zone.ts'
import { checkRow } from './where-row.ts'

export interface Limit {
  name: string
  /** A share as a fraction, or an amount. */
  most: number
  isShare: boolean
}

/** option: as it is called on the command line. Throws what is wrong as a sentence, as all of these do. */
export function parseLimit(text: string, option: string): Limit {
  const at = text.lastIndexOf('=')
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.slice(at + 1))
  if (at < 1 || !match) throw new Error(`${option} takes NAME=10% or NAME=1000, not "${text}".`)
  const number = Number(match[1])
  const isShare = match[2] === '%'
  return { name: text.slice(0, at), most: isShare ? number / 100 : number, isShare }
}

/** A limit that nothing can pass must not look like a limit that was kept. */
export function checkVisibleRow(row: RowName, kind: string): void {
  checkRow(row)
  // Go leaves the runtime's frames at the leaf out of heap profiles, so these could never be passed.
  const activity = activities.find((a) => a.id === row.id)
  const isRuntime = activity ? activity.tier === 'runtime' : row.id === 'runtime'
  if (isRuntime && (kind === 'heap' || kind === 'allocs')) {
    throw new Error(`${formatRowName(row)} cannot be seen in a ${kind} profile.`)
  }
}

export function checkGcTax(kind: string): void {
  if (kind !== 'cpu') throw new Error(`gc-tax cannot be seen in a ${kind} profile. ${en.reasons['no-cpu-work']}`)
}

/** What a rule finds; null where no rule is called so. */
export function visibleZone(name: string, { zones }: ZoneReport, kind: string): Zone | null {
  const zone = zones.find((z) => z.id === name)
  if (zone?.state === 'hidden') {
    throw new Error(`${name} cannot be seen in a ${kind} profile. ${zone.reason ? en.reasons[zone.reason] : ''}`.trim())
  }
  return zone ?? null
}

/** Of a function that the profile does not have: whether the name can be one. */
export function checkFunctionName(name: string): void {
  const reading = name.slice(0, name.indexOf(':') + 1)
  if (reading !== '' && !name.includes('.')) {
    throw new Error(`"${name}" is no row of "Where it goes": they are ${READINGS.map((r) => `${r}:…`).join(', ')}.`)
  }
  if (!name.includes('.')) {
    throw new Error(`There is no rule "${name}". Rules: ${rules.map((r) => r.id).join(', ')}, gc-tax.`)
  }
}
