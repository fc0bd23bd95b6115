/** Findings and tables of memory over time to copy and to print. */
import type { MemoryFinding } from './finding.ts'
import { findingSentence, type MemoryWords } from './words/words.ts'

export type TextForm = 'markdown' | 'tsv'

/** Each finding as a paragraph with what it means and what to do. */
export function findingsAsMarkdown(findings: readonly MemoryFinding[], words: MemoryWords): string[] {
  if (findings.length === 0) return []
  const lines = [`## ${words.says}`, '']
  for (const finding of findings) {
    const { title, meaning, remedies } = words.findings[finding.id]
    const doubt = finding.certain || finding.level === 'fine' ? '' : ` ${words.uncertain}`
    lines.push(
      `**${title}** (${words.levels[finding.level]}) ${findingSentence(finding, words)}${doubt}`,
      '',
      meaning,
      '',
    )
    if (remedies.length > 0) lines.push(words.todo, ...remedies.map((what) => `- ${what}`), '')
  }
  return lines
}

/** Rows of cells: what a spreadsheet takes, or a table of Markdown whose first column is a name and the others numbers. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[], form: TextForm): string[] {
  if (form === 'tsv') return [head, ...rows].map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\t'))
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/[|\\<]/g, '\\$&')).join(' | ')} |`
  return [
    line(head),
    `| --- |${head
      .slice(1)
      .map(() => ' ---: |')
      .join('')}`,
    ...rows.map(line),
  ]
}
