/** Words of memory over time, by language. */
import type { Language } from '../../../zones/words/languages.ts'
import type { MemoryWords } from './words.ts'

export const memoryWords: Record<Language, () => Promise<MemoryWords>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
}
