/** The words of every language, each loaded when somebody reads it. */
import type { Language } from '../../zones/words/languages.ts'
import type { StoryWords } from './words.ts'

export const storyWords: Record<Language, () => Promise<StoryWords>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
}
