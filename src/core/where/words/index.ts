/** The words of every language, each loaded when somebody reads it: they are too much to come before the first picture. */
import type { Language } from '../../zones/words/languages.ts'
import type { WhereWords } from '../words.ts'

export const whereWords: Record<Language, () => Promise<WhereWords>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
}
