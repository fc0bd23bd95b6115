/** Reads of memory to copy and to print. */
import { formatValue } from '../../model/units.ts'
import type { Language } from '../../zones/words/languages.ts'
import { findingsAsMarkdown, type TextForm, tableText } from '../memory/text.ts'
import { memoryWords } from '../memory/words/index.ts'
import type { ColumnId } from '../memory/words/words.ts'
import type { MemInfo, ReadRows, Says } from './document.ts'
import type { ReadField } from './reads.ts'

export interface MemTextRequest {
  form: TextForm
  language: Language
  /** With what it says above the table. */
  says: boolean
  limit: string
}

/** Columns behind the time; those that no read has are left out. 'live' is what the collection before the read left. */
export const MEM_COLUMNS: readonly (readonly [ColumnId, ReadField | 'found-live', 'bytes' | 'count' | 'share'])[] = [
  ['alloc', 'heapAlloc', 'bytes'],
  ['live', 'found-live', 'bytes'],
  ['next', 'nextGC', 'bytes'],
  ['inUse', 'heapInuse', 'bytes'],
  ['heapIdle', 'heapIdle', 'bytes'],
  ['released', 'heapReleased', 'bytes'],
  ['stacks', 'stackInuse', 'bytes'],
  ['sys', 'sys', 'bytes'],
  ['collections', 'numGC', 'count'],
  ['gcPercent', 'gcCpu', 'share'],
  ['goroutines', 'goroutines', 'count'],
]

/** Of a column, by row. */
export const memColumn = ({ reads, live }: ReadRows, field: ReadField | 'found-live'): Float64Array =>
  field === 'found-live' ? live : reads[field]

/** The columns that some read has. */
export const columnsOf = (rows: ReadRows) =>
  MEM_COLUMNS.filter(([, field]) => memColumn(rows, field).some((value) => Number.isFinite(value)))

export async function memText(
  info: MemInfo,
  { findings }: Says,
  rows: ReadRows,
  { form, language, says }: MemTextRequest,
): Promise<string> {
  const words = await memoryWords[language]()
  const shown = columnsOf(rows)
  const time = info.timed ? (i: number) => new Date(rows.reads.time[i]).toISOString() : (i: number) => String(i + 1)
  const units = { bytes: ' (B)', count: '', share: '' }
  const head = [words.columns.time, ...shown.map(([id, , unit]) => `${words.columns[id]}${units[unit]}`)]
  const cells = Array.from(rows.rows, (_, i) => [
    time(i),
    ...shown.map(([, field]) => {
      const value = memColumn(rows, field)[i]
      return Number.isFinite(value) ? String(value) : ''
    }),
  ])
  const table = tableText(head, cells, form)
  if (!says || form === 'tsv') return `${table.join('\n')}\n`
  const parts = info.parts.map(({ id, bytes, inProfile }) => {
    const [name, why] = words.parts[id]
    return [name, formatValue(bytes, 'bytes'), inProfile ? words.yes : words.no, why]
  })
  return `${[
    ...findingsAsMarkdown(findings, words),
    `## ${words.notInProfile}`,
    '',
    ...tableText([words.part, words.columns.sys, words.shown, words.why], parts, form),
    '',
    `## ${words.reads}`,
    '',
    ...table,
  ].join('\n')}\n`
}
