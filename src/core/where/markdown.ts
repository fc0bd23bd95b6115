/** Where it goes as a Markdown table: the heaviest rows of the reading by activity, the rest as one. */
import { formatShare } from '../model/units.ts'
import type { Where } from './where.ts'
import { activityName, type WhereWords } from './words.ts'

const ROWS = 8

/** value: how values are written. */
export function whereAsMarkdown({ activity, coverage }: Where, words: WhereWords, value: (v: number) => string) {
  const { columns, title, more } = words
  const lines = [`## ${title}`, '', `| ${columns.activity} | ${columns.value} | % |`, '|---|---:|---:|']
  const add = (name: string, v: number, share: number) =>
    lines.push(`| ${name} | ${value(v)} | ${formatShare(share)} |`)
  for (const row of activity.slice(0, ROWS)) add(cell(activityName(row.id, words)), row.value, row.share)
  const rest = activity.slice(ROWS)
  const sum = (pick: (row: (typeof rest)[number]) => number) => rest.reduce((total, row) => total + pick(row), 0)
  if (rest.length > 0) {
    add(
      more(rest.length),
      sum((row) => row.value),
      sum((row) => row.share),
    )
  }
  lines.push('', words.coverage(formatShare(coverage)), '')
  return lines
}

/** Import paths come from files that anybody can write: nothing in them may become markup. */
const cell = (text: string) =>
  text.replace(/[`|<>&[\]*~\\\r\n]/g, '·').replace(/\b_+|_+\b/g, (edge) => edge.replaceAll('_', '\\_'))
