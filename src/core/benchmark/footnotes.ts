/** Remarks as numbered notes below a table: each sentence once, in the order in which figures refer to it. */
import type { BenchmarkTable, Remark } from './table.ts'
import type { BenchmarkWords } from './words.ts'

const DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

export interface Footnotes {
  notes: string[]
  /** Numbers, from 1, of the notes of a figure. */
  numbers(remarks: readonly Remark[]): number[]
}

export const superscript = (number: number): string => [...String(number)].map((d) => DIGITS[Number(d)]).join('')

export function footnotes({ rows, means }: BenchmarkTable, words: Pick<BenchmarkWords, 'remark'>): Footnotes {
  const notes: string[] = []
  const numbers = (remarks: readonly Remark[]) =>
    remarks.map((remark) => {
      const said = words.remark(remark)
      const at = notes.indexOf(said)
      return at < 0 ? notes.push(said) : at + 1
    })
  for (const { cells } of rows) {
    for (const cell of cells) {
      if (cell) numbers([...cell.remarks, ...(cell.change?.remarks ?? [])])
    }
  }
  for (const { remarks } of means ?? []) numbers(remarks)
  return { notes, numbers }
}
