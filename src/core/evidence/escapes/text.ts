/** Escapes to copy and to print. */
import { formatShare, formatValue } from '../../model/units.ts'
import type { Language } from '../../zones/words/languages.ts'
import { type TextForm, tableText } from '../memory/text.ts'
import type { EscapeAnswer, EscapeInfo, UnexplainedLine } from './document.ts'
import type { Place } from './table.ts'
import { type EscapeWords, escapeWords } from './words.ts'

export const placeOf = ({ file, line, column }: Place) => `${file}:${line}${column > 0 ? `:${column}` : ''}`

export function lineSentence({ callee }: UnexplainedLine, words: EscapeWords): string {
  return callee === '' ? words.line.runtime : words.line.call(callee)
}

export function escapeText(
  info: EscapeInfo,
  answer: EscapeAnswer,
  { form, language, says }: { form: TextForm; language: Language; says: boolean },
): string {
  const words = escapeWords[language]
  const { head } = words
  const { weighed, missing } = answer
  const unit = weighed?.unit ?? 'bytes'
  const amount = (value: number) => (form === 'tsv' ? String(value) : formatValue(value, unit))
  const weightless = says && weighed ? answer.weightless : 0
  const shown = weightless > 0 ? answer.rows.filter(({ bytes }) => bytes !== 0) : answer.rows
  const table = tableText(
    [...(weighed ? [head.bytes, head.share] : []), head.what, head.why, head.place, head.kind],
    shown.map((row) => [
      ...(weighed
        ? [row.bytes === null ? '' : amount(row.bytes), row.share === null ? '' : formatShare(row.share)]
        : []),
      row.what,
      words.why(row.why),
      placeOf(row),
      words.kinds[row.kind],
    ]),
    form,
  )
  if (!says || form === 'tsv') return `${table.join('\n')}\n`
  const lines = [`## ${head.escapes}`, '']
  lines.push(
    `${head.counts(info.escapes + info.moved_to_heap, info.does_not_escape, info.leaking_param + info.leaking_param_content)}.`,
    '',
  )
  if (!info.reasons) lines.push(head.noReasons, '')
  if (weighed) lines.push(`${head.weighedBy(weighed.name, weighed.type)}: ${amount(weighed.total)}.`, '')
  lines.push(...table, '')
  if (weightless > 0) lines.push(`${head.withoutWeight(weightless)}.`, '')
  if (missing.length > 0) lines.push(`${head.notFound(missing.length)}: ${missing.slice(0, 5).join(', ')}`, '')
  if (answer.unexplained.length > 0) {
    lines.push(`## ${head.unexplained}`, '')
    const rows = answer.unexplained.map((line) => [
      amount(line.callee === '' ? line.flat : line.cum),
      formatShare(line.share),
      `${line.file}:${line.line}`,
      line.func,
      lineSentence(line, words),
    ])
    lines.push(...tableText([head.bytes, head.share, head.place, '', head.why], rows, form), '')
  }
  return `${lines.join('\n')}`
}
