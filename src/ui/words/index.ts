/**
 * The words of the page in the reader's language; core/zones/words/languages.ts lists the languages. English comes with
 * the page; the rest is loaded when somebody reads it. Components take their words from a hook while they render, so that
 * a switch reaches each of them; nothing keeps words.
 */
import { use } from 'react'
import { LANGUAGES, type Language } from '../../core/zones/words/languages.ts'
import type { ZoneWords } from '../../core/zones/words/words.ts'
import { useStore } from '../session.ts'
import { en, type Words } from './en.ts'

export type { Words } from './en.ts'

const files: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  zh: async () => (await import('./zh.ts')).zh,
}

const loaded: Partial<Record<Language, Words>> = { en }
const zones: Partial<Record<Language, Promise<ZoneWords>>> = {}

/** Loads all words of a language, which the store may name as the one in use from then on. */
export async function loadWords(language: Language): Promise<Words> {
  const [words] = await Promise.all([files[language](), zoneWords(language)])
  loaded[language] = words
  return words
}

/** For what is done once, after a press; whatever stays on screen uses the hook. */
export const wordsOf = (language: Language): Words => loaded[language] ?? en

export const useWords = (): Words => wordsOf(useStore((s) => s.language))

/** What is said of each zone: too much to load before the first picture. */
export function zoneWords(language: Language): Promise<ZoneWords> {
  const known = zones[language] ?? LANGUAGES[language].zones()
  zones[language] = known
  return known
}

/** The same for components, which wait for it in Suspense. */
export const useZoneWords = (): ZoneWords => use(zoneWords(useStore((s) => s.language)))
