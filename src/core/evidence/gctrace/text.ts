/** A GC log to copy and to print. */
import { formatValue } from '../../model/units.ts'
import type { Language } from '../../zones/words/languages.ts'
import { findingsAsMarkdown, type TextForm, tableText } from '../memory/text.ts'
import { memoryWords } from '../memory/words/index.ts'
import type { ColumnId, MemoryWords } from '../memory/words/words.ts'
import { type Cycle, type Cycles, cycleAt } from './cycles.ts'
import type { GcInfo } from './document.ts'

export interface GcTextRequest {
  form: TextForm
  language: Language
  /** With what it says above the table. */
  says: boolean
}

/** Times and amounts in one unit each for a spreadsheet, by name of the column. */
const PLAIN: readonly (readonly [ColumnId, string, (cycle: Cycle) => number])[] = [
  ['cycle', '', ({ number }) => number],
  ['time', 's', ({ seconds }) => seconds],
  ['start', 'MiB', ({ start }) => start],
  ['end', 'MiB', ({ end }) => end],
  ['live', 'MiB', ({ live }) => live],
  ['goal', 'MiB', ({ goal }) => goal],
  ['sweepTerm', 'ms', ({ sweepTerm }) => sweepTerm],
  ['mark', 'ms', ({ mark }) => mark],
  ['markTerm', 'ms', ({ markTerm }) => markTerm],
  ['assist', 'ms', ({ assist }) => assist],
  ['background', 'ms', ({ background }) => background],
  ['idle', 'ms', ({ idle }) => idle],
  ['gcPercent', '%', ({ gcPercent }) => gcPercent],
  ['procs', '', ({ procs }) => procs],
]

export async function gcText(info: GcInfo, cycles: Cycles, { form, language, says }: GcTextRequest): Promise<string> {
  const words = await memoryWords[language]()
  const head = PLAIN.map(([id, unit]) => (unit === '' ? words.columns[id] : `${words.columns[id]} (${unit})`))
  const rows = Array.from({ length: cycles.length }, (_, i) => {
    const cycle = cycleAt(cycles, i)
    return [...PLAIN.map(([, , of]) => String(of(cycle))), remarkOf(cycle, info.runCount, words)]
  })
  const table = tableText([...head, words.columns.remark], rows, form)
  if (!says || form === 'tsv') return `${table.join('\n')}\n`
  return `${[...findingsAsMarkdown(info.findings, words), ...beside(info, words), `## ${words.cycles}`, '', ...table].join('\n')}\n`
}

/** What a cycle is besides its numbers; '' = nothing. */
export function remarkOf({ forced, leakCheck, run }: Cycle, runs: number, words: MemoryWords): string {
  return [
    runs > 1 && `${words.columns.run} ${formatValue(run + 1, 'count')}`,
    forced === 1 && words.forced,
    leakCheck === 1 && words.leakCheck,
  ]
    .filter((remark) => remark !== false)
    .join(', ')
}

/** What the log holds beside its cycles. */
export function beside({ scavLines, pacerLines, broken }: GcInfo, words: MemoryWords): string[] {
  const said = [
    scavLines > 0 && words.scavLines(scavLines),
    pacerLines > 0 && words.pacerLines(pacerLines),
    broken > 0 && words.broken(broken),
  ].filter((sentence) => sentence !== false)
  return said.length > 0 ? [said.join(' '), ''] : []
}
