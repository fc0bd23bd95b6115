/** The words of every language, each loaded when somebody reads it. */
import type { Language } from '../../zones/words/languages.ts'
import type { ShapeWords } from './words.ts'

export const shapeWords: Record<Language, () => Promise<ShapeWords>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
}
