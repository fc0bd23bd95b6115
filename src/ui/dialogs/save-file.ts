/** What the dialogs need that save a file. */
import type { LegendWords } from '../../core/export/exporter.ts'
import { LANGUAGES, type Language } from '../../core/zones/words/languages.ts'
import type { ZoneWords } from '../../core/zones/words/words.ts'
import type { ExportedFile } from '../../state/exporting.ts'

/** What a picture says of the findings. */
export function legendWords(language: Language, { rules, confidence, report }: ZoneWords): LegendWords {
  const { findings, context, columns } = report
  const { self, total, func: name } = columns
  const titles = Object.entries(rules).map(([id, { title, meaning }]) => [id, { title, meaning }])
  return {
    lang: LANGUAGES[language].tag,
    findings,
    context,
    self,
    total,
    name,
    rules: Object.fromEntries(titles),
    confidence,
  }
}

/** Hands a file to the browser's downloads. */
export function download({ name, blob }: Pick<ExportedFile, 'name' | 'blob'>): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has to have begun before its address goes.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
