/** The columns of the top table: what they hold, how they are sorted, how they are written as text. */
import { useMemo } from 'react'
import { shortKeyName } from '../../../core/layout/key-name.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { objectsOf } from '../../../core/query/top.ts'
import type { TopAnswer } from '../../../state/store.ts'
import { type NamedProfile, type ProfileInfo, sampleTypeName } from '../../../state/store.ts'
import { typeLabel } from '../../bar/type-switch.tsx'
import { useWords, type Words } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { type SharedMessages, messages as shared } from '../messages.ts'
import { placeText } from '../place-text.ts'
import { messages, type TopMessages } from './messages.ts'

export type Column =
  | { kind: 'name' | 'zone' | 'place'; id: string; title: string; sort: string }
  | { kind: 'running'; id: string; title: string; why: string; sort: '' }
  /** With share and bar. */
  | { kind: 'main'; id: string; title: string; sort: string; measure: 'flat' | 'cum' }
  | { kind: 'value'; id: string; title: string; sort: string; measure: 'flat' | 'cum'; type: number }
  | { kind: 'mean'; id: string; title: string; why: string; sort: string; type: number; objects: number }

/** Sample types that may have columns of their own beside the present one. */
export function otherTypes(info: ProfileInfo, sampleType: number): number[] {
  return info.sampleTypes.map((_, i) => i).filter((i) => i !== sampleType)
}

/** The columns of the table, in the language in use. `chosen`: see columnsField. */
export function useColumns(info: ProfileInfo, sampleType: number, chosen: readonly string[]): Column[] {
  const words = useWords()
  const m = useMessages(messages)
  const heads = useMessages(shared)
  return useMemo(
    () => columnsOf({ words, m, heads }, info, sampleType, chosen),
    [words, m, heads, info, sampleType, chosen],
  )
}

interface Said {
  words: Words
  m: TopMessages
  heads: SharedMessages
}

function columnsOf({ words, m, heads }: Said, info: ProfileInfo, sampleType: number, chosen: readonly string[]) {
  const columns: Column[] = [
    { kind: 'name', id: 'name', title: heads.function, sort: 'name' },
    { kind: 'zone', id: 'zone', title: m.zone, sort: '' },
    { kind: 'main', id: 'flat', title: heads.self, sort: 'flat', measure: 'flat' },
    { kind: 'running', id: 'running', title: m.running, why: m.runningWhy, sort: '' },
    { kind: 'main', id: 'cum', title: heads.total, sort: 'cum', measure: 'cum' },
  ]
  const all = info.sampleTypes.map((_, i) => i)
  for (const type of all) {
    const name = sampleTypeName(info, type)
    const label = typeLabel(words, info, type)
    if (type !== sampleType && chosen.includes(name)) {
      for (const measure of ['flat', 'cum'] as const) {
        const title = measure === 'flat' ? m.selfOf(label) : m.totalOf(label)
        columns.push({ kind: 'value', id: `${measure}.${name}`, title, sort: `${measure}.${name}`, measure, type })
      }
    }
    const objects = objectsOf(info.sampleTypes, type)
    if (objects >= 0 && chosen.includes(`mean-${name}`)) {
      const sort = `mean.${name}`
      columns.push({ kind: 'mean', id: sort, title: m.mean(label), why: m.meanWhy, sort, type, objects })
    }
  }
  columns.push({ kind: 'place', id: 'place', title: heads.place, sort: '' })
  return columns
}

export function meanOf(rows: TopAnswer, column: Extract<Column, { kind: 'mean' }>, i: number): number | null {
  const objects = rows.flat[column.objects]?.[i] ?? 0
  return objects === 0 ? null : (rows.flat[column.type]?.[i] ?? 0) / objects
}

interface TextInput {
  profile: NamedProfile
  name: (row: number) => string
  sampleType: number
  columns: readonly Column[]
  rows: TopAnswer
}

/** Most rows that are copied: the clipboard is for people; whole tables are exported. */
export const MOST_COPIED = 5000

/** Cells of the first rows as text, heads first. TSV gets raw numbers, Markdown what the screen shows. */
export function tableText(input: TextInput, raw: boolean): string[][] {
  const { profile, name, sampleType, rows } = input
  const columns = input.columns.filter((c) => c.kind !== 'zone')
  const types = profile.info.sampleTypes
  const total = types[sampleType]?.total ?? 0
  const value = (v: number, type: number) => (raw ? String(v) : formatValue(v, types[type]?.unit ?? ''))
  const share = (v: number) => formatShare(total > 0 ? v / total : 0)
  const cells = (column: Column, i: number): string[] => {
    if (column.kind === 'name')
      return [raw ? name(rows.row[i] ?? -1) : shortKeyName(name(rows.row[i] ?? -1), profile.query.granularity)]
    if (column.kind === 'place') return [placeText(profile, rows.file[i] ?? -1, rows.line[i] ?? 0)]
    if (column.kind === 'running') return [share(rows.running[i] ?? 0)]
    if (column.kind === 'value') return [value(rows[column.measure][column.type]?.[i] ?? 0, column.type)]
    if (column.kind === 'mean') {
      const mean = meanOf(rows, column, i)
      return [mean === null ? '' : raw ? String(mean) : formatValue(mean, types[column.type]?.unit ?? '')]
    }
    if (column.kind !== 'main') return []
    const v = rows[column.measure][sampleType]?.[i] ?? 0
    return [value(v, sampleType), share(v)]
  }
  const head = columns.flatMap((c) => (c.kind === 'main' ? [c.title, '%'] : [c.title]))
  const lines = [head]
  for (let i = 0; i < Math.min(rows.row.length, MOST_COPIED); i++) lines.push(columns.flatMap((c) => cells(c, i)))
  return lines
}

export function asTsv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => cells.map((c) => c.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

export function asMarkdown(lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((c) => c.replace(/[|\\]/g, '\\$&')).join(' | ')} |`
  const [head = [], ...rest] = lines
  return [row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rest.map(row)].join('\n')
}
