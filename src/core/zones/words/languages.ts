/**
 * The languages that people are spoken to in, the first one where nothing else is known. Another one is a row here and
 * its files: this folder's words of the findings, those of src/core/where/words, and the page's in src/ui/words, which
 * both name their files in their lists.
 */
import type { ZoneWords } from './words.ts'

interface LanguageRow {
  /** Its own name, the same in every language. */
  name: string
  /** For `lang` of a document. */
  tag: string
  /** Language tags whose readers are best served by it. */
  serves: RegExp
  zones: () => Promise<ZoneWords>
}

export const LANGUAGES = {
  en: { name: 'English', tag: 'en', serves: /^en\b/i, zones: async () => (await import('./en.ts')).en },
  // Chinese in any of its forms is better read simplified than not at all.
  zh: { name: '简体中文', tag: 'zh-CN', serves: /^zh\b/i, zones: async () => (await import('./zh.ts')).zh },
} as const satisfies Record<string, LanguageRow>

export type Language = keyof typeof LANGUAGES

export const languages = Object.keys(LANGUAGES) as readonly Language[]

export const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(LANGUAGES, text)

/** For the first of the tags that there is a language for; English when there is none. */
export function languageFor(tags: readonly string[]): Language {
  for (const tag of tags) {
    const found = languages.find((language) => LANGUAGES[language].serves.test(tag))
    if (found) return found
  }
  return 'en'
}
