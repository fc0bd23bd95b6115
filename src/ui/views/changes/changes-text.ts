/** The list of changes as text, for the clipboard. */
import type { ChangeMeasure, ChangesTable } from '../../../core/compare/changes.ts'
import { shortKeyName } from '../../../core/layout/key-name.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { NamedProfile } from '../../../state/store.ts'
import type { ChangesMessages } from './messages.ts'

export interface Row {
  base: number
  current: number
  difference: number
  /** Of the base; null where the base has nothing. */
  share: number | null
  isNoise: boolean
}

export function rowAt({ base, current, noise }: ChangesTable, measure: ChangeMeasure, i: number): Row {
  const before = base[measure][i] ?? 0
  const now = current[measure][i] ?? 0
  const difference = now - before
  const share = before === 0 ? null : difference / Math.abs(before)
  return { base: before, current: now, difference, share, isNoise: noise[measure][i] === 1 }
}

export const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text)

export function shareText(m: ChangesMessages, { share, current, difference }: Row): string {
  if (difference === 0) return ''
  if (share === null) return m.isNew
  return current === 0 ? m.isGone : signed(share, formatShare(share))
}

/** Certainty in words; nothing for what did not change. */
export function certaintyText(m: ChangesMessages, { difference, isNoise }: Row, isSampled: boolean): string {
  if (difference === 0) return ''
  return isNoise ? m.noise : isSampled ? m.beyond : m.counted
}

/** Cells of the first `most` rows, heads first. TSV gets raw numbers and full names, Markdown what the screen shows. */
export function changesText(
  m: ChangesMessages,
  table: ChangesTable,
  measure: ChangeMeasure,
  profile: NamedProfile,
  { unit, isSampled, raw, most }: { unit: string; isSampled: boolean; raw: boolean; most: number },
): string[][] {
  const { names, query } = profile
  const value = (v: number) => (raw ? String(v) : formatValue(v, unit))
  const lines = [[m.name, m.base, m.current, m.difference, m.share, m.certainty]]
  for (let i = 0; i < Math.min(most, table.row.length); i++) {
    const row = rowAt(table, measure, i)
    const name = names.get(table.row[i] ?? -1)
    const was = query.matchMoved && profile.info.moved?.get(name)
    lines.push([
      raw ? name : `${shortKeyName(name, query.granularity)}${was ? ` (${m.was(was.join(', '))})` : ''}`,
      value(row.base),
      value(row.current),
      raw ? value(row.difference) : signed(row.difference, value(row.difference)),
      shareText(m, row),
      certaintyText(m, row, isSampled),
    ])
  }
  return lines
}
